"""A milestone put into a partner's plan as well, in words that both may read, and taken apart."""

from __future__ import annotations

from uuid import UUID, uuid4

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.planning import CLIENT, LEAD, MilestoneState
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import STANDING_GOALS
from careteam.features.plans.checking import Structure
from careteam.features.plans.in_step import bring_in_step
from careteam.features.plans.mirror_queries import find_twin
from careteam.features.plans.models import Milestone
from careteam.features.plans.operations import add_milestone
from careteam.features.plans.queries import get_goal_of, lock_plan
from careteam.features.teams.partners.queries import find_linked
from careteam.kit.errors import Conflict, Invalid


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.mirrored")
def mirror(
    *, actor: Actor, milestone: Milestone, goal: Goal, milestone_id: UUID, title: str
) -> Milestone:
    """Add a milestone of its own to the plan of `goal`, the partner's, kept in step from now on.

    It bears `title`; nothing of the first but its dates and how far it is passes over, and a later
    title of one is not the other's. It is the partner's own only where the first is the client's
    own, else the lead's: no client says of another what a practitioner has to say. Raises `Invalid`
    and `Conflict`.
    """
    pair_id = _pair_of(actor, milestone, goal)
    twin = add_milestone(
        actor=actor,
        goal=goal,
        milestone_id=milestone_id,
        structure=Structure(
            title=title,
            owner=CLIENT if milestone.owner_is_client else LEAD,
            due_on=milestone.due_on,
        ),
    )
    _keep_in_step(milestone, twin, pair_id)
    return milestone


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.mirrored")
def mirror_as(*, actor: Actor, milestone: Milestone, goal: Goal, twin: Milestone) -> Milestone:
    """Keep a step that stands in the plan of `goal` already in step with `milestone` from now on.

    It takes the date of `milestone` and how far that is. Raises `Invalid` and `Conflict`.
    """
    pair_id = _pair_of(actor, milestone, goal)
    if twin.goal_id != goal.id or not may_be_twin(milestone, twin) or find_twin(twin) is not None:
        raise Invalid("This step cannot be the same one any more.", field="twin")
    _keep_in_step(milestone, twin, pair_id)
    return milestone


def may_be_twin(milestone: Milestone, other: Milestone) -> bool:
    """An open one; of a client's own step only another client's own, for the reason above."""
    is_open = other.status in (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)
    is_theirs = other.owner_is_client == milestone.owner_is_client
    return other.removed_at is None and is_open and is_theirs


def _pair_of(actor: Actor, milestone: Milestone, goal: Goal) -> UUID:
    """The link of the two records, both plans locked."""
    require(actor, Permission.EDIT_PLAN, goal)
    linked = find_linked(actor, milestone.client_id)
    if linked is None or linked.partner_id != goal.client_id:
        raise Invalid("These two are not linked any more.", field="goal")
    if goal.status not in STANDING_GOALS:
        raise Invalid("This goal has ended.", field="goal")
    lock_plan(get_goal_of(actor, milestone), goal)
    if milestone.removed_at is not None:
        raise Invalid("This milestone is not part of the plan any more.")
    if find_twin(milestone) is not None:
        raise Conflict("This milestone stands in the partner's plan already.")
    return linked.pair_id


def _keep_in_step(milestone: Milestone, twin: Milestone, pair_id: UUID) -> None:
    key = uuid4()
    for row in (milestone, twin):
        row.pair_id, row.mirror_id = pair_id, key
    bring_in_step(milestone, twin)


@operation(Permission.EDIT_PLAN, on="milestone", action="milestone.unmirrored")
def stop_mirroring(*, actor: Actor, milestone: Milestone, version: int | None) -> Milestone:
    """Let it stand for itself again; the partner's stays as it is. Raises `Conflict`."""
    if version != milestone.version:
        raise Conflict("Somebody changed this milestone meanwhile.")
    milestone.pair_id = milestone.mirror_id = None
    return milestone
