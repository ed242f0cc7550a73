"""What changed on a plan since a page was made, by columns only: asking is no look at a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, desc, func, literal, select, union_all

from careteam.access.actor import Actor, Kind
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.planning import LEAD
from careteam.features.clients.models import Goal
from careteam.features.plans.history import SOMEBODY
from careteam.features.plans.models import (
    LINKED_PLAN,
    Milestone,
    PlanAgreement,
    PlanChange,
    PlanVersion,
)
from careteam.features.teams.models import Clearance, Precaution, Seat
from careteam.features.teams.seated_queries import people_kept_from
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

CLIENT_WORDS = "The client"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a plan stands: the number of its latest change, a count of stops laid, ended and cleared,
    and one of versions published and answers given."""

    change: int = 0
    stops: int = 0
    words: int = 0

    def __str__(self) -> str:
        return f"{self.change}.{self.stops}.{self.words}"

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """None for what no mark looks like."""
        parts = text.split(".")
        is_mark = len(parts) == 3 and all(
            each.isascii() and each.isdigit() and len(each) < 16 for each in parts
        )
        return cls(*map(int, parts)) if is_mark else None


@dataclass(frozen=True, slots=True)
class News:
    """Who else changed the plan, the last first, and when last; `stops` where what has to stop
    was changed. `published` is the number of a new version, `answered` who said what they think."""

    names: tuple[str, ...] = ()
    at: datetime | None = None
    stops: bool = False
    published: int | None = None
    answered: tuple[str, ...] = ()


def mark_of(actor: Actor, goal_id: UUID) -> Mark:
    """How the plan of a goal stands now, in one statement. Raises `NotFound` out of reach."""
    row = columns_of(_mark(actor), {"goal_id": goal_id}).one_or_none()
    if row is None:
        raise NotFound
    return Mark(row[0] or 0, row[1] + row[2], row[3] + row[4])


@kept
def _mark(actor: Actor) -> Select[Any]:
    latest = (
        select(PlanChange.number)
        .join(Milestone, Milestone.id == PlanChange.milestone_id)
        .where(
            PlanChange.client_id == Goal.client_id,
            Milestone.goal_id == Goal.id,
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .order_by(PlanChange.number.desc())
        .limit(1)
        .correlate(Goal)
        .scalar_subquery()
    )
    parts: tuple[Any, ...] = (
        latest,
        _moved(actor, Precaution),
        _moved(actor, Clearance),
        _count(actor, PlanVersion),
        _count(actor, PlanAgreement, PlanAgreement.party != LEAD),
    )
    return select(*parts).where(
        Goal.id == bindparam("goal_id"), within(actor, Permission.READ_RECORD, Goal)
    )


def _moved(actor: Actor, model: type[Precaution] | type[Clearance]) -> Any:
    return (
        select(func.coalesce(func.sum(model.version), 0))
        .where(model.client_id == Goal.client_id, within(actor, model.READ_PERMISSION, model))
        .correlate(Goal)
        .scalar_subquery()
    )


def _count(actor: Actor, model: type[PlanVersion] | type[PlanAgreement], *which: Any) -> Any:
    return (
        select(func.count())
        .select_from(model)
        .where(model.goal_id == Goal.id, within(actor, Permission.ANSWER_PLAN, model), *which)
        .correlate(Goal)
        .scalar_subquery()
    )


def news_since(actor: Actor, goal_id: UUID, since: Mark, now: Mark) -> News:
    """What others did between two marks. One's own changes are no news."""
    rows = db.session.execute(
        select(PlanChange.by_id, PlanChange.by_name, PlanChange.at, PlanChange.client_id)
        .join(Milestone, Milestone.id == PlanChange.milestone_id)
        .where(
            Milestone.goal_id == goal_id,
            within(actor, Permission.READ_RECORD, Milestone),
            PlanChange.number > since.change,
            PlanChange.number <= now.change,
        )
        .order_by(PlanChange.number.desc())
    ).all()
    others = [row for row in rows if not _is_own(actor, row)]
    kept = people_kept_from(actor, others[0].client_id) if others else frozenset()
    names = dict.fromkeys(_name(row, kept) for row in others)
    at = others[0].at if others else None
    published, answered = _words_since(actor, goal_id, now.words - since.words)
    return News(tuple(names), at, now.stops != since.stops, published, answered)


def _words_since(actor: Actor, goal_id: UUID, count: int) -> tuple[int | None, tuple[str, ...]]:
    """What the last `count` words on the plan were, but for the actor's own: the number of a new
    version, and who answered. Whoever publishes answers by it."""
    if count <= 0:
        return None, ()
    said_at = PlanVersion.published_at.label("said_at")
    versions = select(
        PlanVersion.number, literal("").label("by"), PlanVersion.author_id, said_at
    ).where(PlanVersion.goal_id == goal_id, within(actor, Permission.ANSWER_PLAN, PlanVersion))
    answers = select(
        literal(0), PlanAgreement.by_name, PlanAgreement.author_id, PlanAgreement.at
    ).where(
        PlanAgreement.goal_id == goal_id,
        PlanAgreement.party != LEAD,
        within(actor, Permission.ANSWER_PLAN, PlanAgreement),
    )
    rows = db.session.execute(
        union_all(versions, answers).order_by(desc("said_at"), desc("number")).limit(count)
    ).all()
    others = [row for row in rows if not _is_by(actor, row.author_id)]
    names = [row.by if row.author_id else CLIENT_WORDS for row in others if not row.number]
    newest = max((row.number for row in others), default=0)
    return newest or None, tuple(dict.fromkeys(names))


def _is_by(actor: Actor, author_id: UUID | None) -> bool:
    if author_id is None:
        return actor.kind is Kind.CLIENT
    return author_id == actor.practitioner_id


def _name(row: Any, kept: frozenset[UUID]) -> str:
    if _is_clients(row):
        return CLIENT_WORDS
    return SOMEBODY if row.by_id in kept else str(row.by_name)


def _is_clients(row: Any) -> bool:
    return row.by_id is None and row.by_name != LINKED_PLAN


def _is_own(actor: Actor, row: Any) -> bool:
    if row.by_id is None:
        return actor.kind is Kind.CLIENT and _is_clients(row)
    return bool(row.by_id == actor.practitioner_id)


def goal_of_seat(actor: Actor) -> UUID:
    """The goal of the one seat that a link is for. Raises `NotFound` where none is in reach."""
    found = db.session.scalar(
        select(Seat.goal_id).where(
            Seat.id == actor.seat_id, within(actor, Permission.READ_RECORD, Seat)
        )
    )
    if found is None:
        raise NotFound
    return found
