"""One line of a list of referrals, by columns. Own clients are not noted as read; a line that
names a client whom somebody else keeps is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Party, State, WaitingOn, state_label
from careteam.features.clients.models import Client
from careteam.features.clients.queries import IDENTITY
from careteam.features.consents.models import Consent, ConsentGoal
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.chasing.queries import is_lost, is_overdue, may_ask_next
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.stages import Stage, in_stage
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.text import initials

AFTER_ACCEPTANCE = tuple(
    State(name)
    for name in ("accepted", "booked", "did_not_attend", "in_treatment", "reported", "closed")
)
_Sender, _Receiver = aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """What a list tells of a referral.

    `client_called` is the name for the sender; for the receiver initials until it is accepted, and
    nothing without a consent in force. `is_late`: no answer within the time that its steps allow;
    `is_lost`: not even the letter arrived; `may_ask_next`: it is time for somebody else.
    `needs_actor`: it is the reader's turn, by the stages of the list.
    """

    id: UUID
    is_incoming: bool
    other_id: UUID
    other_name: str
    other_phone: str | None
    client_id: UUID | None
    client_called: str
    seat_id: UUID | None
    seat_discipline: str | None
    urgency: Urgency
    reason: str | None
    state: State
    waiting_on: WaitingOn
    status_at: datetime | None
    sent_at: datetime | None
    review_on: date | None
    appointment_at: datetime | None
    is_past: bool
    happened_on: date | None
    sent_by: str | None
    created_at: datetime
    is_late: bool
    is_lost: bool
    may_ask_next: bool
    needs_actor: bool

    @property
    def state_words(self) -> str:
        return state_label(self.state, Party.RECEIVER if self.is_incoming else Party.SENDER)


def mine(actor: Actor) -> list[ColumnElement[bool]]:
    return [within(actor, Permission.READ_REFERRAL, Referral)]


def side(actor: Actor, incoming: bool | None) -> list[ColumnElement[bool]]:
    if incoming is None:
        return []
    column = Referral.receiver_id if incoming else Referral.sender_id
    return [column == actor.practitioner_id]


def columns(actor: Actor) -> Select[Any]:
    return _columns().add_columns(in_stage(actor, Stage.MINE).label("needs_actor"))


@cache
def _columns() -> Select[Any]:
    """Put together once and kept: nothing of it depends on who asks or when."""
    columns: tuple[Any, ...] = (
        Referral.id,
        Referral.sender_id,
        Referral.receiver_id,
        Referral.client_id,
        Referral.goal_id,
        Referral.seat_id,
        Referral.urgency,
        Referral.reason,
        Referral.status,
        Referral.waiting_on,
        Referral.status_at,
        Referral.sent_at,
        Referral.review_on,
        Referral.appointment_at,
        Referral.accepted_at,
        Referral.is_past,
        Referral.happened_on,
        Referral.created_at,
        Referral.sent_by,
        _Sender.name.label("sender_name"),
        _Sender.phone.label("sender_phone"),
        _Receiver.name.label("receiver_name"),
        _Receiver.phone.label("receiver_phone"),
        Referral.information_class,
        Client.lead_id,
        Client.name.label("client_name"),
        Client.preferred_name,
        Seat.discipline,
        is_overdue().label("is_late"),
        is_lost().label("is_lost"),
        may_ask_next().label("may_ask_next"),
    )
    return (
        select(*columns)
        .select_from(Referral)
        .join(_Sender, _Sender.id == Referral.sender_id)
        .join(_Receiver, _Receiver.id == Referral.receiver_id)
        .outerjoin(Client, Client.id == Referral.client_id)
        .outerjoin(Seat, Seat.id == Referral.seat_id)
    )


def lines_of(actor: Actor, rows: Iterable[Any]) -> list[ReferralLine]:
    """Consents are asked for only where one decides: for what came in and is about somebody."""
    rows = list(rows)
    decides = any(
        row.client_id is not None and row.receiver_id == actor.practitioner_id for row in rows
    )
    allowed = consented(actor) if decides else set()
    return [_line(actor, row, allowed) for row in rows]


def consented(actor: Actor) -> set[tuple[UUID, UUID]]:
    """(client, goal) pairs that a consent opens to the actor today: one statement."""
    today = clock.today()
    rows = db.session.execute(
        select(Consent.client_id, ConsentGoal.goal_id)
        .join(ConsentGoal, ConsentGoal.consent_id == Consent.id)
        .where(
            Consent.practitioner_id == actor.practitioner_id,
            Consent.withdrawn_at.is_(None),
            or_(Consent.until_on.is_(None), Consent.until_on >= today),
        )
    )
    return {(client_id, goal_id) for client_id, goal_id in rows}


def party_may_read(actor: Actor, row: Any, allowed: set[tuple[UUID, UUID]]) -> bool:
    """Whether the client of a row may be spoken of: to the receiver only under a consent."""
    incoming = row.receiver_id == actor.practitioner_id
    return not incoming or row.client_id is None or (row.client_id, row.goal_id) in allowed


def _line(actor: Actor, row: Any, allowed: set[tuple[UUID, UUID]]) -> ReferralLine:
    incoming = row.receiver_id == actor.practitioner_id
    side = "sender" if incoming else "receiver"
    may_read = party_may_read(actor, row, allowed)
    if may_read and row.client_id is not None and row.lead_id != actor.practitioner_id:
        reads.note(row.client_id, IDENTITY)
        reads.note(row.client_id, row.information_class)
    return ReferralLine(
        id=row.id,
        is_incoming=incoming,
        other_id=getattr(row, f"{side}_id"),
        other_name=getattr(row, f"{side}_name"),
        other_phone=getattr(row, f"{side}_phone"),
        client_id=row.client_id,
        client_called=_called(row, incoming) if may_read else "",
        seat_id=row.seat_id,
        seat_discipline=row.discipline if may_read else None,
        urgency=Urgency(row.urgency),
        reason=row.reason if may_read else None,
        state=State(row.status),
        waiting_on=WaitingOn(row.waiting_on),
        status_at=row.status_at,
        sent_at=row.sent_at,
        review_on=row.review_on,
        appointment_at=row.appointment_at,
        is_past=row.is_past,
        happened_on=row.happened_on,
        sent_by=row.sent_by,
        created_at=row.created_at,
        # to whoever reads it here it has come, whatever became of the mail that told of it
        is_late=bool(row.is_late) and not (incoming and row.is_lost),
        is_lost=bool(row.is_lost) and not incoming,
        may_ask_next=bool(row.may_ask_next),
        needs_actor=bool(row.needs_actor),
    )


def _called(row: Any, incoming: bool) -> str:
    if row.client_name is None:
        return ""
    if incoming and State(row.status) not in AFTER_ACCEPTANCE:
        return initials(row.client_name)
    return str(row.preferred_name or row.client_name)
