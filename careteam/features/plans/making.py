"""The plan out of the pathway, and the day it counts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain import planning
from careteam.domain.pathway.values import Pathway
from careteam.domain.planning import CLIENT, Draft, instantiate, move_anchor
from careteam.domain.wording import count_words
from careteam.features.clients.goals import asks_for_anchor, check_century
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import hidden_measures_of
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.changes import note_added
from careteam.features.plans.in_step import change
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import THERE, OwnerSeat, lock_plan
from careteam.features.plans.safety import refuse_while_blocked
from careteam.features.plans.schedule import Plan, bridge, load_plan, template_key
from careteam.kit import clock
from careteam.kit.errors import Invalid

ROOM_DAYS = 3660
NO_DAY = "Give the day this plan counts from."
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


@operation(Permission.EDIT_PLAN, on="goal", action="plan.made")
def make_plan(*, actor: Actor, goal: Goal, anchor_on: date | None = None) -> list[Milestone]:
    """Add the pathway's milestones that the plan does not have yet, for the seats that are there.

    Made again it adds what has become possible since and touches nothing that is there; what was
    removed stays removed. `anchor_on` is used where the goal has no day yet; only a plan that
    counts from its own start may go without. Raises Invalid without a pathway, while the answers
    block the plan, and without a day.
    """
    pathway = pathway_of(goal)
    if pathway is None:
        raise Invalid("This goal has no pathway: add its milestones one by one.")
    refuse_while_blocked(actor, goal)
    goal.anchor_on = goal.anchor_on or _anchor(pathway, anchor_on)
    lock_plan(goal)
    plan = load_plan(actor, goal)
    seats = seats_by_discipline(plan.seats.values())
    draft = instantiate(pathway.milestones, goal.anchor_on, seats)
    return add_missing(actor, plan, pathway, without_hidden(draft, goal), seats)


def missing(plan: Plan) -> int:
    """How many milestones making the plan (again) would add."""
    pathway = pathway_of(plan.goal)
    if pathway is None:
        return 0
    draft = instantiate(pathway.milestones, clock.today(), seats_by_discipline(plan.seats.values()))
    return sum(
        template_key(pathway.id, value.id) not in plan.templates
        for value in _shown(draft, plan.goal)
    )


def seats_by_discipline(seats: Iterable[OwnerSeat]) -> dict[str, OwnerSeat]:
    """The seat of each discipline that takes milestones: a filled one before the others."""
    there = [seat for seat in seats if seat.state in THERE]
    there.sort(key=lambda seat: -THERE.index(seat.state))
    found: dict[str, OwnerSeat] = {}
    for seat in there:
        found.setdefault(seat.discipline, seat)
    return found


def _anchor(pathway: Pathway, given: date | None) -> date:
    if given is None and asks_for_anchor(pathway):
        raise Invalid(f"{NO_DAY} {pathway.anchor_note}", field="anchor_on")
    return check_anchor(given or clock.today())


def check_anchor(day: date) -> date:
    """A day that leaves room in the calendar for what is counted from it."""
    if not FIRST_DAY + timedelta(days=ROOM_DAYS) <= day <= LAST_DAY - timedelta(days=ROOM_DAYS):
        raise Invalid("Give a year between 1910 and 2189.", field="anchor_on")
    return check_century(day, "anchor_on")


def without_hidden(draft: Draft, goal: Goal) -> list[planning.Milestone]:
    """The drafts that rest on no hidden measure; what waited for one left out is bridged."""
    kept = _shown(draft, goal)
    ids = {value.id for value in kept}
    awaited = {value.id: value.depends_on for value in draft.milestones}
    return [replace(value, depends_on=bridge(ids, awaited, value.id)) for value in kept]


def _shown(draft: Draft, goal: Goal) -> list[planning.Milestone]:
    hidden = hidden_measures_of([goal.client_id]).get(goal.client_id, frozenset())
    return [m for m in draft.milestones if m.measure is None or m.measure.measure not in hidden]


def add_missing(
    actor: Actor,
    plan: Plan,
    pathway: Pathway,
    drafts: list[planning.Milestone],
    seats: Mapping[str, OwnerSeat],
) -> list[Milestone]:
    """Milestones removed by hand are neither made again nor waited for."""
    kept = (*plan.rows, *(row for row, _ in plan.aside))
    ids = {row.template: row.id for row in kept if row.template}
    keys = {value.id: template_key(pathway.id, value.id) for value in drafts}
    new = [value for value in drafts if keys[value.id] not in plan.templates]
    rows = {value.id: _row(actor, plan.goal, keys[value.id], value, seats) for value in new}
    ids |= {keys[key]: row.id for key, row in rows.items()}
    known = {key: ids[template] for key, template in keys.items() if template in ids}
    awaited = {value.id: value.depends_on for value in drafts}
    note_added(actor, [(rows[v.id], [known[k] for k in bridge(known, awaited, v.id)]) for v in new])
    return list(rows.values())


def _row(
    actor: Actor,
    goal: Goal,
    key: str,
    value: planning.Milestone,
    seats: Mapping[str, OwnerSeat],
) -> Milestone:
    seat = seats.get(value.owner)
    measure = value.measure
    assert value.due_on is not None
    return Milestone(
        id=uuid4(),
        goal_id=goal.id,
        client_id=goal.client_id,
        author_id=actor.practitioner_id,
        title=value.title,
        phase=value.phase,
        owner_seat_id=seat.id if seat else None,
        owner_is_client=value.owner == CLIENT,
        due_on=value.due_on,
        criterion=value.criterion,
        measure=measure.measure if measure else None,
        comparator=measure.comparator.value if measure else None,
        threshold=measure.value if measure else None,
        template=key,
    )


@dataclass(frozen=True, slots=True)
class AnchorMove:
    """What moving the anchor would do: open milestones go along, finished ones stay."""

    days: int
    moving: int
    staying: int
    owners: int

    @property
    def words(self) -> str:
        """'Moves 5 milestones of 3 people by 7 days; 2 that are finished stay.'"""
        milestones, people = count_words(self.moving, "milestone"), people_words(self.owners)
        way = "later" if self.days > 0 else "earlier"
        text = f"Moves {milestones} of {people} by {count_words(abs(self.days), 'day')} {way}"
        return f"{text}; {self.staying} that are finished stay." if self.staying else f"{text}."


def people_words(count: int) -> str:
    return count_words(count, "person", "people")


def preview_anchor(plan: Plan, anchor_on: date) -> AnchorMove:
    """What the new day would move. The day is checked like one that is saved."""
    check_anchor(anchor_on)
    old = plan.goal.anchor_on or anchor_on
    moving = [value for value in plan.values if value.is_open]
    return AnchorMove(
        days=(anchor_on - old).days,
        moving=len(moving),
        staying=len(plan.values) - len(moving),
        owners=len({value.owner for value in moving}),
    )


@operation(Permission.EDIT_PLAN, on="goal", action="plan.anchor_moved")
def move_plan(*, actor: Actor, goal: Goal, anchor_on: date) -> Goal:
    """Let the plan count from another day: open milestones move with it, finished ones stay.

    Raises `Invalid`, with nothing moved, where a milestone would lie outside the calendar.
    """
    check_anchor(anchor_on)
    lock_plan(goal)
    plan = load_plan(actor, goal)
    moved = [
        (plan.by_id[value.id], _within_calendar(value))
        for value in move_anchor(plan.values, goal.anchor_on or anchor_on, anchor_on)
    ]
    goal.anchor_on = anchor_on
    for row, due_on in moved:
        change(actor, row, plan.edges.get(row.id, {}), {"due_on": due_on.isoformat()})
    return goal


def _within_calendar(value: planning.Milestone) -> date:
    assert value.due_on is not None
    if not FIRST_DAY <= value.due_on <= LAST_DAY:
        raise Invalid(f"{value.title} would lie outside the calendar.", field="anchor_on")
    return value.due_on
