"""The actor's own referrals, as what was given and received: no client's name."""

from __future__ import annotations

from careteam.access.actor import Actor
from careteam.domain.relationships.giving import Exchange
from careteam.features.network.questions.queries import list_own_referrals


def exchanges_of(actor: Actor) -> list[Exchange]:
    """Every counted referral between the actor and somebody else. One statement."""
    return [
        Exchange(
            other=each.other,
            is_given=each.is_sent,
            on=each.on,
            is_accepted=each.is_accepted,
            is_closed=each.is_closed,
        )
        for each in list_own_referrals(actor)
    ]
