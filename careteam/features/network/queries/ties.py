"""The aggregate of referrals: one row a pair and direction, by one statement.

A referral counts once it has left the house and was not withdrawn, whatever came of it. Ties of
others that rest on fewer than five referrals do not even leave the database. Within a period there
is a row for each half-year, and the five are asked of each: two periods laid beside each other
tell nothing of a half-year that is not shown. What is remembered has no day and is in no period.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.network.graph import Recall, TieRow
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.ties import SMALLEST_SHOWN
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.network.models import RememberedTie
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.queries import REFUSED, UNCOUNTED
from careteam.kit import clock
from careteam.kit.db import db

MOST_NAMED = 5_000
"""More people than this are not named one by one in a statement."""


def list_own_ties(actor: Actor, period: Period | None = None) -> list[TieRow]:
    """The actor's own ties: counted ones and, as rows of their own, those she remembers.

    Two statements whose cost is that of her own referrals, whatever the community's size.
    """
    if actor.practitioner_id is None:
        return []
    mine = _with_an_end_in([actor.practitioner_id])
    rows = db.session.execute(_aggregate(actor, mine, period=period)).all()
    return [*map(_counted, rows), *([] if period else _remembered(actor))]


def list_ties_of_others(
    actor: Actor, ids: Collection[UUID], period: Period | None = None
) -> list[TieRow]:
    """Ties with an end among `ids` and no end in the actor, from five referrals on."""
    if not ids:
        return []
    conditions = [] if len(ids) > MOST_NAMED else [_with_an_end_in(ids)]
    if actor.practitioner_id is not None:
        conditions.append(
            and_(
                Referral.sender_id != actor.practitioner_id,
                Referral.receiver_id != actor.practitioner_id,
            )
        )
    rows = db.session.execute(
        _aggregate(actor, *conditions, period=period).having(func.count() >= SMALLEST_SHOWN)
    ).all()
    return list(map(_counted, rows))


def list_ties_of(actor: Actor, practitioner_id: UUID) -> list[TieRow]:
    """Ties of one person: those with the actor in full, others from five referrals on."""
    rows = db.session.execute(
        _aggregate(actor, _with_an_end_in([practitioner_id])).having(_large_or_own(actor))
    ).all()
    return [*map(_counted, rows), *_remembered(actor, practitioner_id)]


def list_all_ties(actor: Actor, period: Period | None = None) -> list[TieRow]:
    """Every tie of the community that the actor may see something of."""
    statement = _aggregate(actor, period=period).having(_large_or_own(actor))
    rows = db.session.execute(statement).all()
    return [*map(_counted, rows), *([] if period else _remembered(actor))]


def first_own_day(actor: Actor) -> date | None:
    """The day of the oldest counted referral with the actor at one end, None without one."""
    if actor.practitioner_id is None:
        return None
    first = db.session.execute(
        select(
            func.min(Referral.happened_on).label("past_on"),
            func.min(case((Referral.happened_on.is_(None), _left_at()))).label("left_at"),
        ).where(
            within(actor, Permission.READ_NETWORK, Referral),
            Referral.status.not_in(UNCOUNTED),
            _with_an_end_in([actor.practitioner_id]),
        )
    ).one()
    left_on = clock.day_of(first.left_at) if first.left_at else None
    return min((day for day in (left_on, first.past_on) if day), default=None)


def list_worked_together(actor: Actor) -> list[TieRow]:
    """Ties on which something was accepted and of which every member may see something.

    From five referrals on; of nobody who keeps theirs private or was taken out. One statement.
    """
    rows = db.session.execute(
        _seen_by_all(actor).having(func.count(Referral.accepted_at) > 0)
    ).all()
    return list(map(_counted, rows))


def list_ties_of_everybody(period: Period | None = None) -> list[TieRow]:
    """Ties that every member sees, of all time, or of each half-year of a period.

    For the worker, who gathers for everybody and shows nobody anything.
    """
    return list(map(_counted, db.session.execute(_seen_by_all(None, period=period)).all()))


def _seen_by_all(actor: Actor | None, period: Period | None = None) -> Select[Any]:
    """From five referrals on, of nobody who keeps theirs private or was taken out."""
    hidden = _private(actor)
    retired = select(Practitioner.id).where(
        readable(actor, Permission.READ_DIRECTORY, Practitioner),
        Practitioner.retired_at.is_not(None),
    )
    ends = (Referral.sender_id, Referral.receiver_id)
    return _aggregate(
        actor,
        *(end.not_in(hidden) for end in ends),
        *(end.not_in(retired) for end in ends),
        period=period,
    ).having(func.count() >= SMALLEST_SHOWN)


def private_ids(actor: Actor) -> frozenset[str]:
    """Practitioners who keep their ties to themselves."""
    return frozenset(str(id_) for id_ in db.session.scalars(_private(actor)))


def readable(actor: Actor | None, permission: Permission, model: Any) -> ColumnElement[bool]:
    """Without an actor, for the worker, every row."""
    return true() if actor is None else within(actor, permission, model)


def _private(actor: Actor | None) -> Select[Any]:
    return select(Account.practitioner_id).where(
        readable(actor, Permission.READ_NETWORK, Account),
        Account.keeps_ties_private.is_(True),
        Account.practitioner_id.is_not(None),
    )


def _aggregate(
    actor: Actor | None, *conditions: ColumnElement[bool], period: Period | None = None
) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Referral.sender_id,
        Referral.receiver_id,
        func.count().label("given"),
        func.count(Referral.accepted_at).label("accepted"),
        func.count(case((Referral.status.in_(REFUSED), 1))).label("declined"),
        func.max(Referral.happened_on).label("last_past_on"),
        func.max(case((Referral.happened_on.is_(None), _left_at()))).label("last_left_at"),
    )
    statement = (
        select(*columns)
        .where(
            readable(actor, Permission.READ_NETWORK, Referral),
            Referral.status.not_in(UNCOUNTED),
            *conditions,
        )
        .group_by(Referral.sender_id, Referral.receiver_id)
    )
    if period is None:
        return statement
    is_within = and_(~_is_before(period.first), _is_before(period.last.moved(1)))
    halves = case(
        *((_is_before(each.moved(1)), number) for number, each in enumerate(period.half_years))
    )
    return statement.add_columns(halves.label("half_year")).where(is_within).group_by("half_year")


def _left_at() -> ColumnElement[datetime]:
    return func.coalesce(Referral.sent_at, Referral.created_at)


def _is_before(half: HalfYear) -> ColumnElement[bool]:
    """Whether a referral, by its day on the community's clock, was before that half-year."""
    return or_(
        and_(Referral.happened_on.is_not(None), Referral.happened_on < half.first_day),
        and_(
            Referral.happened_on.is_(None),
            _left_at() < clock.first_instant(half.first_day),
        ),
    )


