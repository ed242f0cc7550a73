"""Questions about measurements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import hidden_measures_of
from careteam.features.measures.models import Measurement
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from careteam.kit.listed import among_bound, listed


def list_measurements(actor: Actor, goal: Goal, measures: Iterable[str]) -> Sequence[Measurement]:
    """What was recorded of these measures for a goal, as far as the actor may see it, by day."""
    of_goal = {"goal_id": goal.id, "measures": listed(measures)}
    return db.session.scalars(_measurements(actor), of_goal).all()


@kept
def _measurements(actor: Actor) -> Select[Measurement]:
    """Of the goal and the measures bound as `goal_id` and `measures`."""
    return (
        select(Measurement)
        .where(
            Measurement.goal_id == bindparam("goal_id"),
            among_bound(Measurement.measure, "measures"),
            within(actor, Permission.READ_RECORD, Measurement),
        )
        .order_by(Measurement.taken_on, Measurement.created_at, Measurement.id)
    )


def list_all_measurements(actor: Actor, goal: Goal) -> Sequence[Measurement]:
    """Everything that was recorded for a goal but what the answers hide from everybody, by day."""
    hidden = hidden_measures_of([goal.client_id]).get(goal.client_id, frozenset())
    return db.session.scalars(
        select(Measurement)
        .where(
            Measurement.goal_id == goal.id,
            Measurement.measure.not_in(sorted(hidden)),
            within(actor, Permission.READ_RECORD, Measurement),
        )
        .order_by(Measurement.taken_on, Measurement.created_at, Measurement.id)
    ).all()


def list_given_by_client(actor: Actor, client_id: UUID, most: int) -> Sequence[Measurement]:
    """What the client gave last, but for what the answers hide; the latest first."""
    hidden = hidden_measures_of([client_id]).get(client_id, frozenset())
    return db.session.scalars(
        select(Measurement)
        .where(
            Measurement.client_id == client_id,
            Measurement.author_id.is_(None),
            Measurement.measure.not_in(sorted(hidden)),
            within(actor, Permission.READ_RECORD, Measurement),
        )
        .order_by(Measurement.created_at.desc(), Measurement.id)
        .limit(most)
    ).all()


def get_measurement(actor: Actor, goal: Goal, measurement_id: UUID) -> Measurement:
    """One measurement of this goal that the actor may see. Raises `NotFound`."""
    found = find_measurement(actor, goal, measurement_id)
    if found is None:
        raise NotFound
    return found


def find_measurement(actor: Actor, goal: Goal, measurement_id: UUID) -> Measurement | None:
    return db.session.scalars(
        select(Measurement).where(
            Measurement.id == measurement_id,
            Measurement.goal_id == goal.id,
            within(actor, Permission.READ_RECORD, Measurement),
        )
    ).one_or_none()


def birth_of(client_id: UUID) -> date | None:
    """The date of birth of a client, None where it is not known; for operations."""
    return db.session.scalar(select(Client.date_of_birth).where(Client.id == client_id))
