"""A plan along a newer version of its pathway.

A milestone says what the newer version says where it still said what the older one did: whatever
anybody changed by hand stays, and so does everything that is finished. What a milestone waits for
stays too; new ones come with what they wait for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain import planning
from careteam.domain.pathway import Pathway
from careteam.domain.planning import CLIENT, LEAD, instantiate
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.changes import owner_key
from careteam.features.plans.in_step import change
from careteam.features.plans.making import add_missing, seats_by_discipline, without_hidden
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import lock_plan
from careteam.features.plans.safety import safety_of
from careteam.features.plans.schedule import Plan, load_plan, template_key
from careteam.features.teams.proposing import follow_pathway
from careteam.features.teams.renewing import disciplines_after, newer_pathway, team_changes
from careteam.kit import clock
from careteam.kit.errors import Conflict

WORDS = {
    "title": "its name",
    "phase": "its phase",
    "due_on": "its date",
    "criterion": "how one can tell",
    "measure": "the value that reaches it",
    "owner": "who sees to it",
}
GONE = "The pathway has no newer version any more, or still another one. Look at it again."


@dataclass(frozen=True, slots=True)
class Altered:
    """A milestone that says something else then; `now` holds what, by the words of the field."""

    title: str
    now: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """`added`, and what the pathway no longer has (`left`), as titles. `left` ones stay: taking
    them out is for the lead. `kept` milestones were changed by hand where the pathway has changed.
    """

    added: tuple[str, ...] = ()
    altered: tuple[Altered, ...] = ()
    left: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.altered or self.left or self.kept)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One open milestone: the new values it takes, and whether any were kept from it."""

    row: Milestone
    new: dict[str, Any]
    is_kept: bool


def plan_changes(actor: Actor, goal: Goal, new: Pathway) -> PlanChanges:
    """What taking `new` would change in the plan; nothing where none is made yet."""
    plan, old = load_plan(actor, goal), pathway_of(goal)
    if old is None or not plan.templates:
        return PlanChanges()
    seats = disciplines_after(goal, team_changes(goal, new))
    drafts = _drafts(goal, new, seats)
    turns = _turns(plan, _drafts(goal, old, seats), drafts)
    there = {value.id for value in new.milestones}
    return PlanChanges(
        added=tuple(
            value.title
            for key, value in drafts.items()
            if template_key(new.id, key) not in plan.templates
        ),
        altered=tuple(Altered(each.row.title, _said(each.new, new)) for each in turns if each.new),
        left=tuple(row.title for row in _open(plan) if _template(row) not in {*there, ""}),
        kept=tuple(each.row.title for each in turns if each.is_kept),
    )


@operation(Permission.EDIT_PLAN, on="goal", action="goal.pathway_renewed")
def take_newer(*, actor: Actor, goal: Goal, version: str) -> Goal:
    """Let goal, team and plan follow the newer version that was looked at.

    The wording of the goal stays. New milestones are added unless the answers block the plan by
    then. Raises `Conflict` where that version is not the newest any more.
    """
    new, old = newer_pathway(goal), pathway_of(goal)
    if new is None or old is None or new.version != version:
        raise Conflict(GONE)
    lock_plan(goal)
    is_made = bool(load_plan(actor, goal).templates)
    follow_pathway(actor, goal, new)
    if not is_made:
        return goal
    plan = load_plan(actor, goal)
    seats = seats_by_discipline(plan.seats.values())
    drafts = _drafts(goal, new, seats)
    for turn in _turns(plan, _drafts(goal, old, seats), drafts):
        values = dict(turn.new)
        if "measure" in values:
            _measured_by(turn.row, values.pop("measure"))
        if "owner" in values:
            values["owner"] = _owner_key(plan, values["owner"])
        change(actor, turn.row, plan.edges.get(turn.row.id, {}), values)
    if not safety_of(actor, goal).is_blocked:
        add_missing(actor, plan, new, list(drafts.values()), seats)
    return goal


def _drafts(
    goal: Goal, pathway: Pathway, seats: Collection[str]
) -> Mapping[str, planning.Milestone]:
    start = goal.anchor_on or clock.today()
    draft = instantiate(pathway.milestones, start, seats)
    return {value.id: value for value in without_hidden(draft, goal)}


def _open(plan: Plan) -> list[Milestone]:
    return [row for row in plan.rows if plan.value(row).is_open]


def _template(row: Milestone) -> str:
    return (row.template or "").partition(":")[2]


def _turns(
    plan: Plan,
    before: Mapping[str, planning.Milestone],
    after: Mapping[str, planning.Milestone],
) -> list[_Turn]:
    found = []
    for row in _open(plan):
        old, new = before.get(_template(row)), after.get(_template(row))
        if old is None or new is None:
            continue
        was, now, here = _values(old), _values(new), _stored(plan, row)
        differing = {name for name in now if was[name] != now[name] != here[name]}
        untouched = {name for name in differing if here[name] == was[name]}
        values = {name: now[name] for name in WORDS if name in untouched}
        found.append(_Turn(row, values, differing != untouched))
    return found


def _values(value: planning.Milestone) -> dict[str, Any]:
    assert value.due_on is not None
    measure = value.measure
    return {
        "title": value.title,
        "phase": value.phase,
        "due_on": value.due_on.isoformat(),
        "criterion": value.criterion,
        "measure": (measure.measure, measure.comparator.value, measure.value) if measure else None,
        "owner": value.owner,
    }


def _stored(plan: Plan, row: Milestone) -> dict[str, Any]:
    seat = plan.seats.get(row.owner_seat_id) if row.owner_seat_id else None
    measured = (row.measure, row.comparator, row.threshold) if row.measure else None
    return {
        "title": row.title,
        "phase": row.phase,
        "due_on": row.due_on.isoformat(),
        "criterion": row.criterion,
        "measure": measured,
        "owner": seat.discipline if seat else owner_key(row),
    }


def _measured_by(row: Milestone, measure: tuple[str, str, float] | None) -> None:
    row.measure, row.comparator, row.threshold = measure or (None, None, None)


def _owner_key(plan: Plan, owner: str) -> str:
    """The key of whoever sees to it then: the seat of a discipline, the client or the lead."""
    seat = seats_by_discipline(plan.seats.values()).get(owner)
    return str(seat.id) if seat else (CLIENT if owner == CLIENT else LEAD)


def _said(new: Mapping[str, Any], pathway: Pathway) -> tuple[tuple[str, str], ...]:
    """Each new value in words; of an owner and a measure only that there is another."""
    phases = {phase.id: phase.name for phase in pathway.phases}
    words = {"phase": phases.get(new.get("phase", ""), ""), "measure": "", "owner": ""}
    if "due_on" in new:
        day = date.fromisoformat(new["due_on"])
        words["due_on"] = f"{day.day} {day:%B %Y}"
    return tuple((WORDS[name], words.get(name, str(value))) for name, value in new.items())