def _with_an_end_in(ids: Collection[UUID]) -> ColumnElement[bool]:
    return or_(Referral.sender_id.in_(ids), Referral.receiver_id.in_(ids))


def _large_or_own(actor: Actor) -> ColumnElement[bool]:
    large = func.count() >= SMALLEST_SHOWN
    me = actor.practitioner_id
    return large if me is None else or_(large, Referral.sender_id == me, Referral.receiver_id == me)


def _counted(row: Any) -> TieRow:
    left_on = clock.day_of(row.last_left_at) if row.last_left_at else None
    return TieRow(
        sender=str(row.sender_id),
        receiver=str(row.receiver_id),
        given=row.given,
        accepted=row.accepted,
        declined=row.declined,
        last_on=max((day for day in (left_on, row.last_past_on) if day), default=None),
    )


def _remembered(actor: Actor, practitioner_id: UUID | None = None) -> list[TieRow]:
    """What the actor noted from memory: of everybody, or of the ties with one person."""
    me = actor.practitioner_id
    if me is None:
        return []
    conditions = [within(actor, Permission.KEEP_OWN_NOTES, RememberedTie)]
    if practitioner_id is not None and practitioner_id != me:
        conditions.append(RememberedTie.practitioner_id == practitioner_id)
    rows = db.session.execute(
        select(RememberedTie.practitioner_id, RememberedTie.sent, RememberedTie.received).where(
            *conditions
        )
    )
    ties = []
    for other, sent, received in rows:
        ties.append(TieRow(str(me), str(other), recalled_by_sender=Recall(sent)))
        ties.append(TieRow(str(other), str(me), recalled_by_receiver=Recall(received)))
    return ties
