"""Whose entry a link of kind entry opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link, LinkBrowser
from careteam.kit.db import db

ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class EntryLinkRow:
    """A living link to an entry, as one browser brings it. A code goes to `email`."""

    link_id: UUID
    entry_id: UUID
    name: str
    email: str
    added_by_id: UUID | None
    browser_id: UUID | None


def find_entry_link(link_id: UUID, browser_hash: str, now: datetime) -> EntryLinkRow | None:
    """One statement, whatever the answer.

    A link lives while nobody signs in as the practitioner, and the entry still has the address it
    was mailed to: somebody whose address was taken out of an entry has nothing to say about it.
    """
    known = and_(
        LinkBrowser.link_id == Link.id,
        LinkBrowser.browser_hash == browser_hash,
        LinkBrowser.forgotten_at.is_(None),
        LinkBrowser.until_at > now,
    )
    row = db.session.execute(
        select(
            Link.id,
            Practitioner.id,
            Practitioner.name,
            Practitioner.email,
            Practitioner.added_by_id,
            LinkBrowser.id,
        )
        .join(Practitioner, Practitioner.id == Link.practitioner_id)
        .outerjoin(LinkBrowser, known)
        .where(
            Link.id == link_id,
            Link.kind == ENTRY,
            Link.revoked_at.is_(None),
            Practitioner.claimed_at.is_(None),
            func.lower(Practitioner.email) == func.lower(Link.email),
        )
    ).one_or_none()
    return EntryLinkRow(*row) if row else None  # type: ignore[arg-type]  # equal, so not None


def find_open_entry_link(practitioner_id: UUID, email: str) -> Link | None:
    """The link that was mailed to this address before, if nobody has ended it."""
    return db.session.scalars(
        select(Link)
        .where(
            Link.practitioner_id == practitioner_id,
            Link.kind == ENTRY,
            Link.revoked_at.is_(None),
            func.lower(Link.email) == email.lower(),
        )
        .order_by(Link.created_at, Link.id)
        .limit(1)
    ).one_or_none()


def open_entry_links_of(practitioner_id: UUID) -> Sequence[Link]:
    """Every link to this entry that nobody has ended, whatever the address."""
    return db.session.scalars(
        select(Link).where(
            Link.practitioner_id == practitioner_id,
            Link.kind == ENTRY,
            Link.revoked_at.is_(None),
        )
    ).all()


def links_with_address_of(practitioner_id: UUID) -> Sequence[Link]:
    """Every link of theirs, of whatever kind, that says where something was mailed."""
    return db.session.scalars(
        select(Link).where(Link.practitioner_id == practitioner_id, Link.email.is_not(None))
    ).all()


def is_unclaimed(practitioner_id: UUID) -> bool:
    """Whether nobody signs in as this practitioner."""
    found = select(Practitioner.id).where(
        Practitioner.id == practitioner_id, Practitioner.claimed_at.is_(None)
    )
    return db.session.scalar(found) is not None
