"""Choosing what goes with a letter, and keeping it as it stood when the letter left."""

from __future__ import annotations

from collections.abc import Collection

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.letter import HEADINGS
from careteam.domain.referral import State
from careteam.features.clients.queries import get_led_client, get_led_goal
from careteam.features.letters.composing import About, Offered, offer
from careteam.features.referrals.contents import keep_choice, keep_sent
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.letters import find_content, seat_discipline
from careteam.kit.errors import Conflict, Invalid

OUTSIDE = (
    "The consent does not reach as far as: {parts}. Leave it out, or record the client's own yes."
)


def about_of(actor: Actor, referral: Referral) -> About | None:
    """What a letter is composed of; None for one without a client. Raises `NotFound`."""
    if referral.client_id is None or referral.goal_id is None:
        return None
    return About(
        client=get_led_client(actor, referral.client_id),
        goal=get_led_goal(actor, referral.goal_id),
        receiver_id=referral.receiver_id,
        seat_id=referral.seat_id,
        discipline=seat_discipline(referral.seat_id),
    )


def ticked(offered: Collection[Offered], chosen: Collection[str] | None) -> list[Offered]:
    """The parts that are to go along: those chosen, or without a choice those offered ticked."""
    if chosen is None:
        return [each for each in offered if each.is_ticked]
    return [each for each in offered if each.part.id in chosen]


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.composed")
def choose_parts(*, actor: Actor, referral: Referral, chosen: Collection[str]) -> Referral:
    """Keep with a draft which parts are to go along. Raises `Conflict` once it has left."""
    if referral.status != State.DRAFT:
        raise Conflict("This has been sent already; its words stand.")
    about = about_of(actor, referral)
    if about is not None:
        keep_choice(referral, [each.part.id for each in ticked(offer(actor, about), chosen)])
    return referral


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.enclosed")
def enclose(
    *, actor: Actor, referral: Referral, chosen: Collection[str] | None = None
) -> tuple[str, ...]:
    """Within a sending: keep the parts as they stand now, as far as the consent reaches.

    Returns the headings of what was ticked and stays here, to be told to the sender. Raises
    `Invalid` beside `parts` where that is of a class that needs a tick of its own: it was meant.
    """
    if referral.status == State.DRAFT:
        raise Conflict("Send the letter first.")
    about = about_of(actor, referral)
    if about is None:
        return ()
    if chosen is None:
        content = find_content(referral.id)
        chosen = content.chosen if content is not None else None
    wanted = ticked(offer(actor, about), chosen)
    stays = [each for each in wanted if each.is_outside]
    meant = [each.part.text for each in stays if each.needs_own_tick]
    if meant:
        raise Invalid(OUTSIDE.format(parts="; ".join(meant)), field="parts")
    keep_sent(referral, [each.part for each in wanted if not each.is_outside])
    return tuple(dict.fromkeys(HEADINGS[each.part.group] for each in stays))
