"""The client's own page: whom its link lets in, and handing it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask import current_app, render_template

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.directory.queries import Contact, party_contacts
from careteam.features.links.client_queries import (
    MAIL_IS_SAFE,
    find_client_link,
    open_client_link,
)
from careteam.features.links.models import Link
from careteam.features.links.operations import hand_out
from careteam.features.links.queries import find_link_of_token
from careteam.features.outbox.operations import queue_message
from careteam.features.teams.covering.queries import acting_leads
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from careteam.kit.tokens import hash_token
from careteam.settings import Settings

LONGEST_TOKEN = 100
ONLY_HERE = (
    "A link would open on this computer only, until whoever hosts Careteam gives it an https "
    "address (CARETEAM_PUBLIC_URL). Paper and telephone need no link."
)
NO_MAIL = "There is no e-mail address that is safe to use. Show the link, or read out a code."


@dataclass(frozen=True, slots=True)
class Visit:
    """A client's link in one browser. Before a code the actor is no client and reaches nothing:
    `client_id` is for asking whom to ring.

    `was_known`: this browser has shown a code before. `email` is where a code may be mailed; one
    that goes there lets in for `cover_id` only, where somebody who stands in wrote the address.
    `is_lent`: somebody who stands in let this browser in, so nothing made here may outlast them.
    `asks_pin`: this browser is remembered, and has only to show the client's PIN.
    """

    actor: Actor
    client_id: UUID
    email: str | None
    cover_id: UUID | None
    was_known: bool
    is_lent: bool
    asks_pin: bool


def client_link_of_token(token: str) -> UUID | None:
    """The living link to a client's page that a token opens; all others give the same None."""
    link_id = find_link_of_token(hash_token(token[:LONGEST_TOKEN]))
    visit = client_visit(link_id or uuid4(), "")
    return visit.actor.link_id if visit else None


def client_visit(
    link_id: UUID, browser_hash: str, pin_shown_at: datetime | None = None
) -> Visit | None:
    """Who comes by this link, in this browser. None when it is ended or no client's.

    `pin_shown_at`: when this browser has last shown the PIN, where that is not long ago.
    """
    row = find_client_link(link_id, browser_hash, clock.now())
    if row is None:
        return None
    asks_pin = row.pin_set_at is not None and (
        pin_shown_at is None or pin_shown_at < row.pin_set_at
    )
    is_let_in = row.is_known and not asks_pin
    actor = Actor(
        Kind.CLIENT,
        name=row.called,
        client_id=row.client_id if is_let_in else None,
        link_id=row.link_id,
        is_confirmed=is_let_in,
    )
    return Visit(
        actor=actor,
        client_id=row.client_id,
        email=row.email,
        cover_id=row.cover_id,
        was_known=row.was_known,
        is_lent=row.is_lent,
        asks_pin=row.is_known and asks_pin,
    )


def lead_contact(lead_id: UUID) -> Contact:
    """Whoever keeps the record."""
    return party_contacts([lead_id])[lead_id]


def whom_to_ring(client_id: UUID) -> list[Contact]:
    """Whoever stands in today for the one who keeps the record, then that one."""
    ids = acting_leads(client_id)
    contacts = party_contacts(ids)
    return [contacts[key] for key in (*ids[1:], *ids[:1])]


@operation(Permission.EDIT_CLIENT, on="client", action="link.handed_out")
def hand_over_page(*, actor: Actor, client: Client) -> str:
    """The address of the client's page, with a secret of its own; shown once, kept nowhere.

    Raises `Invalid` where links cannot leave this machine.
    """
    return _address(actor, client, "copy")


@operation(Permission.EDIT_CLIENT, on="client", action="link.handed_out")
def mail_page(*, actor: Actor, client: Client) -> None:
    """Mail the client the address of their page. The mail says nothing about health.

    Raises `Invalid` where links cannot leave, or a mail is not the safe way to reach the client.
    """
    if not mail_is_safe(client):
        raise Invalid(NO_MAIL)
    lead = lead_contact(client.lead_id)
    queue_message(
        recipient=client.email or "",
        subject=f"A page of your own, from {lead.name}",
        body=render_template(
            "emails/own_page.txt", lead=lead, address=_address(actor, client, "mail")
        ),
        author_id=actor.practitioner_id,
        from_name=lead.name,
        reply_to=lead.email,
        about_id=client.id,
        purpose="page",
    )


def _address(actor: Actor, client: Client, purpose: str) -> str:
    if not links_leave():
        raise Invalid(ONLY_HERE)
    link = open_client_link(actor, client.id)
    if link is None:
        # nobody's but the client's and the lead's: whoever was lead or stood in once makes no code
        link = Link(kind="client", client_id=client.id)
        db.session.add(link)
        db.session.flush()
    return f"{_settings().public_url}/p/{hand_out(link, purpose)}"


def mail_is_safe(client: Client) -> bool:
    """Whether there is an address, and a mail there is a safe way to reach the client."""
    return bool(client.email) and client.safe_contact in MAIL_IS_SAFE


def links_leave() -> bool:
    """Whether a link opens for somebody elsewhere."""
    return _settings().links_can_leave


def _settings() -> Settings:
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings
