"""Names kept for a place, left out, and neither again. Nobody is asked and nothing is filled."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.teams.models import NameWish, Refusal, Seat
from careteam.features.teams.wishing.queries import free_seat, refusal_of, wish_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@operation(Permission.EDIT_TEAM, on="goal", action="suggestion.kept")
def keep_name(*, actor: Actor, goal: Goal, seat: Seat, practitioner_id: UUID) -> Goal:
    """This name alone is suggested for the place; whoever was kept for it before is not."""
    if seat.goal_id != goal.id:
        raise NotFound
    free_seat(seat.id, practitioner_id)
    _wish(actor, goal, practitioner_id).seat_id = seat.id
    return goal


@operation(Permission.EDIT_TEAM, on="goal", action="suggestion.left_out")
def leave_name_out(*, actor: Actor, goal: Goal, practitioner_id: UUID) -> Goal:
    """This name is suggested for no place of the goal."""
    _wish(actor, goal, practitioner_id).seat_id = None
    return goal


@operation(Permission.EDIT_TEAM, on="goal", action="suggestion.let_go")
def let_name_go(*, actor: Actor, goal: Goal, practitioner_id: UUID) -> Goal:
    """Neither kept nor left out; again changes nothing."""
    wish = wish_of(goal, practitioner_id)
    if wish is not None:
        db.session.delete(wish)
    return goal


@operation(Permission.RECORD_CONSENT, on="client", action="refusal.noted")
def note_refusal(*, actor: Actor, client: Client, practitioner_id: UUID) -> Client:
    """The client does not want this person: they are named for no goal. Again changes nothing."""
    if refusal_of(client.id, practitioner_id) is None:
        row = Refusal(client_id=client.id, practitioner_id=practitioner_id)
        row.author_id, row.said_on = actor.practitioner_id, clock.today()
        row.untold_since = clock.now() if actor.kind is Kind.CLIENT else None
        db.session.add(row)
    return client


@operation(Permission.RECORD_CONSENT, on="client", action="refusal.lifted")
def lift_refusal(*, actor: Actor, client: Client, practitioner_id: UUID) -> Client:
    """They may be named again; where nothing was noted nothing changes."""
    row = refusal_of(client.id, practitioner_id)
    if row is not None:
        db.session.delete(row)
    return client


def _wish(actor: Actor, goal: Goal, practitioner_id: UUID) -> NameWish:
    found = wish_of(goal, practitioner_id)
    if found is None:
        found = NameWish(goal_id=goal.id, practitioner_id=practitioner_id, client_id=goal.client_id)
        db.session.add(found)
    found.author_id = actor.practitioner_id
    return found
