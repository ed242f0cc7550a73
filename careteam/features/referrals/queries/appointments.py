"""Booked appointments, by columns, with the day's end and place from the event that booked them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from careteam.access.actor import Actor
from careteam.audit import reads
from careteam.domain.referral import State
from careteam.domain.referral.needs import instant
from careteam.domain.referral.values import Action
from careteam.features.clients.queries import IDENTITY
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.queries.lines import columns, consented, mine, party_may_read
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from careteam.kit.text import initials

KEPT = (State.BOOKED, State.IN_TREATMENT, State.REPORTED, State.CLOSED)
"""States in which an appointment stands: to come, or kept."""


@dataclass(frozen=True, slots=True)
class Booked:
    """One appointment. `number` and `booked_at` are those of the event that booked it, so they
    grow when it is booked anew. `is_incoming`: the actor is there, as receiver or as client.
    `initials` are empty without a client."""

    referral_id: UUID
    goal_id: UUID | None
    is_incoming: bool
    receiver_name: str
    initials: str
    start_at: datetime
    end_at: datetime | None
    place: str
    number: int
    booked_at: datetime


def list_appointments(
    actor: Actor,
    *,
    goal_id: UUID | None = None,
    from_at: datetime | None = None,
    to_at: datetime | None = None,
) -> list[Booked]:
    """The actor's appointments, the earliest first, from `from_at` on and before `to_at`.

    Of a client whose consent no longer opens anything to the receiver, and of a seat that is not
    theirs any more, the receiver is told nothing. Clients whom somebody else keeps are noted as
    read. Three statements.
    """
    seat_stands = or_(
        Referral.sender_id == actor.practitioner_id,
        Referral.seat_id.is_(None),
        and_(Seat.practitioner_id == Referral.receiver_id, Seat.state == "filled"),
    )
    conditions = [
        *mine(actor),
        Referral.appointment_at.is_not(None),
        Referral.status.in_(KEPT),
        seat_stands,
    ]
    if goal_id is not None:
        conditions.append(Referral.goal_id == goal_id)
    if from_at is not None:
        conditions.append(Referral.appointment_at >= from_at)
    if to_at is not None:
        conditions.append(Referral.appointment_at < to_at)
    rows = db.session.execute(
        columns(actor).where(*conditions).order_by(Referral.appointment_at, Referral.id)
    ).all()
    opened = consented(actor) if rows else set()
    shown = [row for row in rows if party_may_read(actor, row, opened)]
    events = _booking_events([row.id for row in shown])
    return [_booked(actor, row, events[row.id]) for row in shown if row.id in events]


def list_appointments_of_client(actor: Actor, from_at: datetime) -> list[Booked]:
    """The client's own, whoever booked them; nothing of the letters. Two statements."""
    if actor.client_id is None:
        return []
    rows = db.session.execute(
        columns(actor)
        .where(
            Referral.client_id == actor.client_id,
            Referral.appointment_at >= from_at,
            Referral.status.in_(KEPT),
        )
        .order_by(Referral.appointment_at, Referral.id)
    ).all()
    events = _booking_events([row.id for row in rows])
    found = [_booked(actor, row, events[row.id]) for row in rows if row.id in events]
    return [replace(each, is_incoming=True) for each in found]


def _booking_events(referral_ids: list[UUID]) -> Mapping[UUID, ReferralEvent]:
    """The last event that booked each."""
    if not referral_ids:
        return {}
    found = db.session.scalars(
        select(ReferralEvent)
        .where(
            ReferralEvent.referral_id.in_(referral_ids),
            ReferralEvent.action.in_([Action.BOOK, Action.REBOOK]),
        )
        .order_by(ReferralEvent.number)
    )
    return {event.referral_id: event for event in found}


def _booked(actor: Actor, row: Any, event: ReferralEvent) -> Booked:
    if row.client_id is not None and row.lead_id != actor.practitioner_id:
        reads.note(row.client_id, IDENTITY)
        reads.note(row.client_id, row.information_class)
    end_at = event.data.get("end_at")
    return Booked(
        referral_id=row.id,
        goal_id=row.goal_id,
        is_incoming=row.receiver_id == actor.practitioner_id,
        receiver_name=row.receiver_name,
        initials=initials(row.client_name) if row.client_name else "",
        start_at=row.appointment_at,
        end_at=instant(end_at) if end_at else None,
        place=event.data.get("place", ""),
        number=event.number,
        booked_at=event.at,
    )
