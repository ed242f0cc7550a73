"""What a milestone may be: its owner and what it waits for belong to the goal, its day makes sense,
and nothing goes round in a circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from careteam.domain import planning
from careteam.domain.planning import (
    CLIENT,
    LEAD,
    ChangeRefused,
    Circle,
    MilestoneState,
    change_state,
    in_order,
)
from careteam.features.clients.goals import check_century
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.changes import Values
from careteam.features.plans.models import Milestone
from careteam.features.plans.schedule import Plan, bridge
from careteam.kit import clock
from careteam.kit.errors import Invalid, NotFound

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
MOST_LAG = 730
"""Days between a milestone and one it waits for."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What a milestone is. `owner` is `client`, `lead` or the id of a seat of the goal;
    `depends_on` are ids of milestones of the same plan; `lags` the days in between, by the ids of
    those that ask for some, or None to leave them as they are.
    """

    title: str
    owner: str
    due_on: date
    depends_on: tuple[UUID, ...] = ()
    criterion: str | None = None
    lags: Mapping[UUID, int] | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Structure:
        """Out of values as changes hold them."""
        return cls(
            title=values["title"],
            owner=values["owner"],
            due_on=date.fromisoformat(values["due_on"]),
            depends_on=tuple(map(UUID, values["depends_on"])),
            criterion=values["criterion"],
            lags={UUID(key): days for key, days in values["lags"].items()},
        )

    @property
    def awaited(self) -> dict[UUID, int]:
        """What it waits for, each with the days in between."""
        lags = self.lags or {}
        return {key: lags.get(key, 0) for key in self.depends_on}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a milestone is. `reason` is asked for skipped and unable; `reached_on` is the day it
    was done or set aside, today where left out.
    """

    status: str
    reason: str | None = None
    reached_on: date | None = None


def seat_id_of(owner: str) -> UUID | None:
    """The seat in an owner's key, None for client and lead. Raises `NotFound` for no key at all."""
    if owner in (CLIENT, LEAD):
        return None
    try:
        return UUID(owner)
    except ValueError:
        raise NotFound from None


def structure_values(structure: Structure) -> Values:
    """As changes hold them. Raises `NotFound` for an owner that is none."""
    seat_id = seat_id_of(structure.owner)
    values = {
        "title": structure.title,
        "owner": str(seat_id) if seat_id else structure.owner,
        "due_on": structure.due_on.isoformat(),
        "depends_on": sorted(map(str, set(structure.depends_on))),
        "criterion": structure.criterion,
    }
    if structure.lags is None:
        return values
    lags = {str(key): days for key, days in sorted(structure.awaited.items()) if days}
    return {**values, "lags": lags}


def progress_values(milestone: Milestone, progress: Progress) -> Values:
    """As changes hold them. Raises `Invalid` without a reason where one is asked, and for a day
    in the future.
    """
    today = clock.today()
    kept = milestone.reached_on if progress.status == milestone.status else None
    on = progress.reached_on or kept or today
    if on < FIRST_DAY:
        raise Invalid("Give a year from 1900 on.", field="reached_on")
    if progress.status not in set(MilestoneState):
        raise Invalid("Choose how far this is.", field="status")
    bare = planning.Milestone(str(milestone.id), milestone.title, LEAD)
    try:
        moved = change_state(
            bare, MilestoneState(progress.status), on, today, progress.reason or ""
        )
    except ChangeRefused as refused:
        field = "reached_on" if refused.field == "closed_on" else refused.field
        raise Invalid(str(refused), field=field) from None
    return {
        "status": moved.state.value,
        "reason": moved.reason or None,
        "reached_on": moved.closed_on.isoformat() if moved.closed_on else None,
    }


def check_structure(
    plan: Plan, milestone_id: UUID, structure: Structure, former: Values | None = None
) -> None:
    """Raise `Invalid` beside the field, or `NotFound` for an owner or a milestone that the plan
    does not have. What already was as in `former` is not held against anybody.
    """
    former = former or {}
    if not structure.title:
        raise Invalid("Say what is to be reached.", field="title")
    if structure.due_on.isoformat() != former.get("due_on"):
        _check_due(plan.goal, structure.due_on)
    if structure.owner != former.get("owner"):
        _check_owner(plan, structure.owner)
    if any(str(key) not in plan.by_id for key in structure.depends_on):
        raise NotFound
    if any(not 0 <= days <= MOST_LAG for days in structure.awaited.values()):
        raise Invalid(f"Give whole days from 0 to {MOST_LAG}.", field="depends_on")
    refuse_circle(plan, milestone_id, structure.title, structure.depends_on)


def _check_owner(plan: Plan, owner: str) -> None:
    seat_id = seat_id_of(owner)
    if seat_id is None:
        return
    if seat_id not in plan.seats:
        raise NotFound
    if plan.seats[seat_id].is_gone:
        raise Invalid("This place on the team has ended.", field="owner")


def _check_due(goal: Goal, due_on: date) -> None:
    if not FIRST_DAY <= due_on <= LAST_DAY:
        raise Invalid("Give a year between 1900 and 2199.", field="due_on")
    first = first_day(goal)
    if first is not None and due_on < first:
        begins = f"{first.day} {first:%B %Y}"
        raise Invalid(f"This lies before the plan begins, on {begins}.", field="due_on")
    check_century(due_on, "due_on")


def first_day(goal: Goal) -> date | None:
    """The day the plan begins: that of its first phase, which may lie before the anchor."""
    if goal.anchor_on is None:
        return None
    pathway = pathway_of(goal)
    starts = [phase.start_day for phase in pathway.phases] if pathway else []
    days = [milestone.target_day for milestone in pathway.milestones] if pathway else []
    return goal.anchor_on + timedelta(days=min([0, *starts, *days]))


def refuse_circle(plan: Plan, milestone_id: UUID, title: str, depends_on: tuple[UUID, ...]) -> None:
    """Raise `Invalid` that names the circle which these dependencies would close."""
    if milestone_id in depends_on:
        raise Invalid(f"{title} cannot wait for itself.", field="depends_on")
    titles = {row.id: row.title for row in plan.rows} | {milestone_id: title}
    edges = {**plan.stored, milestone_id: depends_on}
    values = [
        planning.Milestone(
            str(key), words, LEAD, depends_on=tuple(map(str, bridge(titles, edges, key)))
        )
        for key, words in titles.items()
    ]
    try:
        in_order(values)
    except Circle as circle:
        raise Invalid(f"This would go round in a circle: {circle}.", field="depends_on") from None
