"""What stands on an entry: who wrote to it, what runs, which records name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select

from careteam.domain.referral import State
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import inboxes_of
from careteam.features.directory.queries.entries import WHOLE
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit.db import db

NEVER_LEFT = (State.DRAFT, State.DISCARDED)
OVER = (*NEVER_LEFT, State.CLOSED, State.DECLINED, State.REDIRECTED, State.WITHDRAWN, State.EXPIRED)


@dataclass(frozen=True, slots=True)
class InUse:
    """Figures about an entry, for whoever it is about. They name nobody.

    `received` referrals from `senders` people, the last at `last_at`; `running` of them are not at
    their end, and `seats` are places on a team that the practitioner fills.
    """

    received: int
    senders: int
    last_at: datetime | None
    running: int
    seats: int

    @property
    def is_running(self) -> bool:
        return bool(self.running or self.seats)


def use_of(practitioner_id: UUID) -> InUse:
    """For the person themself, and for operations. Two statements."""
    row = db.session.execute(
        select(
            func.count(Referral.id),
            func.count(distinct(Referral.sender_id)),
            func.max(Referral.sent_at),
            func.count(Referral.id).filter(Referral.status.not_in(OVER)),
        ).where(
            Referral.receiver_id == practitioner_id,
            Referral.status.not_in(NEVER_LEFT),
            Referral.is_past.is_(False),
        )
    ).one()
    seats = db.session.scalar(select(func.count()).select_from(Seat).where(_fills(practitioner_id)))
    return InUse(*row, seats or 0)


def _fills(practitioner_id: UUID) -> ColumnElement[bool]:
    return and_(Seat.practitioner_id == practitioner_id, Seat.state == "filled")


def is_named_in_records(practitioner_id: UUID) -> bool:
    """Whether a client's record tells that something about the client went to them, or was to."""
    referral = exists().where(
        or_(Referral.receiver_id == practitioner_id, Referral.sender_id == practitioner_id),
        Referral.client_id.is_not(None),
        Referral.status.not_in(NEVER_LEFT),
    )
    seat = exists().where(Seat.practitioner_id == practitioner_id)
    consent = exists().where(Consent.practitioner_id == practitioner_id)
    return bool(db.session.scalar(select(or_(referral, seat, consent))))


def is_somebody_elses(email: str, practitioner_id: UUID) -> bool:
    """Whether another entry, an account or a client has this address too."""
    lowered = email.lower()
    entry = exists().where(
        func.lower(Practitioner.email) == lowered, Practitioner.id != practitioner_id
    )
    account = exists().where(func.lower(Account.email) == lowered)
    client = exists().where(func.lower(Client.email) == lowered)
    return bool(db.session.scalar(select(or_(entry, account, client))))


def colleagues_of(practitioner_id: UUID) -> list[str]:
    """The addresses of those who work with them now: who wrote and waits, who keeps the records."""
    senders = select(Referral.sender_id).where(
        Referral.receiver_id == practitioner_id, Referral.status.not_in(OVER)
    )
    leads = (
        select(Client.lead_id)
        .join(Seat, Seat.client_id == Client.id)
        .where(_fills(practitioner_id))
    )
    return sorted(inboxes_of(db.session.scalars(senders.union(leads))).values())


def list_merged_whole(practitioner_id: UUID) -> Sequence[Practitioner]:
    """Whole entries that were merged into this one."""
    return db.session.scalars(
        select(Practitioner)
        .where(Practitioner.merged_into_id == practitioner_id)
        .options(*WHOLE)
        .order_by(Practitioner.retired_at, Practitioner.id)
    ).all()


def list_to_empty() -> Sequence[Practitioner]:
    """Whole entries of people who asked to be removed and with whom nothing runs any more."""
    running = exists().where(Referral.receiver_id == Practitioner.id, Referral.status.not_in(OVER))
    seated = exists().where(Seat.practitioner_id == Practitioner.id, Seat.state == "filled")
    return db.session.scalars(
        select(Practitioner)
        .where(
            Practitioner.removal_asked_at.is_not(None),
            Practitioner.emptied_at.is_(None),
            ~running,
            ~seated,
        )
        .options(*WHOLE)
        .order_by(Practitioner.removal_asked_at, Practitioner.id)
    ).all()
