"""Questions about clearances that were given, and about who could give one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.teams.models import Clearance, ClearanceFile, Seat
from careteam.kit.db import db
from careteam.kit.errors import NotFound

_Giver, _Writer = aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class FoundClearance:
    """A row with the names of who gave it and who wrote it down; `file` says what came with it."""

    row: Clearance
    given_by: str
    written_by: str
    file: str | None


def list_clearances(actor: Actor, client_id: UUID) -> list[FoundClearance]:
    """Those the actor may read, taken back ones too; the newest first. One statement."""
    rows = db.session.execute(
        select(Clearance, _Giver.name, _Writer.name, ClearanceFile.words)
        .outerjoin(_Giver, _Giver.id == Clearance.given_by_id)
        .outerjoin(_Writer, _Writer.id == Clearance.author_id)
        .outerjoin(ClearanceFile, ClearanceFile.clearance_id == Clearance.id)
        .where(
            Clearance.client_id == client_id,
            within(actor, Permission.READ_CLEARANCE, Clearance),
        )
        .order_by(Clearance.created_at.desc(), Clearance.id)
    )
    return [
        FoundClearance(row, giver or row.given_by_name or "", writer or "", words)
        for row, giver, writer, words in rows
    ]


def find_clearance(actor: Actor, goal: Goal, clearance_id: UUID) -> Clearance | None:
    return db.session.scalars(
        select(Clearance).where(
            Clearance.id == clearance_id,
            Clearance.goal_id == goal.id,
            within(actor, Permission.READ_CLEARANCE, Clearance),
        )
    ).one_or_none()


def get_clearance(actor: Actor, goal: Goal, clearance_id: UUID) -> Clearance:
    """One of this goal that the actor may read. Raises `NotFound`."""
    found = find_clearance(actor, goal, clearance_id)
    if found is None:
        raise NotFound
    return found


def get_clearance_file(actor: Actor, goal: Goal, clearance_id: UUID) -> ClearanceFile:
    """What came with a clearance that the actor may read. Raises `NotFound`."""
    row = get_clearance(actor, goal, clearance_id)
    found = db.session.get(ClearanceFile, row.id)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Seated:
    seat_id: UUID
    discipline: str
    practitioner_id: UUID
    name: str


def seated_of(actor: Actor, goal: Goal) -> Sequence[Seated]:
    """Everybody on the goal's team whom the actor may see, in the order of the places."""
    rows = db.session.execute(
        select(Seat.id, Seat.discipline, Practitioner.id, Practitioner.name)
        .join(Practitioner, Practitioner.id == Seat.practitioner_id)
        .where(
            Seat.goal_id == goal.id,
            Seat.state == "filled",
            within(actor, Permission.READ_RECORD, Seat),
        )
        .order_by(Seat.position, Seat.created_at, Seat.id)
    )
    return [Seated(*row) for row in rows]
