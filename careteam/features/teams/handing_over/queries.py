"""What is proposed to whom. Until it is accepted nothing of the client is shown or noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, require, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.teams.models import Cover, HandOver, Seat
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Proposed:
    """One client that somebody asks the reader to take over: who asks, and no word of whom."""

    id: UUID
    lead_name: str
    agreed_on: date


def list_proposed(actor: Actor) -> list[Proposed]:
    """To the actor, the oldest first; by columns, as there is nobody to be looked at yet."""
    return [Proposed(*row) for row in columns_of(_proposed(actor))]


@kept
def _proposed(actor: Actor) -> Executable:
    return (
        select(HandOver.id, Practitioner.name, HandOver.agreed_on)
        .join(Practitioner, Practitioner.id == HandOver.author_id)
        .join(Client, Client.id == HandOver.client_id)
        .where(
            within(actor, Permission.ANSWER_HAND_OVER, HandOver),
            HandOver.state == "proposed",
            HandOver.author_id == Client.lead_id,
        )
        .order_by(HandOver.created_at, HandOver.id)
    )


def get_proposed(actor: Actor, hand_over_id: UUID) -> HandOver:
    """One that was proposed to the actor, whatever became of it. Raises `NotFound`."""
    with reads.unseen():
        return _one(actor, Permission.ANSWER_HAND_OVER, hand_over_id)


def get_own(actor: Actor, hand_over_id: UUID) -> HandOver:
    """One about a client whose record the actor keeps. Raises `NotFound`."""
    return _one(actor, Permission.KEEP_CLIENT, hand_over_id)


def _one(actor: Actor, permission: Permission, hand_over_id: UUID) -> HandOver:
    row = db.session.scalars(
        select(HandOver).where(HandOver.id == hand_over_id, within(actor, permission, HandOver))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True, slots=True)
class Open:
    """A proposal that waits for its answer, as whoever made it sees it."""

    id: UUID
    name: str
    agreed_on: date


def find_open(actor: Actor, client: Client) -> Open | None:
    """What waits for an answer about this client, for whoever keeps the record."""
    row = db.session.execute(
        select(HandOver.id, Practitioner.name, HandOver.agreed_on)
        .join(Practitioner, Practitioner.id == HandOver.practitioner_id)
        .where(HandOver.client_id == client.id, is_open(actor, client))
        .order_by(HandOver.created_at)
        .limit(1)
    ).one_or_none()
    return Open(*row) if row else None


def is_open(actor: Actor, client: Client | type[Client]) -> ColumnElement[bool]:
    return and_(
        HandOver.author_id == client.lead_id,
        HandOver.state == "proposed",
        within(actor, Permission.KEEP_CLIENT, HandOver),
    )


def find_of_client(actor: Actor, client: Client) -> HandOver | None:
    """What waits for an answer about the client, for the client."""
    require(actor, Permission.RECORD_CONSENT, client)
    return db.session.scalars(
        select(HandOver)
        .where(
            HandOver.client_id == client.id,
            HandOver.author_id == client.lead_id,
            HandOver.state == "proposed",
        )
        .order_by(HandOver.created_at)
        .limit(1)
    ).one_or_none()


def asked_to_keep(client: Client) -> Sequence[UUID]:
    """For operations, and for the client: whoever is asked to take over and has not answered."""
    return db.session.scalars(
        select(HandOver.practitioner_id).where(
            HandOver.client_id == client.id,
            HandOver.author_id == client.lead_id,
            HandOver.state == "proposed",
        )
    ).all()


def client_of(hand_over: HandOver) -> Client:
    """For operations; it notes no look."""
    with reads.unseen():
        return db.session.get_one(Client, hand_over.client_id)


def standing_for_new_lead(hand_over: HandOver) -> Sequence[Consent]:
    """For operations: consents that whoever takes over needs no longer."""
    with reads.unseen():
        return db.session.scalars(
            select(Consent).where(
                Consent.client_id == hand_over.client_id,
                Consent.practitioner_id == hand_over.practitioner_id,
                Consent.withdrawn_at.is_(None),
            )
        ).all()


def covers_of(client_id: UUID) -> Sequence[Cover]:
    """For operations: whoever stands in, or was to."""
    with reads.unseen():
        return db.session.scalars(
            select(Cover).where(Cover.client_id == client_id, Cover.ended_at.is_(None))
        ).all()


def own_seats_of(client_id: UUID, practitioner_id: UUID) -> Sequence[Seat]:
    """For operations: the places that a lead fills herself."""
    with reads.unseen():
        return db.session.scalars(
            select(Seat).where(
                Seat.client_id == client_id,
                Seat.practitioner_id == practitioner_id,
                Seat.state == "filled",
                Seat.is_own.is_(False),
            )
        ).all()
