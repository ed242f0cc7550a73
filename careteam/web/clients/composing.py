"""What the other rooms put on the client's page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.consent import spoken_sentence
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.queries import list_consents, recorded_classes
from careteam.features.measures.parts import progress_part
from careteam.features.pathways.content import load_content
from careteam.features.plans.parts import plan_part
from careteam.features.referrals.parts import referrals_part
from careteam.features.teams.parts import safety_part, team_part
from careteam.kit import clock
from careteam.web.clients.cards import Card, cards

Part = Callable[[Actor, Client, Goal], Any]

PARTS: dict[str, Part] = {
    "safety": safety_part,
    "team": team_part,
    "plan": plan_part,
    "progress": progress_part,
    "referrals": referrals_part,
}
"""By the name under which the rooms' own templates know them."""


def parts(actor: Actor, client: Client, goal: Goal | None) -> dict[str, Any]:
    """Everything that other rooms show of this goal; without one, what to avoid."""
    if goal is None:
        return {"safety": safety_part(actor, client, None)}
    return {name: part(actor, client, goal) for name, part in PARTS.items()}


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who sees what: `cards` for whoever keeps the record, `own` for a seated practitioner."""

    cards: tuple[Card, ...] = ()
    own: str = ""

    @property
    def blind(self) -> list[Card]:
        """On the team, and yet cannot see anything of at least one of their goals."""
        return [card for card in self.cards if card.is_seated and card.lacking_goals]


def sharing(actor: Actor, client: Client, is_lead: bool) -> Sharing:
    if is_lead:
        return Sharing(cards=tuple(cards(actor, client, recorded_classes(actor, client))))
    return Sharing(own=_own_sentence(actor, client))


def _own_sentence(actor: Actor, client: Client) -> str:
    """What the client was told that this practitioner would know, as it was read out."""
    named = {
        name
        for given in list_consents(actor, client)
        if given.is_in_force(clock.today())
        for name in given.consent.classes
    }
    return spoken_sentence(load_content().catalogue.matrix, actor.name, named, recorded=())
