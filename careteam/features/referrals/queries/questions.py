"""Questions asked first: about nobody, between two practitioners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import FirstQuestion
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from careteam.kit.paging import Page

PAGE_SIZE = 25
_Sender, _Receiver = aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question in a list. `needs_actor`: the reader is asked and has not answered."""

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
    """What waits for the actor's answer first, then the newest: two statements."""
    conditions = [within(actor, Permission.READ_REFERRAL, FirstQuestion)]
    if incoming is not None:
        side = FirstQuestion.receiver_id if incoming else FirstQuestion.sender_id
        conditions.append(side == actor.practitioner_id)
    counted = select(func.count()).select_from(FirstQuestion).where(*conditions)
    total = db.session.scalar(counted) or 0
    latest = func.coalesce(FirstQuestion.replied_at, FirstQuestion.sent_at)
    rows = db.session.execute(
        select(FirstQuestion, _Sender.name, _Receiver.name)
        .join(_Sender, _Sender.id == FirstQuestion.sender_id)
        .join(_Receiver, _Receiver.id == FirstQuestion.receiver_id)
        .where(*conditions)
        .order_by(case((_asks(actor), 0), else_=1), latest.desc(), FirstQuestion.id)
        .offset((page - 1) * size)
        .limit(size)
    )
    return Page([_line(actor, *row) for row in rows], page, size, total)


def count_open_questions(actor: Actor) -> int:
    """How many wait for the actor's answer."""
    return (
        db.session.scalar(select(func.count()).select_from(FirstQuestion).where(_asks(actor))) or 0
    )


def _asks(actor: Actor) -> ColumnElement[bool]:
    return and_(FirstQuestion.receiver_id == actor.practitioner_id, FirstQuestion.status == "sent")


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
        needs_actor=incoming and row.status == "sent",
    )
