"""The link by which somebody without an account sees, corrects or removes their own entry."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import current_app

from careteam.access.actor import Actor, Kind
from careteam.features.links.entry_queries import (
    ENTRY,
    find_entry_link,
    find_open_entry_link,
    is_unclaimed,
    links_with_address_of,
    open_entry_links_of,
)
from careteam.features.links.models import Link
from careteam.features.links.operations import hand_out
from careteam.features.links.queries import find_link_of_token
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.tokens import hash_token

LONGEST_TOKEN = 100


@dataclass(frozen=True, slots=True)
class EntryVisit:
    """An entry's link in one browser; before a code the actor may see and change nothing.

    A code goes to `email`. `added_by_id` is whoever entered them.
    """

    actor: Actor
    email: str
    added_by_id: UUID | None


def entry_address(practitioner_id: UUID, email: str) -> str | None:
    """The address of somebody's own entry, with a secret of its own, for a mail to `email`.

    None where they have an account, by which they see to their entry. For operations.
    """
    if not is_unclaimed(practitioner_id):
        return None
    link = find_open_entry_link(practitioner_id, email)
    if link is None:
        link = Link(kind=ENTRY, practitioner_id=practitioner_id, email=email)
        db.session.add(link)
        db.session.flush()
    settings = current_app.extensions["careteam_settings"]
    return f"{settings.public_url}/e/{hand_out(link, 'mail')}"


def entry_link_of_token(token: str) -> UUID | None:
    """The living link that a token opens; all others give the same None."""
    link_id = find_link_of_token(hash_token(token[:LONGEST_TOKEN]))
    visit = entry_visit(link_id or uuid4(), "")
    return visit.actor.link_id if visit else None


def entry_visit(link_id: UUID, browser_hash: str) -> EntryVisit | None:
    """Who comes by this link, in this browser. None where it opens nothing."""
    row = find_entry_link(link_id, browser_hash, clock.now())
    if row is None:
        return None
    actor = Actor(
        Kind.ENTRY,
        name=row.name,
        link_id=row.link_id,
        entry_id=row.entry_id,
        is_confirmed=row.browser_id is not None,
    )
    return EntryVisit(actor, row.email, row.added_by_id)


def follow_address(actor: Actor, email: str | None) -> None:
    """The person's own links go on at the address they gave: the one they came by, and those that
    were mailed to the same address. For operations of the person.
    """
    link = db.session.get(Link, actor.link_id) if actor.kind is Kind.ENTRY else None
    if link is None or link.practitioner_id is None or not email:
        return
    before = (link.email or "").lower()
    for each in links_with_address_of(link.practitioner_id):
        if (each.email or "").lower() == before:
            each.email = email


def end_entry_links(practitioner_id: UUID, by: str) -> None:
    """Every link to this entry opens nothing any more, and no link of theirs keeps an address. For
    operations.
    """
    for link in open_entry_links_of(practitioner_id):
        link.revoked_at, link.revoked_by = clock.now(), by
    for link in links_with_address_of(practitioner_id):
        link.email = None
