"""Questions about holds and cautions laid by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.pathway import LaidByHand, PrecautionKind
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.teams.models import Precaution, Seat
from careteam.features.teams.queries import GoalFacts
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound
from careteam.kit.listed import among_bound, listed

MISTAKE = "Laid by mistake"
"""Why it ended, where laying it is undone at once."""

_Sayer, _Ender = aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class OfClient:
    """All goals of a client, the oldest first, and by their ids what is laid by hand and stands.

    `were_any`: something was laid at some time.
    """

    goals: tuple[GoalFacts, ...]
    by_hand: Mapping[UUID, LaidByHand]
    were_any: bool


def goals_and_precautions(client_id: UUID) -> OfClient:
    """What decides about a person's safety, read by columns at one statement. It asks nothing of an
    actor and notes no read.
    """
    goals: dict[UUID, GoalFacts] = {}
    by_hand: dict[UUID, LaidByHand] = {}
    were_any = False
    rows = columns_of(_goals_and_precautions(), {"client_id": client_id})
    for goal_id, pathway, version, status, key, kind, scope, what, ended_at in rows:
        goals.setdefault(goal_id, GoalFacts(goal_id, pathway, version, status))
        were_any = were_any or key is not None
        if key is not None and ended_at is None:
            by_hand[key] = LaidByHand(PrecautionKind(kind), HoldScope(scope), what)
    return OfClient(tuple(goals.values()), by_hand, were_any)


@cache
def _goals_and_precautions() -> Select[Any]:
    """Of the client bound as `client_id`. Put together once and kept."""
    columns: tuple[Any, ...] = (
        Goal.id,
        Goal.pathway,
        Goal.pathway_version,
        Goal.status,
        Precaution.id,
        Precaution.kind,
        Precaution.scope,
        Precaution.what,
        Precaution.ended_at,
    )
    return (
        select(*columns)
        .outerjoin(Precaution, Precaution.goal_id == Goal.id)
        .where(Goal.client_id == bindparam("client_id"))
        .order_by(Goal.created_at, Goal.id, Precaution.created_at, Precaution.id)
    )


def clients_held(actor: Actor, client_ids: Collection[UUID]) -> frozenset[UUID]:
    """Of these clients those on whom a hold by hand stands, as far as the actor may read it. For
    lists: columns only, so it notes no read. One statement.
    """
    return frozenset(db.session.scalars(_held(actor), {"client_ids": listed(client_ids)}))


@kept
def _held(actor: Actor) -> Select[UUID]:
    """Of the clients bound as `client_ids`."""
    return select(Precaution.client_id).where(
        among_bound(Precaution.client_id, "client_ids"),
        Precaution.kind == PrecautionKind.HOLD,
        Precaution.ended_at.is_(None),
        within(actor, Permission.READ_RECORD, Precaution),
    )


@dataclass(frozen=True, slots=True)
class FoundPrecaution:
    """A row with the names of those it mentions."""

    row: Precaution
    said_by: str
    ended_by: str | None


def list_precautions(actor: Actor, client_id: UUID) -> list[FoundPrecaution]:
    """Those that the actor may read, ended ones too; the newest first. One statement."""
    rows = db.session.execute(_precautions(actor), {"client_id": client_id})
    return [
        FoundPrecaution(row, said_by or row.said_by_name or "", ended_by)
        for row, said_by, ended_by in rows
    ]


@kept
def _precautions(actor: Actor) -> Select[Precaution, str, str]:
    """Of the client bound as `client_id`."""
    return (
        select(Precaution, _Sayer.name, _Ender.name)
        .outerjoin(_Sayer, _Sayer.id == Precaution.said_by_id)
        .outerjoin(_Ender, _Ender.id == Precaution.ended_by_id)
        .where(
            Precaution.client_id == bindparam("client_id"),
            within(actor, Permission.READ_RECORD, Precaution),
        )
        .order_by(Precaution.created_at.desc(), Precaution.id)
    )


def find_precaution(actor: Actor, goal: Goal, precaution_id: UUID) -> Precaution | None:
    return db.session.scalars(
        select(Precaution).where(
            Precaution.id == precaution_id,
            Precaution.goal_id == goal.id,
            within(actor, Permission.READ_RECORD, Precaution),
        )
    ).one_or_none()


def get_precaution(actor: Actor, goal: Goal, precaution_id: UUID) -> Precaution:
    """One of this goal that the actor may read. Raises `NotFound`."""
    found = find_precaution(actor, goal, precaution_id)
    if found is None:
        raise NotFound
    return found


def kinds_laid_from(actor: Actor, report_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    """By report, whether a hold or a caution was laid from it; what was a mistake does not count.

    One statement, none without reports.
    """
    if not report_ids:
        return {}
    rows = db.session.execute(
        select(Precaution.report_id, Precaution.kind).where(
            Precaution.report_id.in_(report_ids),
            Precaution.ended_why.is_distinct_from(MISTAKE),
            within(actor, Permission.READ_RECORD, Precaution),
        )
    ).all()
    return {key: frozenset(kind for found, kind in rows if found == key) for key in report_ids}


def name_of(practitioner_id: UUID) -> str:
    """For operations, to say who was first."""
    found = db.session.scalar(select(Practitioner.name).where(Practitioner.id == practitioner_id))
    return found or ""


def places_of(actor: Actor, goal: Goal) -> Sequence[tuple[UUID, UUID, str]]:
    """Seat, practitioner and name of everybody on the goal's team whom the actor may see."""
    rows = db.session.execute(
        select(Seat.id, Practitioner.id, Practitioner.name)
        .join(Practitioner, Practitioner.id == Seat.practitioner_id)
        .where(
            Seat.goal_id == goal.id,
            Seat.state == "filled",
            within(actor, Permission.READ_RECORD, Seat),
        )
        .order_by(Seat.position, Seat.created_at, Seat.id)
    )
    return [(seat_id, who, name) for seat_id, who, name in rows]
