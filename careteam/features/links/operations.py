"""Handing out links, confirming a browser by a code, and ending both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import render_template

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.tries import Limit, give_back, take_tries
from careteam.features.links import codes
from careteam.features.links.models import Link, LinkBrowser, LinkCode, LinkToken
from careteam.features.links.queries import (
    acting_cover,
    count_codes,
    find_browser,
    open_feeds_of,
    open_links_of,
    standing_codes,
)
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock
from careteam.kit.db import db, reading
from careteam.kit.errors import Conflict, Invalid, TooMany
from careteam.kit.tokens import hash_token, new_token

CODE_LASTS = timedelta(minutes=10)
REMEMBERED = timedelta(days=90)
CODES_AN_HOUR = 6
NOT_RIGHT = "This code is not right, or older than ten minutes."
WRONG_CODES = 8
"""Wrong codes for one link within fifteen minutes, from wherever they come."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom the link of a referral acts for, whom it is about, and who gives it."""

    referral_id: UUID
    receiver_id: UUID
    client_id: UUID | None
    author_id: UUID | None


def links_for_referrals(wanted: Collection[Parties]) -> dict[UUID, Link]:
    """The link of each referral, made where there is none that lives: two statements at most.

    For operations of other rooms.
    """
    found = open_links_of([each.referral_id for each in wanted])
    made = {
        each.referral_id: Link(
            kind="referral",
            referral_id=each.referral_id,
            practitioner_id=each.receiver_id,
            client_id=each.client_id,
            author_id=each.author_id,
        )
        for each in wanted
        if each.referral_id not in found
    }
    if made:
        db.session.add_all(made.values())
        db.session.flush()
    return found | made


def hand_out(link: Link, purpose: str) -> str:
    """A new token for one mail, print or copy; only its hash stays here. For operations."""
    token = new_token()
    db.session.add(
        LinkToken(
            link_id=link.id, token_hash=hash_token(token), purpose=purpose, made_at=clock.now()
        )
    )
    return token


@operation(Permission.MANAGE_LINK, on="link", action="link.ended")
def end_link(*, actor: Actor, link: Link) -> Link:
    """End a link, all its copies, all browsers it knows and calendar feeds made by it, at once."""
    if link.revoked_at is not None:
        raise Conflict("This link has been ended already.")
    for each in (link, *open_feeds_of(link)):
        each.revoked_at, each.revoked_by = clock.now(), actor.name
    if actor.kind is Kind.CLIENT and link.kind == "referral":
        link.untold_since = link.revoked_at
    return link


@operation(Permission.MANAGE_LINK, on="link", action="link.browser_forgotten")
def forget_browser(*, actor: Actor, link: Link, browser: LinkBrowser) -> Link:
    """A browser has to show a code again."""
    if browser.link_id != link.id:
        raise Invalid("This browser belongs to another link.")
    browser.forgotten_at = browser.forgotten_at or clock.now()
    return link


@operation(Permission.MAKE_CODE, on="link", action="link.code_made")
def code_to_read_out(*, actor: Actor, link: Link, code: str) -> Link:
    """Let `code` (of `codes.new_code`) confirm whichever browser shows it first.

    Whoever has it could come in as the link's holder, so of links about a client it is for whoever
    keeps the record now; a sender who did once asks them. A code by somebody who stands in opens
    the client's page for as long as they do.
    """
    cover_id = acting_cover(actor, link.client_id) if link.kind == "client" else None
    _add_code(link, code, browser_hash=None, cover_id=cover_id)
    return link


def where_codes_go(link: Link, email: str | None) -> str | None:
    """Where a code for the link of a referral is mailed: to the address it was made for.

    Not to `email`, as the entry says today, unless there was none when the link was made: any
    member may write another address into an entry without an account, and must not come in by that.
    """
    return link.email or email


def made_for(link: Link, email: str | None) -> str | None:
    """Where mail with this link goes, which is `email` from now on if it had no address yet."""
    link.email = link.email or email
    return link.email


