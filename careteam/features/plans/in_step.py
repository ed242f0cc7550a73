"""A change of a milestone, and its twin in a partner's plan kept in step with it.

Only the target date, how far it is and the day of that pass over. Whoever made the change is
nobody to the other plan: its history and its trail name the linked plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.domain.planning import MilestoneState
from careteam.features.plans.changes import Told, Values, give, values_of
from careteam.features.plans.mirror_queries import find_twin
from careteam.features.plans.models import LINKED_PLAN, Milestone
from careteam.kit.db import db

CROSSING = ("due_on", "status", "reached_on")
NOT_TOLD = "As in the linked plan."
"""The reason of a twin that was left out or is not possible: the true one stays where it is."""
_LINKED = Actor(Kind.SYSTEM, name=LINKED_PLAN)


def change(
    actor: Actor,
    milestone: Milestone,
    awaited: Iterable[UUID],
    new: Mapping[str, Any],
    told: Told | None = None,
) -> bool:
    """Give a milestone new values, and its twin those that pass over; False if nothing differs."""
    differing = give(actor, milestone, awaited, new, told)
    if milestone.mirror_id is not None and differing & set(CROSSING):
        twin = find_twin(milestone)
        if twin is not None:
            bring_in_step(milestone, twin)
    return bool(differing)


def bring_in_step(milestone: Milestone, twin: Milestone) -> None:
    """Whatever is flushed before belongs to the other trail."""
    here, there = values_of(milestone, ()), values_of(twin, ())
    values = {name: here[name] for name in CROSSING if here[name] != there[name]}
    db.session.flush()
    if values:
        follow(actor=_LINKED, milestone=twin, values=values)


@operation(None, action="milestone.followed")
def follow(*, actor: Actor, milestone: Milestone, values: Values) -> Milestone:
    """Give a milestone what passed over. The reason stays with the one that was moved."""
    if "status" in values:
        is_told_why = values["status"] in (MilestoneState.SKIPPED, MilestoneState.UNABLE)
        values = {**values, "reason": NOT_TOLD if is_told_why else None}
    give(actor, milestone, (), values)
    return milestone
