"""Questions about names kept and left out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.teams.models import NameWish, Refusal
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


def list_refusals(actor: Actor, client_id: UUID) -> Sequence[Refusal]:
    """In the order in which it was said."""
    return db.session.scalars(
        select(Refusal)
        .where(Refusal.client_id == client_id, within(actor, Refusal.READ_PERMISSION, Refusal))
        .order_by(Refusal.said_on, Refusal.practitioner_id)
    ).all()


def list_refused(actor: Actor, client_id: UUID) -> Sequence[UUID]:
    """Whom this client does not want, for lead and client."""
    return db.session.scalars(
        select(Refusal.practitioner_id).where(
            Refusal.client_id == client_id, within(actor, Refusal.READ_PERMISSION, Refusal)
        )
    ).all()


def refusal_of(client_id: UUID, practitioner_id: UUID) -> Refusal | None:
    """For operations."""
    return db.session.scalars(
        select(Refusal).where(
            Refusal.client_id == client_id, Refusal.practitioner_id == practitioner_id
        )
    ).one_or_none()


def free_seat(seat_id: UUID, but: UUID) -> None:
    """For operations: nobody but this person is kept for the place."""
    db.session.execute(
        delete(NameWish).where(NameWish.seat_id == seat_id, NameWish.practitioner_id != but)
    )
