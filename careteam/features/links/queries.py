"""Which link a token opens, which codes stand, and what a referral's sender sees of its links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.news import HowOften
from careteam.features.clients.models import Client
from careteam.features.links.models import Link, LinkBrowser, LinkCode, LinkToken
from careteam.features.teams.covering.queries import acts_now
from careteam.features.teams.models import Cover
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as its sender sees it: `handed_out` copies, and the browsers it knows today."""

    link: Link
    handed_out: int
    browsers: tuple[LinkBrowser, ...]


def find_link_of_token(token_hash: str) -> UUID | None:
    """The link this token belongs to, whether or not it still lives."""
    return db.session.scalar(select(LinkToken.link_id).where(LinkToken.token_hash == token_hash))


def get_link(actor: Actor, link_id: UUID) -> Link:
    """A link the actor may end. Raises `NotFound`."""
    found = db.session.scalars(
        select(Link).where(Link.id == link_id, within(actor, Permission.MANAGE_LINK, Link))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def own_link(actor: Actor) -> Link:
    """The link the actor came by. Raises `NotFound` for everybody else."""
    link = db.session.get(Link, actor.link_id) if actor.link_id else None
    if link is None:
        raise NotFound
    return link


def open_links_of(referral_ids: Collection[UUID]) -> dict[UUID, Link]:
    """The link of each of these referrals that nobody has ended: one statement."""
    found = db.session.scalars(
        select(Link)
        .where(
            Link.referral_id.in_(referral_ids),
            Link.kind == "referral",
            Link.revoked_at.is_(None),
        )
        .order_by(Link.created_at, Link.id.desc())
    )
    return {link.referral_id: link for link in found if link.referral_id is not None}


def quiet_links_of(referral_ids: Collection[UUID]) -> frozenset[UUID]:
    """Of these referrals those whose holder wants no mail but what they ask for. One statement."""
    return frozenset(
        db.session.scalars(
            select(Link.referral_id).where(
                Link.referral_id.in_(referral_ids),
                Link.kind == "referral",
                Link.revoked_at.is_(None),
                Link.news_mail == HowOften.NEVER,
            )
        )
    )


def ended_links_of(referral_ids: Collection[UUID]) -> frozenset[UUID]:
    """Of these referrals those whose link somebody has ended, with no new one given since.

    Somebody ended it, so what is not meant to give them a new one asks here first. One statement.
    """
    return frozenset(
        db.session.scalars(
            select(Link.referral_id)
            .where(Link.referral_id.in_(referral_ids), Link.kind == "referral")
            .group_by(Link.referral_id)
            .having(func.count() == func.count(Link.revoked_at))
        )
    )


def open_feeds_of(link: Link) -> Sequence[Link]:
    """Calendar feeds that were made behind a link and that nobody has ended."""
    if link.kind == "referral":
        behind = Link.referral_id == link.referral_id
    elif link.kind == "client":
        behind = and_(Link.client_id == link.client_id, Link.practitioner_id.is_(None))
    else:
        return ()
    return db.session.scalars(
        select(Link).where(Link.kind == "calendar", Link.revoked_at.is_(None), behind)
    ).all()


def list_links(actor: Actor, referral_id: UUID, now: datetime) -> list[LinkLine]:
    """The links of a referral, calendar feeds too, the newest first, for those who may end them.

    Three statements.
    """
    return lines_of(
        now, Link.referral_id == referral_id, within(actor, Permission.MANAGE_LINK, Link)
    )


def lines_of(now: datetime, *conditions: ColumnElement[bool]) -> list[LinkLine]:
    """For queries of this room, which say whose links and who may end them."""
    links = db.session.scalars(
        select(Link).where(*conditions).order_by(Link.created_at.desc(), Link.id)
    ).all()
    ids = [link.id for link in links]
    if not ids:
        return []
    counted = db.session.execute(
        select(LinkToken.link_id, func.count())
        .where(LinkToken.link_id.in_(ids))
        .group_by(LinkToken.link_id)
    )
    counts = {row[0]: row[1] for row in counted}
    known = _browsers_of(ids, now)
    return [
        LinkLine(
            link, counts.get(link.id, 0), tuple(each for each in known if each.link_id == link.id)
        )
        for link in links
    ]


def acting_cover(actor: Actor, client_id: UUID | None) -> UUID | None:
    """What lets the actor act in the lead's place today; None for whoever keeps the record."""
    return db.session.scalar(
        select(Cover.id)
        .join(Client, Client.id == Cover.client_id)
        .where(
            Cover.client_id == client_id,
            Cover.practitioner_id == actor.practitioner_id,
            Cover.author_id == Client.lead_id,
            acts_now(),
        )
        .limit(1)
    )


def is_let_in_still() -> ColumnElement[bool]:
    """Whether a browser was let in by whoever keeps the record, or by one who stands in still."""
    stands = (
        select(Cover.id)
        .join(Client, Client.id == Cover.client_id)
        .where(Cover.author_id == Client.lead_id, acts_now())
    )
    return or_(LinkBrowser.cover_id.is_(None), LinkBrowser.cover_id.in_(stands))


def _browsers_of(link_ids: Sequence[UUID], now: datetime) -> Sequence[LinkBrowser]:
    return db.session.scalars(
        select(LinkBrowser)
        .where(
            LinkBrowser.link_id.in_(link_ids),
            LinkBrowser.forgotten_at.is_(None),
            LinkBrowser.until_at > now,
            is_let_in_still(),
        )
        .order_by(LinkBrowser.remembered_at.desc(), LinkBrowser.id)
    ).all()


def find_browser(link_id: UUID, browser_hash: str) -> LinkBrowser | None:
    """What is remembered of this browser for this link, also once forgotten."""
    return db.session.scalars(
        select(LinkBrowser).where(
            LinkBrowser.link_id == link_id, LinkBrowser.browser_hash == browser_hash
        )
    ).one_or_none()


def was_ever_shown(link_id: UUID) -> bool:
    """Whether some browser has shown a code for this link, remembered or not."""
    found = select(LinkBrowser.id).where(LinkBrowser.link_id == link_id).limit(1)
    return db.session.scalar(found) is not None


def get_browser(actor: Actor, browser_id: UUID) -> tuple[Link, LinkBrowser]:
    """A remembered browser of a link the actor may end, with the link. Raises `NotFound`."""
    row = db.session.execute(
        select(Link, LinkBrowser)
        .join(LinkBrowser, LinkBrowser.link_id == Link.id)
        .where(LinkBrowser.id == browser_id, within(actor, Permission.MANAGE_LINK, Link))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def standing_codes(link_id: UUID, now: datetime) -> Sequence[LinkCode]:
    """Codes of a link that are neither used nor too old, the newest first."""
    return db.session.scalars(
        select(LinkCode)
        .where(LinkCode.link_id == link_id, LinkCode.used_at.is_(None), LinkCode.expires_at > now)
        .order_by(LinkCode.made_at.desc(), LinkCode.id)
    ).all()


def count_codes(link_id: UUID, since: datetime) -> int:
    """How many codes were made for a link since then, used ones too."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(LinkCode)
            .where(LinkCode.link_id == link_id, LinkCode.made_at > since)
        )
        or 0
    )
