"""Word by mail that there is something new, never what, from whom or about whom.

It tells of notes, once a day of one's own steps that somebody else made or changed, and the client
of a version that waits for their answer.

A note marks everybody around its goal; whether they may read it is asked when they are told, and
once more before the mail leaves. Each telling is one transaction that holds the person's rows, so
that two workers tell nobody twice, and whoever is killed has told nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import current_app, render_template
from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.news import HowOften, News, may_be_told
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Goal
from careteam.features.links.models import Link
from careteam.features.links.operations import hand_out
from careteam.features.notes.models import NoteNews
from careteam.features.notes.news_queries import (
    Key,
    Reader,
    find_news,
    find_reader,
    has_news,
    last_told_daily,
    list_changed_steps,
    list_to_tell_at_once,
    list_told_by,
    list_versions_to_tell,
    list_waiting,
    lock_news,
    people_around,
)
from careteam.features.outbox.mail import Mail
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.chasing.planning import calendar
from careteam.kit import clock
from careteam.kit.db import db, reading
from careteam.kit.errors import Invalid, NotFound
from careteam.settings import Settings

MORNING = 7
"""The hour from which the daily mail leaves, on the community's clock."""
DAILY_JOB = "news of the day"
PURPOSE = "notes"
"""Of no other mail: what has this purpose is asked again before it leaves."""
SUBJECT = "There is something new for you in Careteam"
MOST_A_ROUND = 200
WAITS_LONG = timedelta(days=14)
"""For so long a version that waits for the client is told to whoever wants to be told again."""
PAGES = {News.NOTES: "news", News.STEPS: "plan"}
"""Where an address in a mail leads behind the link, in words that tell nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail leads: to what is new, and to where no more such mail is asked for."""

    address: str
    mails: str


def expect_news(actor: Actor, goal: Goal, *, with_client: bool) -> None:
    """Somebody writes a note now: the others around the goal may have to be told. For operations.

    What waits already keeps waiting since then. Always in one order, so that two who write at once
    do not wait for each other.
    """
    own = actor.client_id if actor.kind is Kind.CLIENT else actor.practitioner_id
    around = people_around(goal, with_client=with_client)
    others = [each for each in around if each != own]
    _mark([(each, goal.id, clock.now()) for each in others])


def _mark(found: Sequence[tuple[UUID, UUID, datetime]]) -> None:
    if not found:
        return
    connection = db.session.connection()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    rows = [dict(zip(("reader_id", "goal_id", "since_at"), each, strict=True)) for each in found]
    insert = dialect.insert(NoteNews).values(rows)
    since_at = func.coalesce(NoteNews.since_at, insert.excluded.since_at)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["reader_id", "goal_id"], set_={"since_at": since_at}
        )
    )


