"""One referral: the row, its events, and what its letter may tell whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import PractitionerDiscipline
from careteam.features.referrals.models import LetterContent, Referral, ReferralEvent
from careteam.features.teams.models import Seat, SeatHiding
from careteam.kit.db import db
from careteam.kit.errors import NotFound

SETTLED = (State.DISCARDED, State.DECLINED, State.REDIRECTED, State.WITHDRAWN, State.CLOSED)
"""States in which a referral no longer asks anybody to fill its seat."""


@dataclass(frozen=True, slots=True)
class LetterClient:
    """What a letter needs of the client and the goal, read by columns."""

    name: str
    preferred_name: str | None
    date_of_birth: date | None
    phone: str | None
    email: str | None
    safe_contact: str | None
    place: str | None
    language: str | None
    communication_needs: str | None
    general_practitioner: str | None
    statement: str | None


def find_referral(actor: Actor, referral_id: UUID) -> Referral | None:
    return db.session.scalars(
        select(Referral).where(
            Referral.id == referral_id, within(actor, Permission.READ_REFERRAL, Referral)
        )
    ).one_or_none()


def get_referral(actor: Actor, referral_id: UUID) -> Referral:
    """A referral the actor is a party of; of a draft only its sender is. Raises `NotFound`."""
    referral = find_referral(actor, referral_id)
    if referral is None:
        raise NotFound
    return referral


def get_own_draft(actor: Actor, referral_id: UUID) -> Referral:
    """A draft of the actor's own. Raises `NotFound`, also once it has been sent."""
    referral = find_referral(actor, referral_id)
    if referral is None or referral.status != State.DRAFT:
        raise NotFound
    return referral


def events_of(referral_id: UUID) -> Sequence[ReferralEvent]:
    """Every event in its order, freshly read: for whoever already reaches the referral."""
    return db.session.scalars(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id == referral_id)
        .order_by(ReferralEvent.number)
        .execution_options(populate_existing=True)
    ).all()


def find_letter_client(client_id: UUID | None, goal_id: UUID | None) -> LetterClient | None:
    """The client a letter is about. The caller decides how much of it is shown, and notes it."""
    if client_id is None:
        return None
    wording = (Goal.id == goal_id) & Goal.set_aside_at.is_(None)
    row = db.session.execute(
        select(
            Client.name,
            Client.preferred_name,
            Client.date_of_birth,
            Client.phone,
            Client.email,
            Client.safe_contact,
            Client.place,
            Client.language,
            Client.communication_needs,
            Client.general_practitioner,
            Goal.statement,
        )
        .outerjoin(Goal, wording)
        .where(Client.id == client_id)
    ).one_or_none()
    return LetterClient(*row) if row else None


def find_content(referral_id: UUID) -> LetterContent | None:
    """What goes with a letter, for whoever already reaches the referral."""
    return db.session.get(LetterContent, referral_id)


def goal_measure_aside(goal_id: UUID | None) -> str | None:
    """The measure of a goal while the goal is set aside: it is shown as little as its wording."""
    return db.session.scalar(
        select(Goal.measure).where(Goal.id == goal_id, Goal.set_aside_at.is_not(None))
    )


def disciplines_of(practitioner_id: UUID) -> frozenset[str]:
    """What a party of a referral does, by ids of the catalogue."""
    return frozenset(
        db.session.scalars(
            select(PractitionerDiscipline.discipline).where(
                PractitionerDiscipline.practitioner_id == practitioner_id
            )
        )
    )


def seats_kept_from(client_id: UUID, practitioner_id: UUID) -> frozenset[str]:
    """Ids of the places on a client's teams that are kept from somebody."""
    found = db.session.scalars(
        select(SeatHiding.seat_id).where(
            SeatHiding.client_id == client_id, SeatHiding.practitioner_id == practitioner_id
        )
    )
    return frozenset(str(seat_id) for seat_id in found)


def seat_discipline(seat_id: UUID | None) -> str | None:
    """The role a referral is to fill, by columns."""
    if seat_id is None:
        return None
    return db.session.scalar(select(Seat.discipline).where(Seat.id == seat_id))


def seat_of(referral: Referral) -> Seat | None:
    """The seat that a referral fills, for operations, whoever acts."""
    if referral.seat_id is None:
        return None
    return db.session.get(Seat, referral.seat_id)


def get_led_seat(actor: Actor, seat_id: UUID) -> Seat:
    """A seat the actor may fill: on a team she leads. Raises `NotFound`."""
    seat = db.session.scalars(
        select(Seat).where(Seat.id == seat_id, within(actor, Permission.EDIT_TEAM, Seat))
    ).one_or_none()
    if seat is None:
        raise NotFound
    return seat


def other_sent_for(seat_id: UUID, besides: UUID) -> UUID | None:
    """The receiver of another referral that already asks somebody to fill this seat."""
    return db.session.scalar(
        select(Referral.receiver_id)
        .where(
            Referral.seat_id == seat_id,
            Referral.id != besides,
            Referral.status.not_in([State.DRAFT, State.EXPIRED, *SETTLED]),
        )
        .order_by(Referral.id)
        .limit(1)
    )


def all_with_events() -> list[tuple[Referral, list[ReferralEvent]]]:
    """Every referral with its events in order, in two statements: for `flask check`."""
    events: dict[UUID, list[ReferralEvent]] = {}
    for row in db.session.scalars(
        select(ReferralEvent).order_by(ReferralEvent.referral_id, ReferralEvent.number)
    ):
        events.setdefault(row.referral_id, []).append(row)
    referrals = db.session.scalars(select(Referral).order_by(Referral.created_at, Referral.id))
    return [(referral, events.get(referral.id, [])) for referral in referrals]
