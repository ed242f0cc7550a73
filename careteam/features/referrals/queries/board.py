"""The board: how many stand in each column, and the first of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from careteam.access.actor import Actor
from careteam.domain.referral import Column
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.lines import ReferralLine, columns, lines_of, mine, side
from careteam.features.referrals.queries.order import (
    UNDECIDED,
    Dues,
    newest_first,
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
    conditions = [in_column(actor, column) for column in Column] + [in_stage(actor, Stage.MINE)]
    counted = [func.count(case((condition, 1))) for condition in conditions]
    *columns, needing = db.session.execute(
        select(*counted).select_from(Referral).where(*mine(actor), *side(actor, incoming))
    ).one()
    return Counts(dict(zip(Column, columns, strict=True)), needing)


def list_board(
    actor: Actor, incoming: bool | None, dues: Dues, most: int = ON_BOARD
) -> dict[Column, list[ReferralLine]]:
    """The first of each column, by one statement a column."""
    found: dict[Column, Any] = {}
    for column in Column:
        order = _order(actor, column, dues)
        conditions = [*mine(actor), *side(actor, incoming), in_column(actor, column)]
        rows = db.session.execute(
            columns(actor).where(*conditions).order_by(*order).limit(most)
        ).all()
        found[column] = rows
    lines = iter(lines_of(actor, [row for rows in found.values() for row in rows]))
    return {column: [next(lines) for _ in rows] for column, rows in found.items()}


def _order(actor: Actor, column: Column, dues: Dues) -> tuple[Any, ...]:
    """What needs the reader stands first; what is closed, with the newest first."""
    if column is Column.CLOSED:
        return newest_first()
    return case((in_stage(actor, Stage.MINE), 0), else_=1), *past_usual_first(dues)


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
