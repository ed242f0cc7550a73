"""Questions asked first: about nobody, between two practitioners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.referral.asking_first import LASTS
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import FirstQuestion
from careteam.kit import clock
from careteam.kit.db import db, read_later
from careteam.kit.errors import NotFound
from careteam.kit.paging import Page

PAGE_SIZE = 25
MOST_WAITING = 20
_Sender, _Receiver = aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list. `needs_actor`: the reader is asked and has not answered, or asked and
    has not read the answer."""

    id: UUID
    is_incoming: bool
    other_id: UUID
    other_name: str
    text: str
    status: str
    reply: str | None
    word: str | None
    sent_at: datetime
    replied_at: datetime | None
    needs_actor: bool

    @property
    def is_unread(self) -> bool:
        """An answer that the reader asked for and has not read."""
        return self.needs_actor and not self.is_incoming


def get_question(actor: Actor, question_id: UUID) -> FirstQuestion:
    """A question the actor asked or was asked. Raises `NotFound`."""
    found = find_question(actor, question_id)
    if found is None:
        raise NotFound
    return found


def find_question(actor: Actor, question_id: UUID) -> FirstQuestion | None:
    return db.session.scalars(
        select(FirstQuestion).where(
            FirstQuestion.id == question_id,
            within(actor, Permission.READ_REFERRAL, FirstQuestion),
        )
    ).one_or_none()


def question_behind(question_id: UUID) -> FirstQuestion | None:
    """The question of a signed address, whoever holds it: there is nothing personal in it."""
    return db.session.get(FirstQuestion, question_id)


def list_questions(
    actor: Actor, *, incoming: bool | None = None, page: int = 1, size: int = PAGE_SIZE
) -> Page[QuestionLine]:
    """What waits for the actor first, to be answered or read, then the newest: two statements."""
    conditions = [within(actor, Permission.READ_REFERRAL, FirstQuestion)]
    if incoming is not None:
        side = FirstQuestion.receiver_id if incoming else FirstQuestion.sender_id
        conditions.append(side == actor.practitioner_id)
    counted = select(func.count()).select_from(FirstQuestion).where(*conditions)
    total = db.session.scalar(counted) or 0
    latest = func.coalesce(FirstQuestion.replied_at, FirstQuestion.sent_at)
    rows = db.session.execute(
        _with_names()
        .where(*conditions)
        .order_by(
            case((or_(_asks(actor), _unread(actor)), 0), else_=1), latest.desc(), FirstQuestion.id
        )
        .offset((page - 1) * size)
        .limit(size)
    )
    return Page([_line(actor, *row) for row in rows], page, size, total)


def list_waiting_questions(actor: Actor, most: int = MOST_WAITING) -> list[QuestionLine]:
    """What waits for the actor's answer or was answered and not read, the oldest first: one
    statement. Nothing of what has grown too old to be answered."""
    return [_line(actor, *row) for row in db.session.execute(_waiting(actor, most))]


@kept
def _waiting(actor: Actor, most: int) -> Executable:
    oldest = read_later(lambda: clock.now() - LASTS, FirstQuestion.sent_at.type)
    latest = func.coalesce(FirstQuestion.replied_at, FirstQuestion.sent_at)
    return (
        _with_names()
        .where(
            within(actor, Permission.READ_REFERRAL, FirstQuestion),
            or_(and_(_asks(actor), FirstQuestion.sent_at > oldest), _unread(actor)),
        )
        .order_by(latest, FirstQuestion.id)
        .limit(most)
    )


def count_open_questions(actor: Actor) -> int:
    """How many wait for the actor's answer."""
    return (
        db.session.scalar(select(func.count()).select_from(FirstQuestion).where(_asks(actor))) or 0
    )


def _asks(actor: Actor) -> ColumnElement[bool]:
    return and_(FirstQuestion.receiver_id == actor.practitioner_id, FirstQuestion.status == "sent")


def _unread(actor: Actor) -> ColumnElement[bool]:
    return and_(
        FirstQuestion.sender_id == actor.practitioner_id,
        FirstQuestion.status == "answered",
        FirstQuestion.reply_read_at.is_(None),
    )


def _with_names() -> Select[FirstQuestion, str, str]:
    return (
        select(FirstQuestion, _Sender.name, _Receiver.name)
        .join(_Sender, _Sender.id == FirstQuestion.sender_id)
        .join(_Receiver, _Receiver.id == FirstQuestion.receiver_id)
    )


def _line(actor: Actor, row: FirstQuestion, sender: str, receiver: str) -> QuestionLine:
    incoming = row.receiver_id == actor.practitioner_id
    return QuestionLine(
        id=row.id,
        is_incoming=incoming,
        other_id=row.sender_id if incoming else row.receiver_id,
        other_name=sender if incoming else receiver,
        text=row.text,
        status=row.status,
        reply=row.reply,
        word=row.word,
        sent_at=row.sent_at,
        replied_at=row.replied_at,
        needs_actor=row.status == "sent"
        if incoming
        else row.status == "answered" and row.reply_read_at is None,
    )
