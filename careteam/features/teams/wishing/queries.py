"""Questions about names kept and left out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.teams.models import NameWish
from careteam.kit.db import db


def list_wishes(actor: Actor, goal: Goal) -> Sequence[NameWish]:
    """Of this goal, the kept first; for whoever decides about its team."""
    return db.session.scalars(
        select(NameWish)
        .where(NameWish.goal_id == goal.id, within(actor, Permission.EDIT_TEAM, NameWish))
        .order_by(NameWish.seat_id.is_(None), NameWish.practitioner_id)
    ).all()


def wish_of(goal: Goal, practitioner_id: UUID) -> NameWish | None:
    """For operations."""
    return db.session.get(NameWish, (goal.id, practitioner_id))


def free_seat(seat_id: UUID, but: UUID) -> None:
    """For operations: nobody but this person is kept for the place."""
    db.session.execute(
        delete(NameWish).where(NameWish.seat_id == seat_id, NameWish.practitioner_id != but)
    )
