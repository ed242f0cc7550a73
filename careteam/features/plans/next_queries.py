"""The next step of each plan, by columns only: for lists, which note no read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import taking_part
from careteam.kit.db import db
from careteam.kit.listed import among_bound, listed


@dataclass(frozen=True, slots=True)
class NextMilestone:
    goal_id: UUID
    title: str
    due_on: date


def next_milestones(actor: Actor, client_ids: Collection[UUID]) -> Mapping[UUID, NextMilestone]:
    """By client, the open milestone of an active goal that is due first. One statement."""
    rows: Any = db.session.execute(_next(actor), {"client_ids": listed(client_ids)}).all()
    return {client_id: NextMilestone(*rest) for client_id, *rest in rows}


@kept
def _next(actor: Actor) -> Executable:
    """Of the clients bound as `client_ids`."""
    place = func.row_number().over(
        partition_by=Milestone.client_id, order_by=(Milestone.due_on, Milestone.id)
    )
    opened = (
        select(
            Milestone.client_id,
            Milestone.goal_id,
            Milestone.title,
            Milestone.due_on,
            place.label("place"),
        )
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .where(
            among_bound(Milestone.client_id, "client_ids"),
            Milestone.status.in_(("planned", "in_progress")),
            taking_part(),
            Goal.status == "active",
            within(actor, Permission.READ_RECORD, Milestone),
        )
        .subquery()
    )
    first = opened.c
    return select(first.client_id, first.goal_id, first.title, first.due_on).where(first.place == 1)
