"""Changes to seats: added, filled, put off, not wanted, opened again, ended, kept from somebody.

What a referral does to its seat happens in the referral's own operation; here are the lead's hands.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway.team import NEVER_A_SEAT
from careteam.domain.wording import day_words
from careteam.features.clients.models import Goal
from careteam.features.directory.queries import names_of
from careteam.features.pathways.content import load_content
from careteam.features.teams.covering.queries import covers_between
from careteam.features.teams.handing_over.queries import asked_to_keep
from careteam.features.teams.models import Seat, SeatHiding
from careteam.features.teams.proposing import AFTER_THE_RULES
from careteam.features.teams.queries import (
    find_hiding,
    get_client_of,
    practitioner_exists,
    seats_of,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid

REQUIREMENTS = ("required", "recommended", "conditional")


@operation(Permission.EDIT_TEAM, on="goal", action="seat.added")
def add_seat(
    *,
    actor: Actor,
    goal: Goal,
    seat_id: UUID,
    discipline: str,
    purpose: str,
    requirement: str = "recommended",
) -> Seat:
    """Add a seat by hand, after the others."""
    if discipline in NEVER_A_SEAT or discipline not in load_content().catalogue.disciplines:
        raise Invalid("Choose one of the disciplines.", field="discipline")
    if not purpose:
        raise Invalid("Say what this person is to do for the goal.", field="purpose")
    if requirement not in REQUIREMENTS:
        raise Invalid("Choose how much it is needed.", field="requirement")
    last = max((seat.position for seat in seats_of(goal.id)), default=0)
    seat = Seat(
        id=seat_id,
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        discipline=discipline,
        requirement=requirement,
        purpose=purpose,
        origin="hand",
        position=max(last + 1, AFTER_THE_RULES),
        state="open",
    )
    db.session.add(seat)
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.filled")
def fill_seat(
    *,
    actor: Actor,
    seat: Seat,
    practitioner_id: UUID,
    is_own: bool = False,
    filled_on: date | None = None,
) -> Seat:
    """Say who fills the seat.

    `is_own`: the client had this practitioner already; then there is no letter, nobody chases, and
    the network does not count it. Nobody gets access by it: that takes the client's consent.
    """
    if seat.state == "filled" and seat.practitioner_id == practitioner_id:
        return seat
    if seat.state not in ("open", "referred", "later"):
        words = taken_words(seat) if seat.state == "filled" else TAKEN[seat.state]
        raise Conflict(f"{words} Open it again first.")
    if not practitioner_exists(practitioner_id):
        raise Invalid("Choose somebody from the directory.", field="practitioner")
    if filled_on is not None and filled_on > clock.today():
        raise Invalid("This day is still to come.", field="filled_on")
    seat.state, seat.practitioner_id, seat.is_own = "filled", practitioner_id, is_own
    seat.filled_on = filled_on or clock.today()
    _forget_decision(seat)
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.referred")
def mark_referred(*, actor: Actor, seat: Seat, practitioner_id: UUID) -> Seat:
    """Say who is asked to fill the seat."""
    if seat.state == "referred" and seat.practitioner_id == practitioner_id:
        return seat
    if seat.state not in ("open", "later"):
        raise Conflict(TAKEN[seat.state])
    seat.state, seat.practitioner_id = "referred", practitioner_id
    _forget_decision(seat)
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.set_later")
def set_later(*, actor: Actor, seat: Seat, reason: str | None = None) -> Seat:
    """Put an open seat off."""
    if seat.state == "later":
        return seat
    _refuse_unless_open(seat)
    seat.state, seat.state_reason, seat.decided_on = "later", reason, clock.today()
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.not_wanted")
def set_not_wanted(
    *, actor: Actor, seat: Seat, explained: str, decided_on: date | None = None
) -> Seat:
    """Note that the client does not want the seat, and what was explained before they decided."""
    if not explained:
        raise Invalid("Write down what was explained to the client.", field="explained")
    if decided_on is not None and decided_on > clock.today():
        raise Invalid("This day is still to come.", field="decided_on")
    _refuse_unless_open(seat)
    seat.state, seat.explained = "not_wanted", explained
    seat.decided_on = decided_on or clock.today()
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.reopened")
def reopen_seat(*, actor: Actor, seat: Seat) -> Seat:
    """Open a seat again, whoever was asked or sat there before."""
    if seat.state == "open":
        return seat
    seat.state, seat.practitioner_id, seat.is_own = "open", None, False
    seat.filled_on = None
    _forget_decision(seat)
    return seat


@operation(Permission.EDIT_TEAM, on="seat", action="seat.ended")
def end_seat(*, actor: Actor, seat: Seat, reason: str | None = None) -> Seat:
    """End a seat. Who filled it stays named in the record and reaches nothing of the client."""
    if seat.state == "ended":
        return seat
    if seat.state == "referred":
        raise Conflict("Somebody is asked for this place. Withdraw the referral first.")
    seat.state, seat.state_reason, seat.decided_on = "ended", reason, clock.today()
    return seat


@operation(Permission.RECORD_CONSENT, on="seat", action="seat.hidden")
def hide_seat(*, actor: Actor, seat: Seat, practitioner_id: UUID) -> Seat:
    """Keep the seat from one member of the team: it leaves that person's team and plan."""
    goal = db.session.get_one(Goal, seat.goal_id)
    client = get_client_of(goal)
    if practitioner_id == client.lead_id:
        raise Invalid("Whoever keeps the record sees every place.", field="practitioner")
    if covers_between(client, clock.today(), date.max, practitioner_id):
        raise Invalid("They stand in for the lead. End that first.", field="practitioner")
    if practitioner_id in asked_to_keep(client):
        raise Invalid(
            "They are asked to keep the record. Take that back first.", field="practitioner"
        )
    if practitioner_id == seat.practitioner_id:
        raise Invalid("Nobody can be kept from their own place.", field="practitioner")
    if practitioner_id not in {each.practitioner_id for each in seats_of(seat.goal_id)}:
        raise Invalid("Choose somebody of this team.", field="practitioner")
    if find_hiding(seat.id, practitioner_id) is None:
        db.session.add(
            SeatHiding(seat_id=seat.id, practitioner_id=practitioner_id, client_id=seat.client_id)
        )
    return seat


@operation(Permission.RECORD_CONSENT, on="seat", action="seat.shown")
def show_seat(*, actor: Actor, seat: Seat, practitioner_id: UUID) -> Seat:
    """Stop keeping the seat from somebody."""
    hiding = find_hiding(seat.id, practitioner_id)
    if hiding is not None:
        db.session.delete(hiding)
    return seat


TAKEN = {
    "open": "This place is open.",
    "referred": "Somebody is asked for this place already.",
    "filled": "This place is filled already.",
    "later": "This place is put off.",
    "not_wanted": "The client does not want this place.",
    "ended": "This place has ended.",
}


def taken_words(seat: Seat) -> str:
    """Who fills the seat and since when, for whoever comes second."""
    ids = [seat.practitioner_id] if seat.practitioner_id else []
    name = next(iter(names_of(ids).values()), "Somebody")
    since = f", since {day_words(seat.filled_on, clock.today())}" if seat.filled_on else ""
    return f"{name} fills this place on the team already{since}."


def _refuse_unless_open(seat: Seat) -> None:
    if seat.state not in ("open", "later"):
        raise Conflict(TAKEN[seat.state])


def _forget_decision(seat: Seat) -> None:
    seat.state_reason = seat.explained = seat.decided_on = None
