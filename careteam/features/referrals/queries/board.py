"""The board: how many stand in each column, and the first of each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, Subquery, case, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept
from careteam.domain.referral import Column
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.lines import ReferralLine, columns, lines_of, mine, side
from careteam.features.referrals.queries.order import (
    UNDECIDED,
    Dues,
    past_usual_first,
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


def list_board(
    actor: Actor, incoming: bool | None, dues: Dues, most: int = ON_BOARD
) -> dict[Column, list[ReferralLine]]:
    """The first of each column, by one statement and one for the consents."""
    places = _places(actor, incoming, dues)
    rows = db.session.execute(
        columns(actor)
        .add_columns(places.c.column)
        .join(places, places.c.id == Referral.id)
        .where(places.c.place <= most)
        .order_by(places.c.place)
    ).all()
    found: dict[Column, list[ReferralLine]] = {column: [] for column in Column}
    for row, line in zip(rows, lines_of(actor, rows), strict=True):
        found[Column(row.column)].append(line)
    return found


def _places(actor: Actor, incoming: bool | None, dues: Dues) -> Subquery:
    """Column and place in it. What needs the reader stands first; of what is closed, the newest."""
    is_closed = in_column(actor, Column.CLOSED)
    others = [(in_column(actor, each), each) for each in Column if each is not Column.CLOSED]
    column = case((is_closed, Column.CLOSED), *others, else_=Column.CLOSED)
    needs = case((is_closed, 0), (in_stage(actor, Stage.MINE), 1), else_=0)
    newest = case((is_closed, func.coalesce(Referral.status_at, Referral.created_at)))
    place = func.row_number().over(
        partition_by=column, order_by=(needs.desc(), newest.desc(), *past_usual_first(dues))
    )
    return (
        select(Referral.id, column.label("column"), place.label("place"))
        .where(*mine(actor), *side(actor, incoming))
        .subquery()
    )


def asked_now(actor: Actor) -> list[UUID]:
    """Whose answers are waited for, those waiting the longest first: by one statement."""
    since = func.min(func.coalesce(Referral.sent_at, Referral.created_at))
    return list(
        db.session.scalars(
            select(Referral.receiver_id)
            .where(*mine(actor), Referral.status.in_(UNDECIDED), Referral.is_past.is_(False))
            .group_by(Referral.receiver_id)
            .order_by(since, Referral.receiver_id)
            .limit(MOST_ASKED)
        )
    )
