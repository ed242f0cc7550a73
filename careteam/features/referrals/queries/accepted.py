"""Referrals that were accepted and lead to no appointment yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Uuid, bindparam, func, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.referral import State, WaitingOn
from careteam.features.clients.models import Client
from careteam.features.clients.queries import IDENTITY
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit.db import columns_of, db

MOST = 20


@dataclass(frozen=True, slots=True)
class Unbooked:
    """An acceptance that nothing has followed; `called` is None without a client."""

    id: UUID
    receiver_id: UUID
    receiver: str
    phone: str | None
    called: str | None
    accepted_at: datetime


def list_unbooked(actor: Actor, accepted_before: datetime) -> list[Unbooked]:
    """The actor's own referrals, accepted before that instant and not booked, the oldest first.

    Where the actor arranges the appointment, it is their turn anyway: those are left out.
    """
    if actor.practitioner_id is None:
        return []
    given = {"me": actor.practitioner_id, "before": accepted_before}
    rows: list[Any] = list(columns_of(_unbooked(), given))
    for row in rows:
        if row.client_id is not None and row.lead_id != actor.practitioner_id:
            reads.note(row.client_id, IDENTITY)
    return [
        Unbooked(row.id, row.receiver_id, row.name, row.phone, row.called, row.accepted_at)
        for row in rows
        if row.accepted_at is not None
    ]


@cache
def _unbooked() -> Executable:
    """Of `me`, accepted `before`; put together once and kept."""
    me = bindparam("me", type_=Uuid())
    return (
        select(
            Referral.id,
            Referral.receiver_id,
            Practitioner.name,
            Practitioner.phone,
            func.coalesce(Client.preferred_name, Client.name).label("called"),
            Referral.accepted_at,
            Referral.client_id,
            Client.lead_id,
        )
        .join(Practitioner, Practitioner.id == Referral.receiver_id)
        .outerjoin(Client, Client.id == Referral.client_id)
        .where(
            Referral.sender_id == me,
            Referral.status == State.ACCEPTED,
            Referral.waiting_on != WaitingOn.SENDER,
            Referral.is_past.is_(False),
            Referral.accepted_at <= bindparam("before", type_=Referral.accepted_at.type),
        )
        .order_by(Referral.accepted_at, Referral.id)
        .limit(MOST)
    )


def accepted_of_client(
    actor: Actor, client_id: UUID, goal_id: UUID | None
) -> Mapping[UUID, tuple[UUID, list[ReferralEvent]]]:
    """By referral the actor sent about a client and that waits for its first appointment: its
    receiver and its events in order. One statement.
    """
    conditions = [
        Referral.client_id == client_id,
        Referral.status == State.ACCEPTED,
        within(actor, Permission.WRITE_REFERRAL, Referral),
    ]
    if goal_id is not None:
        conditions.append(Referral.goal_id == goal_id)
    rows = db.session.execute(
        select(Referral.id, Referral.receiver_id, ReferralEvent)
        .join(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .where(*conditions)
        .order_by(Referral.accepted_at, Referral.id, ReferralEvent.number)
    )
    events: dict[UUID, list[ReferralEvent]] = defaultdict(list)
    receivers: dict[UUID, UUID] = {}
    for referral_id, receiver_id, event in rows:
        receivers[referral_id] = receiver_id
        events[referral_id].append(event)
    return {key: (receivers[key], found) for key, found in events.items()}
