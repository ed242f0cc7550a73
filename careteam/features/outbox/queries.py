"""Which messages wait, which were given up, and which are one's own to see to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.outbox.models import Message
from careteam.kit import clock
from careteam.kit.db import columns_of, db, read_later
from careteam.kit.errors import NotFound

HELD_UP = timedelta(minutes=30)
"""After so long the author is told that a message could not leave yet, and may see to it."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """A message as its author sees it. `body` is empty once it has left.

    `is_back`: it left and came back, so that it must be written anew.
    """

    id: UUID
    recipient: str
    subject: str
    body: str = field(repr=False)
    about_id: UUID | None
    purpose: str | None
    queued_at: datetime
    due_at: datetime
    tries: int
    problem: str | None
    delivered_at: datetime | None
    by_hand_at: datetime | None
    given_up_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        return self.delivered_at is None and self.given_up_at is None

    @property
    def is_back(self) -> bool:
        return self.given_up_at is not None and self.delivered_at is not None

    @property
    def is_held_up(self) -> bool:
        """It could not leave so far; it is tried again by itself."""
        return self.is_waiting and self.problem is not None

    @property
    def can_be_tried_again(self) -> bool:
        return bool(self.body) and (self.given_up_at is not None or self.is_held_up)


def waiting() -> ColumnElement[bool]:
    """Neither delivered nor given up."""
    return and_(Message.delivered_at.is_(None), Message.given_up_at.is_(None))


def to_be_carried(now: datetime) -> ColumnElement[bool]:
    """Due, and in nobody's hands. A claim that ran out belongs to somebody who was cut off."""
    free = or_(Message.claimed_until.is_(None), Message.claimed_until <= now)
    return and_(waiting(), Message.due_at <= now, free)


def has_due(now: datetime) -> bool:
    """Whether there is anything to carry; a look that waits for no writer in `reading()`."""
    return db.session.scalar(select(Message.id).where(to_be_carried(now)).limit(1)) is not None


def lock_next_due(now: datetime) -> Message | None:
    """The longest waiting message to be carried, locked until the transaction ends.

    Those that somebody else has locked are passed over (SQLite lets one writer in at a time).
    """
    return db.session.scalars(
        select(Message)
        .where(to_be_carried(now))
        .order_by(Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def lock_message(message_id: UUID) -> Message | None:
    """The message as it is now, locked until the transaction ends."""
    return db.session.get(Message, message_id, with_for_update=True, populate_existing=True)


def count_waiting() -> int:
    """Messages neither delivered nor given up."""
    return db.session.scalar(select(func.count()).select_from(Message).where(waiting())) or 0


def list_not_arrived(actor: Actor, most: int = 20) -> Sequence[MailLine]:
    """The actor's own messages that did not arrive, the latest first, until seen to; after them
    those that are held up for longer than is worth waiting without a word.
    """
    return _lines(_not_arrived(actor, most))


@kept
def _not_arrived(actor: Actor, most: int) -> Select[Any]:
    before = read_later(lambda: clock.now() - HELD_UP, Message.created_at.type)
    held_up = and_(
        waiting(),
        Message.purpose.is_not(None),
        Message.last_problem.is_not(None),
        Message.created_at <= before,
    )
    return (
        _own(actor)
        .where(
            Message.discarded_at.is_(None),
            or_(Message.given_up_at.is_not(None), held_up),
        )
        .order_by(
            Message.given_up_at.is_(None),
            Message.given_up_at.desc(),
            Message.created_at,
            Message.id,
        )
        .limit(most)
    )


def list_to_copy(actor: Actor, most: int = 20) -> Sequence[MailLine]:
    """The actor's own messages that are due, the oldest first: shown to be copied where no mail
    server is set up, until they are marked as sent by hand. Mere notices, without a purpose, are
    not worth anybody's hands.
    """
    return _lines(_to_copy(actor, most))


@kept
def _to_copy(actor: Actor, most: int) -> Select[Any]:
    now = read_later(clock.now, Message.due_at.type)
    due = and_(waiting(), Message.due_at <= now, Message.purpose.is_not(None))
    return _own(actor).where(due).order_by(Message.due_at, Message.id).limit(most)


def list_mail_about(actor: Actor, about_id: UUID, most: int = 50) -> Sequence[MailLine]:
    """All of the actor's own messages about one row, the latest first."""
    return _lines(
        _own(actor)
        .where(Message.about_id == about_id)
        .order_by(Message.created_at.desc(), Message.id)
        .limit(most)
    )


def get_mail(actor: Actor, message_id: UUID) -> MailLine:
    """One of the actor's own messages as they see it. Raises `NotFound`."""
    lines = _lines(_own(actor).where(Message.id == message_id))
    if not lines:
        raise NotFound
    return lines[0]


def find_message(actor: Actor, message_id: UUID) -> Message | None:
    return db.session.scalars(
        select(Message).where(
            Message.id == message_id, within(actor, Permission.KEEP_OWN_NOTES, Message)
        )
    ).one_or_none()


def get_message(actor: Actor, message_id: UUID) -> Message:
    """One of the actor's own messages. Raises `NotFound`."""
    row = find_message(actor, message_id)
    if row is None:
        raise NotFound
    return row


def _own(actor: Actor) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Message.id,
        Message.recipient,
        Message.subject,
        Message.body,
        Message.about_id,
        Message.purpose,
        Message.created_at,
        Message.due_at,
        Message.tries,
        Message.last_problem,
        Message.delivered_at,
        Message.by_hand_at,
        Message.given_up_at,
    )
    return select(*columns).where(within(actor, Permission.KEEP_OWN_NOTES, Message))


def _lines(question: Select[Any]) -> Sequence[MailLine]:
    return [MailLine(*row) for row in columns_of(question)]


def list_to(email: str) -> Sequence[Message]:
    """Every message to this address, for erasing the address. For operations."""
    return db.session.scalars(
        select(Message).where(func.lower(Message.recipient) == email.lower())
    ).all()
