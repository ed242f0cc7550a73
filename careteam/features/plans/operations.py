"""Changes to single milestones: added, changed, moved on, turned back, removed."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.planning import CLIENT
from careteam.features.clients.models import Goal
from careteam.features.plans.changes import (
    PROGRESS,
    Told,
    laid_over,
    last_change,
    note_added,
    turned_back,
    values_of,
)
from careteam.features.plans.checking import (
    Progress,
    Structure,
    check_structure,
    progress_values,
    refuse_circle,
    seat_id_of,
    structure_values,
)
from careteam.features.plans.in_step import change
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import get_goal_of, is_taken, lock_plan
from careteam.features.plans.schedule import Plan, load_plan
from careteam.features.teams.clearances.lines import WAYS as BY_HAND
from careteam.kit.errors import Conflict, Invalid


@operation(Permission.EDIT_PLAN, on="goal", action="milestone.added")
def add_milestone(
    *,
    actor: Actor,
    goal: Goal,
    milestone_id: UUID,
    structure: Structure,
    source: tuple[UUID, str] | None = None,
) -> Milestone:
    """Add an own milestone; `source` is the report, and its part, that it is made from.

    Raises `Invalid`, and `NotFound` for an owner or a milestone that the goal does not have;
    `Conflict` for a key that is in use.
    """
    lock_plan(goal)
    plan = load_plan(actor, goal)
    if is_taken(milestone_id):
        raise Conflict("This milestone is there already.")
    row = Milestone(
        id=milestone_id,
        goal_id=goal.id,
        client_id=goal.client_id,
        author_id=actor.practitioner_id,
        title=structure.title,
        due_on=structure.due_on,
        criterion=structure.criterion,
        owner_is_client=structure.owner == CLIENT,
        owner_seat_id=seat_id_of(structure.owner),
    )
    if source is not None:
        row.report_id, row.report_part = source
    check_structure(plan, row.id, structure)
    note_added(actor, [(row, structure.awaited)])
    return row


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.changed")
def change_milestone(
    *,
    actor: Actor,
    milestone: Milestone,
    version: int | None,
    structure: Structure,
    progress: Progress | None = None,
) -> Milestone:
    """Change what a milestone is, and with `progress` how far it is.

    `version` is the one the page showed. What others changed since stays where the sender did not
    change the same field; where both did, `Conflict` holds both values. Raises `Invalid` for a
    circle, by name, and `NotFound` for an owner or a milestone that the goal does not have.
    """
    plan = _locked_plan(actor, milestone)
    _refuse_out_of_plan(plan, milestone)
    sent = structure_values(structure)
    if progress is not None:
        sent |= progress_values(milestone, progress)
    stored = plan.edges.get(milestone.id, {})
    current = values_of(milestone, stored)
    changes = laid_over(milestone, version, current, sent, seen=plan.as_seen)
    wanted = {**plan.as_seen(current), **changes}
    check_structure(plan, milestone.id, Structure.of(wanted), former=current)
    change(actor, milestone, stored, changes)
    return milestone


@operation(Permission.MOVE_MILESTONE, on="milestone", action="milestone.moved")
def move_milestone(
    *,
    actor: Actor,
    milestone: Milestone,
    version: int | None,
    progress: Progress,
    told: Told | None = None,
) -> Milestone:
    """Say how far a milestone is. A blocked one may be done all the same.

    `told`: whoever keeps the record enters by hand what somebody else said. Raises `Invalid`
    beside `way` or `told_by`.
    """
    if told is not None:
        require(actor, Permission.EDIT_PLAN, milestone)
        _check_told(told)
    plan = _locked_plan(actor, milestone)
    _refuse_out_of_plan(plan, milestone)
    sent = progress_values(milestone, progress)
    current = values_of(milestone, ())
    changes = laid_over(milestone, version, {name: current[name] for name in PROGRESS}, sent)
    change(actor, milestone, (), changes, told)
    return milestone


def _check_told(told: Told) -> None:
    if told.way not in BY_HAND:
        raise Invalid("Say how it reached you.", field="way")
    if not told.by:
        raise Invalid("Say who told you.", field="told_by")


@operation(Permission.MOVE_MILESTONE, on="milestone", action="milestone.turned_back")
def undo_change(*, actor: Actor, milestone: Milestone, version: int | None) -> Milestone:
    """Turn the latest change of a milestone back; turning back twice does it again.

    `version` is the milestone's when the undo was offered: after a later change there is nothing
    to turn back any more. Whoever may only move a milestone turns back moves only.
    """
    if version != milestone.version:
        raise Conflict("This was changed again meanwhile; there is nothing to turn back.")
    before = turned_back(last_change(milestone))
    if not set(before) <= set(PROGRESS):
        require(actor, Permission.EDIT_PLAN, milestone)
    plan = _locked_plan(actor, milestone)
    if "depends_on" in before:
        refuse_circle(plan, milestone.id, milestone.title, tuple(map(UUID, before["depends_on"])))
    change(actor, milestone, plan.edges.get(milestone.id, {}), before)
    return milestone


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.removed")
def remove_milestone(*, actor: Actor, milestone: Milestone, version: int | None) -> Milestone:
    """Take a milestone out of the plan: what waited for it waits for what it waited for."""
    if version != milestone.version:
        raise Conflict("Somebody changed this milestone meanwhile. Look again before removing it.")
    lock_plan(get_goal_of(actor, milestone))
    change(actor, milestone, (), {"removed": True})
    return milestone


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.kept")
def keep_milestone(*, actor: Actor, milestone: Milestone, version: int | None) -> Milestone:
    """Keep a milestone of a pathway that was left, as one of one's own."""
    if version != milestone.version:
        raise Conflict("Somebody changed this milestone meanwhile.")
    lock_plan(get_goal_of(actor, milestone))
    change(actor, milestone, (), {"template": None})
    return milestone


def _locked_plan(actor: Actor, milestone: Milestone) -> Plan:
    goal = get_goal_of(actor, milestone)
    lock_plan(goal)
    return load_plan(actor, goal)


def _refuse_out_of_plan(plan: Plan, milestone: Milestone) -> None:
    if str(milestone.id) not in plan.by_id:
        raise Invalid("This milestone is not part of the plan any more.")
