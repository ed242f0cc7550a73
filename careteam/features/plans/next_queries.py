"""The next step of each plan, by columns only: for lists, which note no read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Executable, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import taking_part
from careteam.kit.db import columns_of
from careteam.kit.listed import among_bound, listed, one_of

_First = aliased(Milestone)


@dataclass(frozen=True, slots=True)
class NextMilestone:
    goal_id: UUID
    title: str
    due_on: date


def next_milestones(actor: Actor, client_ids: Collection[UUID]) -> Mapping[UUID, NextMilestone]:
    """By client, the open milestone of an active goal that is due first. One statement."""
    rows = columns_of(_next(actor), {"client_ids": listed(client_ids)})
    return {client_id: NextMilestone(*rest) for client_id, *rest in rows}


@kept
def _next(actor: Actor) -> Executable:
    """Of the clients bound as `client_ids`."""
    first = (
        select(Milestone.id)
        .join(Goal, Goal.id == Milestone.goal_id)
        .where(
            Milestone.client_id == Client.id,
            one_of(Milestone.status, ("planned", "in_progress")),
            taking_part(),
            Goal.status == "active",
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .order_by(Milestone.due_on, Milestone.id)
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
    return (
        select(Client.id, _First.goal_id, _First.title, _First.due_on)
        .join(_First, _First.id == first)
        .where(among_bound(Client.id, "client_ids"))
    )