@operation(Permission.MAKE_CODE, on="link", action="link.codes_moved")
def move_codes(*, actor: Actor, link: Link, email: str | None) -> Link:
    """The entry has another address, and whoever may read a code out says that it is right.

    Codes that wait at the old one open nothing any more. Raises `Invalid` without an address.
    """
    if not email:
        raise Invalid("There is no e-mail address in their entry.")
    link.email = email
    for code in standing_codes(link.id, clock.now()):
        code.expires_at = clock.now()
    return link


@operation(None, on="link", action="link.code_sent")
def send_code(
    *,
    actor: Actor,
    link: Link,
    recipient: str,
    browser_hash: str,
    cover_id: UUID | None = None,
) -> Link:
    """Mail a code that confirms this browser only, for as long as the cover lasts where one is
    named. Raises `TooMany`."""
    code = codes.new_code()
    if link.kind == "referral":
        made_for(link, recipient)
    _add_code(link, code, browser_hash=browser_hash, cover_id=cover_id)
    queue_message(
        recipient=recipient,
        subject="Your code for Careteam",
        body=render_template("emails/link_code.txt", code=code),
        about_id=link.id,
    )
    return link


def _add_code(
    link: Link, code: str, *, browser_hash: str | None, cover_id: UUID | None = None
) -> None:
    now = clock.now()
    if count_codes(link.id, now - timedelta(hours=1)) >= CODES_AN_HOUR:
        raise TooMany("Several codes were made within the hour. Please wait, or ring instead.")
    db.session.add(
        LinkCode(
            link_id=link.id,
            code_hash=codes.code_hash(link.id, code),
            browser_hash=browser_hash,
            made_at=now,
            expires_at=now + CODE_LASTS,
            cover_id=cover_id,
        )
    )


def confirm_browser(actor: Actor, link: Link, code: str, browser_hash: str, device: str) -> None:
    """Remember the browser for 90 days if the code is right.

    Tries are counted before they are made and over all processes: eight wrong ones within a
    quarter of an hour, and the link takes no more. Raises `TooMany`, `Invalid` beside `code`.
    """
    link_id = link.id
    tries = take_tries([Limit(f"link code {link_id}", WRONG_CODES)])
    with reading():
        is_right = _matching(link_id, code, browser_hash) is not None
        db.session.rollback()
    if not is_right:
        raise Invalid(NOT_RIGHT, field="code")
    give_back(tries)
    _remember(
        actor=actor,
        link=db.session.get_one(Link, link_id),
        code=code,
        browser_hash=browser_hash,
        device=device,
    )


@operation(None, on="link", action="link.browser_confirmed")
def _remember(*, actor: Actor, link: Link, code: str, browser_hash: str, device: str) -> Link:
    now = clock.now()
    stored = _matching(link.id, code, browser_hash)
    if stored is None:
        raise Invalid(NOT_RIGHT, field="code")
    stored.used_at = now
    browser = find_browser(link.id, browser_hash)
    if browser is None:
        browser = LinkBrowser(link_id=link.id, browser_hash=browser_hash, cover_id=stored.cover_id)
        db.session.add(browser)
    elif browser.cover_id is not None or browser.forgotten_at or browser.until_at <= now:
        browser.cover_id = stored.cover_id
    browser.device, browser.forgotten_at = device[:200], None
    browser.remembered_at, browser.until_at = now, now + REMEMBERED
    return link


def _matching(link_id: UUID, code: str, browser_hash: str) -> LinkCode | None:
    wanted = codes.code_hash(link_id, code)
    for stored in standing_codes(link_id, clock.now()):
        is_for_it = stored.browser_hash in (None, browser_hash)
        if codes.same(stored.code_hash, wanted) and is_for_it:
            return stored
    return None


def note_use(link: Link) -> None:
    """Somebody did something by this link. For operations of other rooms."""
    link.last_used_at = clock.now()
