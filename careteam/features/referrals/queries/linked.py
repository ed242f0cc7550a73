"""What a link opens: asked once a request, before anything is known of who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link, LinkBrowser
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A link that nobody has ended, with what decides whether it lives and whom it acts for."""

    link_id: UUID
    referral_id: UUID
    practitioner_id: UUID
    name: str
    status: str
    status_at: datetime | None
    seat_id: UUID | None
    seat_state: str | None
    seat_practitioner_id: UUID | None
    seat_decided_on: date | None
    browser_id: UUID | None


def find_linked(link_id: UUID, browser_hash: str, now: datetime) -> LinkedRow | None:
    """One statement, also for a link that does not exist. None when it was ended."""
    known = and_(
        LinkBrowser.link_id == Link.id,
        LinkBrowser.browser_hash == browser_hash,
        LinkBrowser.forgotten_at.is_(None),
        LinkBrowser.until_at > now,
    )
    row = db.session.execute(
        select(
            Link.id,
            Referral.id,
            Practitioner.id,
            Practitioner.name,
            Referral.status,
            Referral.status_at,
            Referral.seat_id,
            Seat.state,
            Seat.practitioner_id,
            Seat.decided_on,
            LinkBrowser.id,
        )
        .join(Referral, Referral.id == Link.referral_id)
        .join(Practitioner, Practitioner.id == Link.practitioner_id)
        .outerjoin(Seat, Seat.id == Referral.seat_id)
        .outerjoin(LinkBrowser, known)
        .where(
            Link.id == link_id,
            Link.kind == "referral",
            Link.revoked_at.is_(None),
            Link.practitioner_id == Referral.receiver_id,
        )
    ).one_or_none()
    return LinkedRow(*row) if row else None


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A referral with the role it is to fill, and the client's name for making initials of it."""

    referral: Referral
    discipline: str | None
    client_name: str | None


def get_to_answer(actor: Actor, referral_id: UUID) -> ToAnswer:
    """A referral the actor may act on, not yet shown to them. Raises `NotFound`."""
    row = db.session.execute(
        select(Referral, Seat.discipline, Client.name)
        .outerjoin(Seat, Seat.id == Referral.seat_id)
        .outerjoin(Client, Client.id == Referral.client_id)
        .where(Referral.id == referral_id, within(actor, Permission.ACT_ON_REFERRAL, Referral))
    ).one_or_none()
    if row is None:
        raise NotFound
    return ToAnswer(*row)
