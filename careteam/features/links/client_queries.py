"""Which client a link of kind client lets in, and the links a client can end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.news import HowOften
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link, LinkBrowser
from careteam.features.links.queries import LinkLine, is_let_in_still, lines_of
from careteam.features.teams.covering.queries import acts_now
from careteam.features.teams.models import Cover
from careteam.kit.db import db

MAIL_IS_SAFE = (None, "email")


@dataclass(frozen=True, slots=True)
class ClientLinkRow:
    """A client's link that nobody has ended, as one browser brings it.

    `was_known`: the browser has shown a code before; `is_known`: and is still remembered;
    `is_lent`: somebody who stands in let it in. `email` is None where a mail is not the safe way
    to reach the client, and where somebody wrote it who stood in and does so no longer;
    `cover_id`: they still do. `pin_set_at`: since when there is a PIN, None without.
    """

    link_id: UUID
    client_id: UUID
    called: str
    email: str | None
    cover_id: UUID | None
    was_known: bool
    is_known: bool
    is_lent: bool
    pin_set_at: datetime | None


def find_client_link(link_id: UUID, browser_hash: str, now: datetime) -> ClientLinkRow | None:
    """By columns: nothing of the client is looked at here. One statement, whatever the answer."""
    row = db.session.execute(
        select(
            Link.id,
            Client.id.label("client_id"),
            func.coalesce(Client.preferred_name, Client.name).label("called"),
            Client.email,
            Client.safe_contact,
            _covers_of_writer().where(acts_now()).scalar_subquery().label("cover_id"),
            _covers_of_writer().exists().label("was_stand_in"),
            Link.pin_set_at,
            LinkBrowser.until_at,
            LinkBrowser.forgotten_at,
            LinkBrowser.cover_id.label("let_in_by"),
            is_let_in_still().label("may_stay"),
        )
        .join(Client, Client.id == Link.client_id)
        .outerjoin(
            LinkBrowser,
            and_(LinkBrowser.link_id == Link.id, LinkBrowser.browser_hash == browser_hash),
        )
        .where(Link.id == link_id, Link.kind == "client", Link.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    was_known = row.until_at is not None
    is_vouched_for = row.cover_id is not None or not row.was_stand_in
    return ClientLinkRow(
        link_id=row.id,
        client_id=row.client_id,
        called=row.called,
        email=row.email if row.safe_contact in MAIL_IS_SAFE and is_vouched_for else None,
        cover_id=row.cover_id,
        was_known=was_known,
        is_known=was_known and row.forgotten_at is None and row.until_at > now and row.may_stay,
        is_lent=row.let_in_by is not None,
        pin_set_at=row.pin_set_at,
    )


def _covers_of_writer() -> Select[UUID]:
    """What let the writer of the client's e-mail address act, if they do not keep the record."""
    return (
        select(Cover.id)
        .where(
            Cover.client_id == Client.id,
            Cover.practitioner_id == Client.email_by_id,
            Client.email_by_id != Client.lead_id,
        )
        .correlate(Client)
        .order_by(Cover.id)
        .limit(1)
    )


def find_address_writer(client: Client) -> str | None:
    """Who wrote the client's e-mail address while they stood in, until whoever keeps the record
    lets it stand."""
    return db.session.scalar(
        select(Practitioner.name)
        .join(Client, Client.email_by_id == Practitioner.id)
        .where(Client.id == client.id, Client.email.is_not(None), _covers_of_writer().exists())
    )


def open_client_link(actor: Actor, client_id: UUID) -> Link | None:
    """The link to the client's own page, for those who may end it; None where nobody has one."""
    return db.session.scalars(_open_link(actor), {"client_id": client_id}).one_or_none()


@kept
def _open_link(actor: Actor) -> Select[Link]:
    """To the own page of the client bound as `client_id`."""
    return (
        select(Link)
        .where(
            Link.client_id == bindparam("client_id"),
            Link.kind == "client",
            Link.revoked_at.is_(None),
            within(actor, Permission.MANAGE_LINK, Link),
        )
        .order_by(Link.created_at.desc(), Link.id)
        .limit(1)
    )


def news_reaches_client(client_id: UUID) -> bool:
    """Whether a mail tells this client that their page has news: they have a page, a mail is the
    safe way to reach them, and they did not choose to have none."""
    row = db.session.execute(
        select(Client.safe_contact)
        .join(Link, Link.client_id == Client.id)
        .where(
            Client.id == client_id,
            Client.email.is_not(None),
            Link.kind == "client",
            Link.revoked_at.is_(None),
            Link.news_mail != HowOften.NEVER,
        )
        .limit(1)
    ).one_or_none()
    return row is not None and row.safe_contact in MAIL_IS_SAFE


def find_called_by_page(client_id: UUID) -> str | None:
    """How a client is called who has a link to a page of their own; None without one."""
    return db.session.scalar(
        select(func.coalesce(Client.preferred_name, Client.name))
        .join(Link, Link.client_id == Client.id)
        .where(Client.id == client_id, Link.kind == "client", Link.revoked_at.is_(None))
        .limit(1)
    )


def list_client_links(actor: Actor, client_id: UUID, now: datetime) -> list[LinkLine]:
    """The links to the client's own page, the newest first, for those who may end them."""
    return lines_of(
        now,
        Link.client_id == client_id,
        Link.kind == "client",
        within(actor, Permission.MANAGE_LINK, Link),
    )


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link of a referral that a specialist holds; whether it was ever used."""

    link_id: UUID
    holder: str
    last_used_at: datetime | None


def list_held_links(actor: Actor, client_id: UUID) -> list[HeldLink]:
    """Who holds a link that was handed out for a referral of this client, and nobody has ended."""
    rows = db.session.execute(
        select(Link.id, Practitioner.name, Link.last_used_at)
        .join(Practitioner, Practitioner.id == Link.practitioner_id)
        .where(
            Link.client_id == client_id,
            Link.kind == "referral",
            Link.revoked_at.is_(None),
            within(actor, Permission.MANAGE_LINK, Link),
        )
        .order_by(Practitioner.name, Link.created_at, Link.id)
    )
    return [HeldLink(*row) for row in rows]
