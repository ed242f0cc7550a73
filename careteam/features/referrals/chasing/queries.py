"""Questions about chases: for the worker in batches, for the plan of one referral in a few."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, update
from sqlalchemy.orm import aliased

from careteam.domain.referral import State
from careteam.domain.referral.policy import Policy
from careteam.domain.referral.waiting import Loss
from careteam.features.links.models import Link, LinkToken
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import (
    Chase,
    ChaseDefault,
    ChasePause,
    ChasePolicy,
    Referral,
    ReferralEvent,
)
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db, read_later
from careteam.kit.listed import one_of

_Later = aliased(Message)
OVERDUE = (State.SENT, State.ACKNOWLEDGED, State.ON_HOLD)
"""States in which the receiver's answer can be overdue; an open question is the sender's turn."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the plan of a referral rests on, besides its events and pauses.

    `own` are the steps its sender chose, None where the community's hold.
    """

    referral_id: UUID
    urgency: str
    is_past: bool
    is_sample: bool
    own: Policy | None
    may_mail: bool
    told_at: datetime | None
    unreachable: bool


@cache
def is_overdue() -> ColumnElement[bool]:
    """Of a referral: its answer is overdue and its sender to be told. Never unknown, so negates."""
    return _since(Chase.tell_at)


@cache
def may_ask_next() -> ColumnElement[bool]:
    """Of a referral: it is time to ask somebody else."""
    return _since(Chase.propose_at)


@cache
def is_lost() -> ColumnElement[bool]:
    """Of a referral: the mail did not reach its receiver, nor did anything else."""
    return _since(Chase.lost_at)


def _since(column: Any) -> ColumnElement[bool]:
    now = read_later(clock.now, column.type)
    has_come = exists().where(Chase.referral_id == Referral.id, column <= now).correlate(Referral)
    return and_(one_of(Referral.status, map(str, OVERDUE)), has_come)


def has_due(now: datetime) -> bool:
    """Whether a worker has anything to look at."""
    return db.session.scalar(select(Chase.referral_id).where(_due(now)).limit(1)) is not None


def lock_due(now: datetime, most: int, only: UUID | None = None) -> list[Case]:
    """Those to be looked at, the longest due first, held with their referrals until the
    transaction ends; `only` that one, if it is due.

    Those that another worker holds, or somebody who moves them, are passed over: nobody is waited
    for, so nobody waits in a circle (SQLite lets one writer in at a time).
    """
    question = _columns().where(_due(now))
    if only is not None:
        question = question.where(Chase.referral_id == only)
    return _cases(
        question.order_by(Chase.due_at, Chase.referral_id)
        .limit(most)
        .with_for_update(skip_locked=True, of=[Referral, Chase])
    )


def list_held(ids: Collection[UUID]) -> Sequence[Referral]:
    """The rows of referrals that this transaction holds, as they are now."""
    return db.session.scalars(
        select(Referral).where(Referral.id.in_(ids)).execution_options(populate_existing=True)
    ).all()


def list_seats(ids: Collection[UUID]) -> Sequence[Seat]:
    """Seats that referrals fill, as they are now, for whoever moves them."""
    return db.session.scalars(
        select(Seat).where(Seat.id.in_(ids)).execution_options(populate_existing=True)
    ).all()


def find_case(referral_id: UUID) -> Case | None:
    found = _cases(_columns().where(Referral.id == referral_id))
    return found[0] if found else None


def list_cases(ids: Collection[UUID]) -> list[Case]:
    return _cases(_columns().where(Referral.id.in_(ids)))


def chases_of(ids: Collection[UUID]) -> dict[UUID, Chase]:
    """The stored plans, by referral: one statement."""
    rows = db.session.scalars(select(Chase).where(Chase.referral_id.in_(ids)))
    return {row.referral_id: row for row in rows}


def unplanned(most: int) -> list[UUID]:
    """Referrals that may be waited for and have no plan: written by other ways than a move."""
    waited_for = Referral.status.in_([*map(str, OVERDUE), State.NEEDS_INFORMATION.value])
    return list(
        db.session.scalars(
            select(Referral.id)
            .outerjoin(Chase, Chase.referral_id == Referral.id)
            .where(waited_for, Referral.is_past.is_(False), Chase.referral_id.is_(None))
            .order_by(Referral.id)
            .limit(most)
        )
    )


def events_by_referral(ids: Collection[UUID]) -> dict[UUID, list[ReferralEvent]]:
    """Their events in order, by one statement."""
    found: dict[UUID, list[ReferralEvent]] = {id_: [] for id_ in ids}
    for row in db.session.scalars(
        select(ReferralEvent)
        .where(ReferralEvent.referral_id.in_(ids))
        .order_by(ReferralEvent.referral_id, ReferralEvent.number)
        .execution_options(populate_existing=True)
    ):
        found[row.referral_id].append(row)
    return found


def pauses_by_referral(ids: Collection[UUID]) -> dict[UUID, list[ChasePause]]:
    found: dict[UUID, list[ChasePause]] = {id_: [] for id_ in ids}
    for row in db.session.scalars(
        select(ChasePause)
        .where(ChasePause.referral_id.in_(ids))
        .order_by(ChasePause.from_at, ChasePause.id)
    ):
        found[row.referral_id].append(row)
    return found


def losses_by_referral(ids: Collection[UUID]) -> dict[UUID, Loss]:
    """Of those to whose receiver the last mail did not arrive: one statement.

    Mail to the receiver has an author; what the application tells the sender has none.
    """
    is_last = ~exists().where(
        _Later.about_id == Message.about_id,
        _Later.author_id.is_not(None),
        _Later.created_at > Message.created_at,
    )
    handed_at = (
        select(func.max(LinkToken.made_at))
        .join(Link, Link.id == LinkToken.link_id)
        .where(
            Link.referral_id == Message.about_id,
            Link.kind == "referral",
            LinkToken.purpose != "mail",
        )
        .correlate(Message)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Message.about_id,
        Message.created_at,
        Message.given_up_at,
        handed_at,
    )
    rows = db.session.execute(
        select(*columns).where(
            Message.about_id.in_(ids),
            Message.author_id.is_not(None),
            Message.given_up_at.is_not(None),
            is_last,
        )
    )
    return {row[0]: Loss(*row[1:]) for row in rows.all()}


def running_pause(referral_id: UUID, now: datetime) -> ChasePause | None:
    """The pause a referral is in, freshly read."""
    return db.session.scalars(
        select(ChasePause)
        .where(
            ChasePause.referral_id == referral_id,
            ChasePause.from_at <= now,
            (ChasePause.until_at.is_(None)) | (ChasePause.until_at > now),
        )
        .order_by(ChasePause.from_at.desc(), ChasePause.id)
        .limit(1)
        .execution_options(populate_existing=True)
    ).one_or_none()


def list_defaults() -> Sequence[ChaseDefault]:
    """What the community changed, by urgency."""
    return db.session.scalars(select(ChaseDefault).order_by(ChaseDefault.urgency)).all()


def find_default(urgency: str) -> ChaseDefault | None:
    return db.session.get(ChaseDefault, urgency)


def find_policy(referral_id: UUID) -> ChasePolicy | None:
    """The steps chosen for one referral, for whoever already reaches it."""
    return db.session.get(ChasePolicy, referral_id)


def look_again(urgency: str, now: datetime) -> None:
    """Let a worker plan all referrals of this urgency anew."""
    of_it = select(Referral.id).where(
        Referral.urgency == urgency,
        Referral.status.in_([*map(str, OVERDUE), State.NEEDS_INFORMATION.value]),
    )
    db.session.execute(
        update(Chase)
        .where(Chase.referral_id.in_(of_it))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


def mark_told(ids: Collection[UUID], now: datetime) -> None:
    """Note that the senders of these, which the transaction holds, are told now."""
    db.session.execute(
        update(Chase)
        .where(Chase.referral_id.in_(ids))
        .values(told_at=now)
        .execution_options(synchronize_session=False)
    )


def put_off(referral_id: UUID, now: datetime, wait: timedelta) -> None:
    """Let no worker look at it for a while, if it is still due."""
    db.session.execute(
        update(Chase)
        .where(Chase.referral_id == referral_id, _due(now))
        .values(due_at=now + wait)
        .execution_options(synchronize_session=False)
    )


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(Chase.due_at.is_not(None), Chase.due_at <= now)


def _columns() -> Select[Any]:
    columns: tuple[Any, ...] = (
        Referral.id,
        Referral.urgency,
        Referral.is_past,
        Referral.is_sample,
        ChasePolicy.referral_id,
        ChasePolicy.remind_days,
        ChasePolicy.tell_days,
        ChasePolicy.propose_days,
        ChasePolicy.expire_days,
        ChasePolicy.may_mail,
        Chase.told_at,
        Chase.unreachable,
    )
    return (
        select(*columns)
        .select_from(Referral)
        .outerjoin(Chase, Chase.referral_id == Referral.id)
        .outerjoin(ChasePolicy, ChasePolicy.referral_id == Referral.id)
    )


def _cases(question: Select[Any]) -> list[Case]:
    return [_case(row) for row in db.session.execute(question)]


def _case(row: Any) -> Case:
    id_, urgency, is_past, is_sample, policy_id, *steps, may_mail, told_at, unreachable = row
    return Case(
        referral_id=id_,
        urgency=urgency,
        is_past=is_past,
        is_sample=is_sample,
        own=Policy(*steps) if policy_id is not None else None,
        may_mail=bool(may_mail),
        told_at=told_at,
        unreachable=bool(unreachable),
    )
