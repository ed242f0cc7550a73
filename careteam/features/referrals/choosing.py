"""Noting which names the client was offered for a seat, and who chose among them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.queries import names_of
from careteam.features.referrals.models import Referral, SeatChoice, SeatChoiceName
from careteam.features.referrals.queries.choices import find_choice
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound

CHOOSERS = ("client", "lead")
MOST_NAMES = 12


@operation(Permission.EDIT_TEAM, on="seat", action="choice.noted")
def note_choice(
    *,
    actor: Actor,
    seat: Seat,
    referral: Referral,
    others: Collection[UUID] = (),
    chosen_by: str | None = None,
) -> Seat:
    """The names offered `others` than the receiver's, and who chose; it replaces what was noted.

    With neither there is nothing to note. Raises `Invalid` beside the field, `NotFound`.
    """
    if referral.seat_id != seat.id:
        raise NotFound
    if chosen_by is not None and chosen_by not in CHOOSERS:
        raise Invalid("Say who chose.", field="chosen_by")
    offered = {*others, referral.receiver_id}
    if len(offered) > MOST_NAMES or set(names_of(offered)) != offered:
        raise Invalid("Choose among the names of the directory.", field="offered")
    before = find_choice(referral.id)
    if before is not None:
        db.session.delete(before[0])
        db.session.flush()
    if len(offered) == 1 and chosen_by is None:
        return seat
    db.session.add(
        SeatChoice(
            referral_id=referral.id,
            goal_id=seat.goal_id,
            seat_id=seat.id,
            client_id=seat.client_id,
            author_id=actor.practitioner_id,
            chosen_by=chosen_by,
        )
    )
    db.session.flush()
    db.session.add_all(
        SeatChoiceName(referral_id=referral.id, practitioner_id=id_) for id_ in sorted(offered)
    )
    return seat
