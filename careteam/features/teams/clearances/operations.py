"""A clearance given by whoever it is asked of, or entered from a call, a letter or a talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.teams.clearances.awaited import Asked, Awaited, asked_of
from careteam.features.teams.clearances.queries import Seated
from careteam.features.teams.models import Clearance, ClearanceFile
from careteam.features.teams.precautions.mails import tell_of_clearance
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid, TooLarge
from careteam.kit.filetypes import FileKind, Unfit, recognise

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
BY_HAND = {"phone": "By telephone", "letter": "By letter", "in_person": "In person"}
"""How the word of somebody else reached whoever keeps the record."""
FIRST_DAY = date(1900, 1, 1)
GONE = "This is not awaited any more. Somebody gave it, or the answers have changed."


@dataclass(frozen=True, slots=True)
class NewClearance:
    """What is cleared. The last four count only where whoever keeps the record enters it: either
    `given_by_id`, who is on the team, or `given_by_name`, and how it came.
    """

    asked: str | None
    said: str | None
    given_on: date | None
    data: bytes = b""
    given_by_id: UUID | None = None
    given_by_name: str | None = None
    way: str | None = None


@operation(Permission.GIVE_CLEARANCE, on="goal", action="clearance.given")
def give_clearance(*, actor: Actor, goal: Goal, clearance_id: UUID, new: NewClearance) -> Clearance:
    """Clear a phase that waits; it waits no longer for this word.

    Whoever is asked gives it for themselves; whoever keeps the record enters it for anybody, by
    hand. Raises `Invalid` beside the field, `TooLarge`, and `Conflict` where it is not awaited.
    """
    asked = asked_of(actor, goal)
    wanted = _wanted(asked, new)
    if not new.said:
        raise Invalid("Say what is cleared, and on which condition.", field="said")
    if new.given_on is None or not FIRST_DAY <= new.given_on <= clock.today():
        raise Invalid("Give the day, today or before.", field="given_on")
    giver_id, giver_name, way = _giver(actor, asked, new)
    file = _file(new.data)
    seat = _seat(asked, wanted, giver_id)
    row = Clearance(
        id=clearance_id,
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        seat_id=seat.seat_id if seat else None,
        discipline=wanted.discipline,
        before_phase=wanted.before_phase,
        rules=" ".join(wanted.rules),
        said=new.said,
        given_by_id=giver_id,
        given_by_name=giver_name,
        way=way,
        given_on=new.given_on,
        seen_at=clock.now() if asked.is_lead else None,
    )
    db.session.add(row)
    db.session.flush()
    if file is not None:
        db.session.add(
            ClearanceFile(clearance_id=row.id, kind=file.name, words=file.words, data=new.data)
        )
    tell_of_clearance(actor, row)
    return row


def _wanted(asked: Asked, new: NewClearance) -> Awaited:
    if not new.asked and asked.awaited:
        raise Invalid("Choose what is cleared.", field="asked")
    wanted = asked.find(new.asked)
    if wanted is None:
        raise Conflict(GONE)
    return wanted


def _giver(actor: Actor, asked: Asked, new: NewClearance) -> tuple[UUID | None, str | None, str]:
    """Who gives it and how it came."""
    if not asked.is_lead:
        return actor.practitioner_id, None, "link" if actor.kind is Kind.LINK else "account"
    if new.given_by_id is not None and new.given_by_id == actor.practitioner_id:
        return new.given_by_id, None, "account"
    if (new.given_by_id is None) == (new.given_by_name is None):
        raise Invalid("Say who gives it.", field="given_by_name")
    team = {seat.practitioner_id for seat in asked.team}
    if new.given_by_id is not None and new.given_by_id not in team:
        raise Invalid("Choose somebody on the team, or give the name.", field="given_by")
    if new.way not in BY_HAND:
        raise Invalid("Say how it reached you.", field="way")
    return new.given_by_id, new.given_by_name, new.way


def _seat(asked: Asked, wanted: Awaited, giver_id: UUID | None) -> Seated | None:
    """The place in which it is given: of the discipline that is asked, before any other."""
    own = [seat for seat in asked.team if seat.practitioner_id == giver_id]
    own.sort(key=lambda seat: seat.discipline != wanted.discipline)
    return own[0] if own else None


def _file(data: bytes) -> FileKind | None:
    if len(data) > LARGEST:
        raise TooLarge(f"This file is larger than {LARGEST // MEGABYTE} MB.", field="file")
    if not data:
        return None
    try:
        return recognise(data)
    except Unfit as error:
        raise Invalid(str(error), field="file") from None


@operation(Permission.TAKE_BACK_CLEARANCE, on="clearance", action="clearance.taken_back")
def take_back_clearance(*, actor: Actor, clearance: Clearance) -> Clearance:
    """It is awaited again; the row and what came with it stay."""
    if clearance.taken_back_at is None:
        clearance.taken_back_at = clock.now()
        tell_of_clearance(actor, clearance)
    return clearance


@operation(Permission.TAKE_BACK_CLEARANCE, on="clearance", action="clearance.restored")
def restore_clearance(*, actor: Actor, clearance: Clearance) -> Clearance:
    """It counts as if it had never been taken back. The trail keeps both."""
    if clearance.taken_back_at is not None:
        clearance.taken_back_at = None
        tell_of_clearance(actor, clearance)
    return clearance