def tell_at_once(stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Queue a mail for each who wants word at once and may have it now: one each transaction."""
    with reading():
        versions = list_versions_to_tell(clock.now() - WAITS_LONG)
        db.session.rollback()
    if versions:
        _mark(versions)
        db.session.commit()
    with reading():
        keys = list_to_tell_at_once(clock.now(), MOST_A_ROUND)
        db.session.rollback()
    told = 0
    for key in keys:
        if stopping():
            break
        told += _tell_one(key)
        db.session.commit()
    return f"Word of notes queued at once: {told}." if told else None


def _tell_one(key: Key) -> bool:
    row = lock_news(key)
    if row is None or not may_be_told(row.since_at, row.told_at, clock.now()):
        return False
    reader = find_reader(*key)
    if reader is None or reader.how_often is not HowOften.AT_ONCE:
        return False
    if not _is_news(reader, row):
        row.since_at = None
        return False
    return _tell([reader], [row])


def tell_daily() -> str | None:
    """Queue one mail for each who wants word once a day, over all their goals.

    For a job that runs once a day and commits it all at once. Whose steps somebody else changed
    since it last ran is told with it, or right after it to whom wants word at once. What nobody is
    to be told of is forgotten, so that it is not told much later to whoever changes their mind.
    """
    since_at = last_told_daily(DAILY_JOB) or clock.now() - timedelta(days=1)
    _mark(list_changed_steps(since_at))
    _mark(list_versions_to_tell(clock.now() - WAITS_LONG))
    by_reader: dict[UUID, list[Key]] = {}
    for key in list_waiting():
        by_reader.setdefault(key[0], []).append(key)
    told = sum(_tell_of_day(keys) for keys in by_reader.values())
    return f"Word of notes queued for the day: {told}." if told else None


def _tell_of_day(keys: Sequence[Key]) -> bool:
    readers: list[Reader] = []
    rows: list[NoteNews] = []
    for key in keys:
        row, reader = lock_news(key), find_reader(*key)
        if row is None or row.since_at is None:
            continue
        wants = reader.how_often if reader else HowOften.NEVER
        if wants is HowOften.AT_ONCE:
            continue
        if reader is not None and wants is HowOften.DAILY and _is_news(reader, row):
            readers.append(reader)
            rows.append(row)
        else:
            row.since_at = None
    return _tell(readers, rows) if readers else False


def _is_news(reader: Reader, row: NoteNews) -> bool:
    return _news_of(reader, row) is not None


def _news_of(reader: Reader, row: NoteNews) -> News | None:
    return find_news(reader.actor, row.goal_id, row.since_at) if row.since_at else None


def _tell(readers: Sequence[Reader], rows: Sequence[NoteNews]) -> bool:
    """One mail to one person about all of `rows`; a reader for each, by account or by link.

    None leaves where the only way in is a link, and links cannot leave this machine.
    """
    settings = _settings()
    by_link: dict[UUID, tuple[Link, set[News | None]]] = {}
    for each, row in zip(readers, rows, strict=True):
        if each.link is not None:
            by_link.setdefault(each.link.id, (each.link, set()))[1].add(_news_of(each, row))
    first = readers[0]
    if by_link and not settings.links_can_leave:
        return False
    places = [_address(settings, link, news) for link, news in by_link.values()]
    message = queue_message(
        recipient=first.email,
        subject=SUBJECT,
        body=render_template(
            "emails/note_news.txt",
            name=first.name,
            places=places,
            address=settings.public_url if settings.links_can_leave else None,
        ),
        purpose=PURPOSE,
    )
    db.session.flush()
    for row in rows:
        row.told_since_at, row.since_at = row.since_at, None
        row.told_at, row.mail_id = clock.now(), message.id
    return True


def _address(settings: Settings, link: Link, news: Collection[News | None]) -> Place:
    """A token of its own in every mail; the client's link has a page of its own."""
    path = "p" if link.kind == "client" else "r"
    address = f"{settings.public_url}/{path}/{hand_out(link, 'mail')}"
    page = next((PAGES.get(each) for each in News if each in news), None)
    return Place(f"{address}?to={page}" if page else address, f"{address}?to=mails")


def is_still_news(mail: Mail) -> bool:
    """Whether a mail about to leave still tells its recipient of anything they may read.

    A note was taken back or opened meanwhile, a consent withdrawn, a seat ended, a link ended, a
    client erased: then it does not leave. True for every other mail.
    """
    if mail.purpose != PURPOSE:
        return True
    return any(_still(row) for row in list_told_by(mail.id))


def _still(row: NoteNews) -> bool:
    reader = find_reader(row.reader_id, row.goal_id)
    if reader is None or row.told_since_at is None or reader.how_often is HowOften.NEVER:
        return False
    return has_news(reader.actor, row.goal_id, row.told_since_at)


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="account.news_mail_changed")
def choose_news(*, actor: Actor, account: Account, how_often: str | None) -> Account:
    """How often word of notes comes. Raises `Invalid` beside `news_mail`."""
    account.news_mail = _checked(how_often)
    return account


@operation(None, on="link", action="link.news_mail_changed")
def choose_news_by_link(*, actor: Actor, link: Link, how_often: str | None) -> Link:
    """As `choose_news`, for whoever came by this link, a practitioner or the client.

    Raises `NotFound` for everybody else, and before a code has confirmed the browser.
    """
    if actor.link_id != link.id or not actor.is_confirmed:
        raise NotFound
    link.news_mail = _checked(how_often)
    return link


@operation(None, on="link", action="link.news_mail_changed")
def stop_news_by_link(*, actor: Actor, link: Link) -> Link:
    """No more word of anything new, also before a code: whoever has the address has the mail."""
    if actor.link_id != link.id:
        raise NotFound
    link.news_mail = HowOften.NEVER.value
    return link


def _checked(how_often: str | None) -> str:
    if how_often not in set(HowOften):
        raise Invalid("Choose how often.", field="news_mail")
    return HowOften(how_often).value


def is_workday(day: date) -> bool:
    """By the community's holidays."""
    return calendar().counted(day) is not None


def _settings() -> Settings:
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings
