"""The board: how many stand in each column, and the first of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Executable,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)

from careteam.access.actor import Actor
from careteam.access.guard import kept
from careteam.domain.referral import Column
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.lines import ReferralLine, columns, lines_of, mine, side
from careteam.features.referrals.queries.order import (
    UNDECIDED,
    Dues,
    instants,
    past_usual_first,
    receivers,
)
from careteam.features.referrals.queries.stages import Stage, in_column, in_stage
from careteam.kit.db import db

ON_BOARD = 20
"""So many of a column stand on the board; the rest are a list away."""
MOST_ASKED = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """How many referrals stand in each column, and how many need the reader now."""

    columns: dict[Column, int]
    needing: int


def count_board(actor: Actor, incoming: bool | None = None) -> Counts:
    """By one statement."""
    *columns, needing = db.session.execute(_counts(actor, incoming)).one()
    return Counts(dict(zip(Column, columns, strict=True)), needing)


@kept
def _counts(actor: Actor, incoming: bool | None) -> Executable:
    conditions = [in_column(actor, column) for column in Column] + [in_stage(actor, Stage.MINE)]
    counted = [func.count(case((condition, 1))) for condition in conditions]
    return select(*counted).select_from(Referral).where(*mine(actor), *side(actor, incoming))


@dataclass(frozen=True, slots=True)
class Board:
    """The first of each column, and the first of all that need the reader."""

    columns: dict[Column, list[ReferralLine]]
    first: list[ReferralLine]


def list_board(actor: Actor, incoming: bool | None, dues: Dues, most: int = ON_BOARD) -> Board:
    """By one statement and one for the consents."""
    statement = _board(actor, incoming, receivers(dues))
    rows = db.session.execute(statement, {"most": most, **instants(dues)}).all()
    found: dict[Column, list[ReferralLine]] = {column: [] for column in Column}
    first: list[tuple[int, ReferralLine]] = []
    for row, line in zip(rows, lines_of(actor, rows), strict=True):
        if row.place <= most:
            found[Column(row.column)].append(line)
        if line.needs_actor and row.turn <= most:
            first.append((row.turn, line))
    return Board(found, [line for _, line in sorted(first, key=lambda each: each[0])])


@kept
def _board(actor: Actor, incoming: bool | None, known: tuple[UUID, ...]) -> Select[Any]:
    """Of each column and of what needs the reader as many as bound as `most`."""
    places = _places(actor, incoming, known)
    most: BindParameter[int] = bindparam("most")
    is_first = and_(places.c.needs == 1, places.c.turn <= most)
    return (
        columns(actor)
        .add_columns(places.c.column, places.c.place, places.c.turn)
        .join(places, places.c.id == Referral.id)
        .where(or_(places.c.place <= most, is_first))
        .order_by(places.c.place)
    )


def _places(actor: Actor, incoming: bool | None, known: tuple[UUID, ...]) -> Subquery:
    """Column and place in it. What needs the reader stands first; of what is closed, the newest.
    `turn` is the place among all that need the reader, or do not.
    """
    is_closed = in_column(actor, Column.CLOSED)
    others = [(in_column(actor, each), each) for each in Column if each is not Column.CLOSED]
    column = case((is_closed, Column.CLOSED), *others, else_=Column.CLOSED)
    needs = case((in_stage(actor, Stage.MINE), 1), else_=0)
    needs_first = case((is_closed, 0), else_=needs)
    newest = case((is_closed, func.coalesce(Referral.status_at, Referral.created_at)))
    place = func.row_number().over(
        partition_by=column,
        order_by=(needs_first.desc(), newest.desc(), *past_usual_first(known)),
    )
    turn = func.row_number().over(partition_by=needs, order_by=past_usual_first(known))
    return (
        select(
            Referral.id,
            column.label("column"),
            place.label("place"),
            needs.label("needs"),
            turn.label("turn"),
        )
        .where(*mine(actor), *side(actor, incoming))
        .subquery()
    )


def asked_now(actor: Actor) -> list[UUID]:
    """Whose answers are waited for, those waiting the longest first: by one statement."""
    return list(db.session.scalars(_asked(actor)))


@kept
def _asked(actor: Actor) -> Select[UUID]:
    since = func.min(func.coalesce(Referral.sent_at, Referral.created_at))
    return (
        select(Referral.receiver_id)
        .where(*mine(actor), Referral.status.in_(UNDECIDED), Referral.is_past.is_(False))
        .group_by(Referral.receiver_id)
        .order_by(since, Referral.receiver_id)
        .limit(MOST_ASKED)
    )
