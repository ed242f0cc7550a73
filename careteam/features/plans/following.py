"""What a moved date does to others: shown before it is saved, done on request, turned back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.planning import Circle, is_overdue, pull, slip
from careteam.domain.wording import count_words
from careteam.features.clients.models import Goal
from careteam.features.plans.changes import turned_back
from careteam.features.plans.checking import refuse_circle
from careteam.features.plans.in_step import change
from careteam.features.plans.making import people_words
from careteam.features.plans.models import Milestone, PlanChange
from careteam.features.plans.queries import changes_between, list_milestones, lock_plan
from careteam.features.plans.schedule import Plan, load_plan
from careteam.kit import clock
from careteam.kit.errors import Conflict

NOTHING = "This was changed again meanwhile; there is nothing to turn back."


@dataclass(frozen=True, slots=True)
class Shift:
    """One other milestone, the date it had and the one it would get.

    `was` is kept apart from the row, which has the new date once it is moved.
    """

    row: Milestone
    was: date
    to: date
    owner: str

    @property
    def days(self) -> int:
        return (self.to - self.was).days


@dataclass(frozen=True, slots=True)
class Shifts:
    """Everything that follows one new date, in the order of the plan."""

    shifts: tuple[Shift, ...]
    is_later: bool

    def __bool__(self) -> bool:
        return bool(self.shifts)

    @property
    def words(self) -> str:
        """'3 milestones of 2 people move by 9 days.'"""
        people = people_words(len({shift.owner for shift in self.shifts}))
        milestones = f"{count_words(len(self.shifts), 'milestone')} of {people}"
        days = sorted({abs(shift.days) for shift in self.shifts})
        by = count_words(days[-1], "day")
        by = by if len(days) == 1 else f"{days[0]} to {by}"
        if self.is_later:
            return f"{milestones} {'moves' if len(self.shifts) == 1 else 'move'} by {by}."
        return f"{milestones} can come forward by {by}."

    @property
    def print(self) -> str:
        """Tells these shifts from others, so that only what was shown is done."""
        told = [f"{shift.row.id} {shift.was} {shift.to}" for shift in self.shifts]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def shifts_of(plan: Plan, milestone: Milestone, due_on: date) -> Shifts:
    """What a new date of one milestone moves: a later one pushes, an earlier one makes room."""
    is_later = due_on > milestone.due_on
    moved = str(milestone.id)
    new = (
        slip(plan.values, moved, due_on)
        if is_later
        else pull(plan.values, moved, due_on, clock.today())
    )
    others = [
        (plan.by_id[value.id], value)
        for value in plan.values
        if value.id in new and value.id != moved
    ]
    return Shifts(
        tuple(Shift(row, row.due_on, new[value.id], value.owner) for row, value in others),
        is_later,
    )


def late_words(plan: Plan, milestone: Milestone) -> str:
    """What a date that has gone by moves; empty where it moves nothing.

    'Reached today, it moves others: 3 milestones of 2 people move by 9 days.'
    """
    if not is_overdue(plan.value(milestone), clock.today()):
        return ""
    try:
        shifts = shifts_of(plan, milestone, clock.today())
    except Circle:
        return ""
    return f"Reached today, it moves others: {shifts.words}" if shifts else ""


@operation(Permission.EDIT_PLAN, on="goal", action="plan.moved_along")
def move_along(*, actor: Actor, goal: Goal, shifts: Shifts) -> Goal:
    """Give the others the dates that were shown. Raises `Conflict`, with nothing moved, where one
    of them has another date or is out of the plan by now.
    """
    lock_plan(goal)
    plan = load_plan(actor, goal)
    for shift in shifts.shifts:
        row = plan.by_id.get(str(shift.row.id))
        if row is None or row.due_on != shift.was:
            raise Conflict("The plan was changed meanwhile. Look again at what moves.")
        change(actor, row, plan.edges.get(row.id, {}), {"due_on": shift.to.isoformat()})
    return goal


@operation(Permission.EDIT_PLAN, on="goal", action="plan.turned_back")
def undo_changes(*, actor: Actor, goal: Goal, since: int, until: int) -> int:
    """Turn back all that the actor changed on a plan between two marks, or nothing of it.

    Raises `Conflict` where any of it was changed again, and `Invalid` for a circle, by name.
    """
    lock_plan(goal)
    by_row: dict[UUID, list[PlanChange]] = defaultdict(list)
    for each in changes_between(actor, goal, since, until):
        by_row[each.milestone_id].append(each)
    rows = {row.id: row for row in list_milestones(actor, goal) if row.id in by_row}
    if not rows or rows.keys() != by_row.keys():
        raise Conflict(NOTHING)
    if any(row.version != by_row[row.id][-1].row_version for row in rows.values()):
        raise Conflict(NOTHING)
    edges = load_plan(actor, goal).edges
    for row in rows.values():
        change(actor, row, edges.get(row.id, {}), turned_back(reversed(by_row[row.id])))
    plan = load_plan(actor, goal)
    for row in rows.values():
        refuse_circle(plan, row.id, row.title, plan.stored.get(row.id, ()))
    return len(rows)
