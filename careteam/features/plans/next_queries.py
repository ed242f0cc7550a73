"""The next step of each plan, by columns only: for lists, which note no read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, bindparam, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import taking_part
from careteam.kit.db import db


@dataclass(frozen=True, slots=True)
class NextMilestone:
    goal_id: UUID
    title: str
    due_on: date


def next_milestones(actor: Actor, client_ids: Collection[UUID]) -> Mapping[UUID, NextMilestone]:
    """By client, the open milestone of an active goal that is due first. One statement."""
    rows: Any = db.session.execute(_open_milestones(actor), {"client_ids": list(client_ids)})
    found: dict[UUID, NextMilestone] = {}
    for client_id, goal_id, title, due_on in rows:
        found.setdefault(client_id, NextMilestone(goal_id, title, due_on))
    return found


@kept
def _open_milestones(actor: Actor) -> Executable:
    """Of the clients bound as `client_ids`, what is due first first."""
    return (
        select(Milestone.client_id, Milestone.goal_id, Milestone.title, Milestone.due_on)
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .where(
            Milestone.client_id.in_(bindparam("client_ids", expanding=True)),
            Milestone.status.in_(("planned", "in_progress")),
            taking_part(),
            Goal.status == "active",
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .order_by(Milestone.due_on, Milestone.id)
    )
