"""Letting a letter leave together with what goes along: the one way for every surface."""

from __future__ import annotations

from collections.abc import Collection

from careteam.access.actor import Actor
from careteam.features.letters.operations import enclose
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import send_referral


def send_letter(
    *,
    actor: Actor,
    referral: Referral,
    route: str,
    spoken_to: str | None = None,
    chosen: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Send it and keep its parts as they stand now: those chosen, else what is ticked beforehand.

    Returns the headings of what was ticked and stays here, to be told to the sender. Raises as
    `send_referral` and `enclose` do; nothing may be committed then.
    """
    send_referral(actor=actor, referral=referral, route=route, spoken_to=spoken_to)
    return enclose(actor=actor, referral=referral, chosen=chosen)
