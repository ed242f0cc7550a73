"""What of the agreement on plans waits for one person: a version to answer, or an objection.

By columns; what it tells of clients that somebody else keeps is noted as read, as in every list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.consent import PLAN
from careteam.domain.planning import concerns, from_json
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import IDENTITY, note_covered
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import PlanAgreement, PlanVersion
from careteam.features.teams.models import Seat
from careteam.kit.db import columns_of, db

MOST = 20


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody objects to a version of a plan that the actor leads.

    Either it is the latest, or nothing of what was published since concerns them: then they were
    not asked again, and their objection stands.
    """

    goal_id: UUID
    client_id: UUID
    called: str
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """The latest version of a plan on whose team the actor is; they have not answered it."""

    goal_id: UUID
    client_id: UUID
    called: str
    number: int
    at: datetime


def _is_latest(version: Any = PlanVersion) -> ColumnElement[bool]:
    later = aliased(PlanVersion)
    return ~(
        select(later.id)
        .where(later.goal_id == version.goal_id, later.number > version.number)
        .exists()
    )


def _is_live() -> ColumnElement[bool]:
    return and_(Goal.status == "active", Goal.set_aside_at.is_(None))


def list_objections(actor: Actor) -> list[Objection]:
    """The oldest first: one statement, and not a word of what is said."""
    rows = columns_of(_objections_to(actor))
    open_ones = (row for row in rows if row.number == row.latest or not _asks_again(row.party, row))
    found = [Objection(*row[:6]) for row in islice(open_ones, MOST)]
    note_covered(actor, [each.client_id for each in found], PLAN)
    return found


@kept
def _objections_to(actor: Actor) -> Select[Any]:
    return _objections().where(within(actor, Permission.EDIT_PLAN, PlanVersion))


@cache
def _objections() -> Select[Any]:
    """All that stand. Put together once and kept: Today asks it, and three copies of a table cost
    more than the answer.
    """
    latest = aliased(PlanVersion)
    called = func.coalesce(Client.preferred_name, Client.name)
    columns: tuple[Any, ...] = (
        PlanVersion.goal_id,
        PlanVersion.client_id,
        called,
        PlanVersion.number,
        func.coalesce(Practitioner.name, called),
        PlanAgreement.at,
        PlanAgreement.party,
        PlanVersion.structure.label("said_to"),
        latest.number.label("latest"),
        latest.structure.label("now"),
    )
    return (
        select(*columns)
        .select_from(PlanVersion)
        .join(latest, and_(latest.goal_id == PlanVersion.goal_id, _is_latest(latest)))
        .join(PlanAgreement, PlanAgreement.version_id == PlanVersion.id)
        .join(Goal, Goal.id == PlanVersion.goal_id)
        .join(Client, Client.id == PlanVersion.client_id)
        .outerjoin(Practitioner, Practitioner.id == PlanAgreement.person_id)
        .outerjoin(Seat, Seat.id == PlanAgreement.seat_id)
        .where(
            _is_live(),
            PlanAgreement.answer == "objects",
            or_(
                PlanAgreement.seat_id.is_(None),
                and_(Seat.state == "filled", Seat.practitioner_id == PlanAgreement.person_id),
            ),
            ~_is_replaced(),
        )
        .order_by(PlanAgreement.at, PlanAgreement.id)
    )


def _is_replaced() -> ColumnElement[bool]:
    """Whether the party has said something later, to this version or to one after it."""
    later, version = aliased(PlanAgreement), aliased(PlanVersion)
    return (
        select(later.id)
        .join(version, version.id == later.version_id)
        .where(
            later.goal_id == PlanAgreement.goal_id,
            later.party == PlanAgreement.party,
            or_(
                version.number > PlanVersion.number,
                and_(
                    later.version_id == PlanAgreement.version_id,
                    later.number > PlanAgreement.number,
                ),
            ),
        )
        .exists()
    )


def _asks_again(party: str, row: Any) -> bool:
    return concerns(party, from_json(row.said_to), from_json(row.now))


def list_to_answer(actor: Actor) -> list[ToAnswer]:
    """The oldest first: a statement, and a second one where an earlier answer may still stand."""
    me = actor.practitioner_id
    if me is None:
        return []
    rows = columns_of(_to_answer_by(actor), {"me": me}).all()
    before = _answered_before(me, [row.goal_id for row in rows if row.number > 1])
    found: dict[UUID, ToAnswer] = {}
    for row in rows:
        if row.goal_id not in before or _concerns(row, before[row.goal_id]):
            found.setdefault(row.goal_id, ToAnswer(*row[:5]))
    shown = list(found.values())[:MOST]
    for each in shown:
        reads.note(each.client_id, IDENTITY)
        reads.note(each.client_id, PLAN)
    return shown


@kept
def _to_answer_by(actor: Actor) -> Select[Any]:
    return _to_answer().where(within(actor, Permission.ANSWER_PLAN, PlanVersion))


@cache
def _to_answer() -> Select[Any]:
    """What `me` has not answered; put together once and kept."""
    me = bindparam("me", type_=Uuid())
    columns: tuple[Any, ...] = (
        PlanVersion.goal_id,
        PlanVersion.client_id,
        func.coalesce(Client.preferred_name, Client.name).label("called"),
        PlanVersion.number,
        PlanVersion.published_at,
        PlanVersion.structure,
        Seat.id.label("seat_id"),
    )
    return (
        select(*columns)
        .join(Seat, Seat.goal_id == PlanVersion.goal_id)
        .join(Goal, Goal.id == PlanVersion.goal_id)
        .join(Client, Client.id == PlanVersion.client_id)
        .where(
            Seat.practitioner_id == me,
            Seat.state == "filled",
            Client.lead_id != me,
            _is_latest(),
            _is_live(),
            ~select(PlanAgreement.id)
            .where(PlanAgreement.version_id == PlanVersion.id, PlanAgreement.person_id == me)
            .exists(),
        )
        .order_by(PlanVersion.published_at, PlanVersion.id, Seat.position, Seat.id)
    )


def _answered_before(me: UUID, goal_ids: Sequence[UUID]) -> dict[UUID, Any]:
    """By goal, the structure of the last version that this person has answered."""
    if not goal_ids:
        return {}
    rows = db.session.execute(
        select(PlanVersion.goal_id, PlanVersion.structure)
        .join(PlanAgreement, PlanAgreement.version_id == PlanVersion.id)
        .where(PlanVersion.goal_id.in_(goal_ids), PlanAgreement.person_id == me)
        .order_by(PlanVersion.number)
    )
    return {row.goal_id: row.structure for row in rows}


def _concerns(row: Any, before: Any) -> bool:
    return concerns(str(row.seat_id), from_json(before), from_json(row.structure))
