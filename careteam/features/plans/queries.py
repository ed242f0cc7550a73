"""Questions about plans. A whole plan costs four statements, whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import (
    Milestone,
    MilestoneDependency,
    PlanChange,
    PlanVersion,
)
from careteam.features.teams.models import Seat
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

_Awaited, _Twin = aliased(Milestone), aliased(Milestone)
_Lead = aliased(Practitioner)
GONE = ("ended", "not_wanted")
"""States of a seat from which nobody will come: its open milestones are the lead's."""
OPEN = ("planned", "in_progress")
THERE = ("open", "referred", "filled")
"""States of a seat that takes milestones when a plan is made."""


@dataclass(frozen=True, slots=True)
class OwnerSeat:
    """A seat as the owner of milestones; `person` is None while nobody is asked."""

    id: UUID
    discipline: str
    state: str
    practitioner_id: UUID | None
    person: str | None
    away_until: date | None = None

    @property
    def is_gone(self) -> bool:
        return self.state in GONE


def list_milestones(actor: Actor, goal: Goal) -> Sequence[Milestone]:
    """Every milestone of a goal that the actor may see, removed ones too, the earliest first."""
    return db.session.scalars(_milestones(actor), {"goal_id": goal.id}).all()


@kept
def _milestones(actor: Actor) -> Select[Milestone]:
    """Of the goal bound as `goal_id`."""
    return (
        select(Milestone)
        .where(
            Milestone.goal_id == bindparam("goal_id"),
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .order_by(Milestone.due_on, Milestone.created_at, Milestone.title, Milestone.id)
    )


def count_open_milestones(actor: Actor, seat: Seat) -> int:
    """How many milestones of a seat are still to be reached."""
    found = (
        select(func.count())
        .select_from(Milestone)
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .where(
            Milestone.owner_seat_id == seat.id,
            Milestone.status.in_(OPEN),
            taking_part(),
            within(actor, Permission.READ_RECORD, Milestone),
        )
    )
    return db.session.scalars(found).one()


def get_milestone(actor: Actor, goal: Goal, milestone_id: UUID) -> Milestone:
    """One milestone of this goal that the actor may see. Raises `NotFound`."""
    found = db.session.scalars(
        select(Milestone).where(
            Milestone.id == milestone_id,
            Milestone.goal_id == goal.id,
            within(actor, Permission.READ_RECORD, Milestone),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_milestone(actor: Actor, goal: Goal, milestone_id: UUID) -> Milestone | None:
    try:
        return get_milestone(actor, goal, milestone_id)
    except NotFound:
        return None


def is_taken(milestone_id: UUID) -> bool:
    """Whether any milestone, of whomever, has this key already."""
    return db.session.scalar(select(Milestone.id).where(Milestone.id == milestone_id)) is not None


def dependencies_of(goal_id: UUID) -> Mapping[UUID, Mapping[UUID, int]]:
    """What each milestone of a goal waits for directly, by ids, with the days in between. For
    plans already reached.
    """
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for waiter, on, days in columns_of(_dependencies(), {"goal_id": goal_id}):
        found[waiter][on] = days
    return found


@cache
def _dependencies() -> Select[UUID, UUID, int]:
    """Of the goal bound as `goal_id`."""
    return (
        select(
            MilestoneDependency.milestone_id,
            MilestoneDependency.depends_on_id,
            MilestoneDependency.lag_days,
        )
        .join(_Awaited, _Awaited.id == MilestoneDependency.depends_on_id)
        .where(_Awaited.goal_id == bindparam("goal_id"))
        .order_by(_Awaited.due_on, _Awaited.created_at, _Awaited.id)
    )


def dependency_rows(milestone: Milestone) -> Sequence[MilestoneDependency]:
    """The stored rows of what a milestone waits for, for operations."""
    return db.session.scalars(
        select(MilestoneDependency).where(MilestoneDependency.milestone_id == milestone.id)
    ).all()


def list_owner_seats(actor: Actor, goal: Goal) -> list[OwnerSeat]:
    """The seats of a goal that the actor may see, by columns, in the order of the team."""
    return seats_and_absence(actor, goal)[0]


def seats_and_absence(actor: Actor, goal: Goal) -> tuple[list[OwnerSeat], date | None]:
    """The same, and until when whoever keeps the record is away. One statement."""
    of_goal = {"goal_id": goal.id, "client_id": goal.client_id}
    rows: Any = columns_of(_seats_and_absence(actor), of_goal).all()
    return [OwnerSeat(*row[1:]) for row in rows if row[1] is not None], rows[0][0]


@kept
def _seats_and_absence(actor: Actor) -> Executable:
    shown = (Seat.client_id == Client.id) & (Seat.goal_id == bindparam("goal_id"))
    return (
        select(
            _Lead.away_until,
            Seat.id,
            Seat.discipline,
            Seat.state,
            Seat.practitioner_id,
            Practitioner.name,
            Practitioner.away_until,
        )
        .select_from(Client)
        .join(_Lead, _Lead.id == Client.lead_id)
        .outerjoin(Seat, shown & within(actor, Permission.READ_RECORD, Seat))
        .outerjoin(Practitioner, Practitioner.id == Seat.practitioner_id)
        .where(Client.id == bindparam("client_id"))
        .order_by(Seat.position, Seat.created_at, Seat.id)
    )


def taking_part(
    milestone: Any = Milestone, goal: Any = Goal, client: Any = Client
) -> ColumnElement[bool]:
    """Milestones that are part of a plan now, for lists that join `Goal` and `Client`.

    The same rule as in `schedule.py`: not removed, not of a pathway that the goal has left, and
    not resting on a measure that the client's answers hide.
    """
    prefix = func.coalesce(goal.pathway, "") + ":"
    of_this_pathway = func.substr(milestone.template, 1, func.length(prefix)) == prefix
    hides = cast(client.hidden_measures, Text).contains('"' + milestone.measure + '"')
    return and_(
        milestone.removed_at.is_(None),
        or_(milestone.template.is_(None), of_this_pathway),
        or_(milestone.measure.is_(None), not_(hides)),
    )


def lead_of(client_id: UUID) -> tuple[UUID, str]:
    """Who keeps the record of a client that the actor reaches already: entry and name."""
    row = db.session.execute(
        select(Practitioner.id, Practitioner.name)
        .join(Client, Client.lead_id == Practitioner.id)
        .where(Client.id == client_id)
    ).one()
    return row[0], row[1]


def parts_made_from(actor: Actor, report_ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    """By report, the parts of it that a milestone of the plan was made from.

    One statement, none without reports.
    """
    if not report_ids:
        return {}
    rows = db.session.execute(
        select(Milestone.report_id, Milestone.report_part).where(
            Milestone.report_id.in_(report_ids),
            Milestone.removed_at.is_(None),
            within(actor, Permission.READ_RECORD, Milestone),
        )
    ).all()
    return {
        key: frozenset(part or "" for found, part in rows if found == key) for key in report_ids
    }


def list_changes(milestone: Milestone) -> Sequence[PlanChange]:
    """Every change of a milestone the actor reaches already, the latest first."""
    return db.session.scalars(
        select(PlanChange)
        .where(PlanChange.milestone_id == milestone.id)
        .order_by(PlanChange.row_version.desc(), PlanChange.number)
    ).all()


def changes_after(milestone: Milestone, version: int) -> Sequence[PlanChange]:
    """What changed since the row had `version`, the earliest first."""
    return db.session.scalars(
        select(PlanChange)
        .where(PlanChange.milestone_id == milestone.id, PlanChange.row_version > version)
        .order_by(PlanChange.row_version, PlanChange.number)
    ).all()


def changes_between(actor: Actor, goal: Goal, since: int, until: int) -> Sequence[PlanChange]:
    """The actor's own changes of a plan after one number and up to another, in their order."""
    return db.session.scalars(
        select(PlanChange)
        .join(Milestone, Milestone.id == PlanChange.milestone_id)
        .where(
            Milestone.goal_id == goal.id,
            within(actor, Permission.READ_RECORD, Milestone),
            PlanChange.by_id == actor.practitioner_id,
            PlanChange.number > since,
            PlanChange.number <= until,
        )
        .order_by(PlanChange.number)
    ).all()


def titles_of(milestone_ids: Iterable[UUID], actor: Actor) -> Mapping[str, str]:
    """Titles of milestones the actor may see, by id as text."""
    rows = db.session.execute(
        select(Milestone.id, Milestone.title).where(
            Milestone.id.in_(set(milestone_ids)), within(actor, Permission.READ_RECORD, Milestone)
        )
    )
    return {str(key): title for key, title in rows}


def lock_plan(*goals: Goal) -> None:
    """Let one change at a time decide what waits for what, so that no circle slips through and
    the changes of a plan are numbered in the order in which they are kept. Plans of partners that
    are kept in step are locked along, in the order of their keys, so that two never wait for each
    other."""
    keys = [goal.id for goal in goals]
    in_step = (
        select(_Twin.goal_id)
        .join(Milestone, Milestone.mirror_id == _Twin.mirror_id)
        .where(Milestone.goal_id.in_(keys), Milestone.mirror_id.is_not(None))
    )
    db.session.execute(
        select(Goal.id)
        .where(or_(Goal.id.in_(keys), Goal.id.in_(in_step)))
        .order_by(Goal.id)
        .with_for_update()
    )


def get_goal_of(actor: Actor, row: Milestone | PlanVersion) -> Goal:
    """The goal a milestone or a version belongs to. Raises `NotFound`."""
    goal = db.session.scalars(
        select(Goal).where(Goal.id == row.goal_id, within(actor, Permission.READ_RECORD, Goal))
    ).one_or_none()
    if goal is None:
        raise NotFound
    return goal
