"""Who cares for a client, by columns only: for consent cards and lists, which note no read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, bindparam, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.access.reach import reach_of
from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.teams.models import Seat
from careteam.kit.db import columns_of, db
from careteam.kit.listed import among_bound, listed, one_of


@dataclass(frozen=True, slots=True)
class Seated:
    """A practitioner on a seat, filled or asked to fill it."""

    seat_id: UUID
    goal_id: UUID
    practitioner_id: UUID
    name: str
    discipline: str
    state: str
    is_own: bool


def list_seated(actor: Actor, client_id: UUID) -> list[Seated]:
    """Everybody on a filled or referred seat of the client's goals that the actor may see."""
    return [Seated(*row) for row in columns_of(_seated(actor), {"client_id": client_id})]


@kept
def _seated(actor: Actor) -> Executable:
    """Of the client bound as `client_id`."""
    return (
        select(
            Seat.id,
            Seat.goal_id,
            Seat.practitioner_id,
            Practitioner.name,
            Seat.discipline,
            Seat.state,
            Seat.is_own,
        )
        .join(Practitioner, Practitioner.id == Seat.practitioner_id)
        .where(
            Seat.client_id == bindparam("client_id"),
            one_of(Seat.state, ("filled", "referred")),
            within(actor, Permission.READ_RECORD, Seat),
        )
        .order_by(Seat.goal_id, Seat.position, Seat.id)
    )


def people_kept_from(actor: Actor, client_id: UUID) -> frozenset[UUID]:
    """Who sits only on places that the client keeps from the actor: they are not to be named.

    Without such a place nothing is asked.
    """
    standing = reach_of(actor).standing(client_id)
    if standing is None or not standing.hidden_seat_ids:
        return frozenset()
    rows = db.session.execute(
        select(Seat.practitioner_id, Seat.id.in_(standing.hidden_seat_ids)).where(
            Seat.client_id == client_id, Seat.practitioner_id.is_not(None)
        )
    ).all()
    seen = {who for who, is_kept in rows if not is_kept}
    return frozenset(who for who, _ in rows if who is not None and who not in seen)


def count_open_required(actor: Actor, client_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """By client, how many required seats of active goals nobody fills or was asked for."""
    rows = columns_of(_open_required(actor), {"client_ids": listed(client_ids)})
    return {row[0]: row[1] for row in rows}


@kept
def _open_required(actor: Actor) -> Executable:
    """Of the clients bound as `client_ids`."""
    return (
        select(Seat.client_id, func.count())
        .join(Goal, Goal.id == Seat.goal_id)
        .where(
            among_bound(Seat.client_id, "client_ids"),
            Seat.state == "open",
            Seat.requirement == "required",
            Goal.status == "active",
            within(actor, Permission.READ_RECORD, Seat),
        )
        .group_by(Seat.client_id)
    )
