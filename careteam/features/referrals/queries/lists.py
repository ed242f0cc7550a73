"""Lists of referrals, a few statements each however long they are."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import kept
from careteam.domain.referral import Column
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.lines import ReferralLine, columns, lines_of, mine, side
from careteam.features.referrals.queries.order import (
    Dues,
    instants,
    most_urgent_first,
    newest_first,
    past_usual_first,
    receivers,
)
from careteam.features.referrals.queries.stages import Stage, in_column, in_stage, is_over
from careteam.kit.db import columns_of, db
from careteam.kit.paging import Page

PAGE_SIZE = 25


def list_referrals(
    actor: Actor,
    *,
    stage: Stage | None = None,
    incoming: bool | None = None,
    column: Column | None = None,
    dues: Dues | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ReferralLine]:
    """One page of a segment or of a column of the board, what is furthest past its usual answer
    first; what is over with the newest first. `dues` say what is usual of whom.

    One statement; a page beyond the last, which has no row to tell it, counts in a second.
    """
    usual = dues or {}
    statement = _referrals(actor, stage, incoming, column, receivers(usual))
    of_page = {"before": (page - 1) * size, "most": size, **instants(usual)}
    rows = db.session.execute(statement, of_page).all()
    if rows or page == 1:
        return Page(lines_of(actor, rows), page, size, rows[0].total if rows else 0)
    conditions = _conditions(actor, stage, incoming, column)
    beyond = select(func.count()).select_from(Referral).where(*conditions)
    return Page([], page, size, db.session.scalar(beyond) or 0)


@kept
def _referrals(
    actor: Actor,
    stage: Stage | None,
    incoming: bool | None,
    column: Column | None,
    known: tuple[UUID, ...],
) -> Select[Any]:
    """As many as bound as `most` after the first `before`, each with the `total` of all pages."""
    is_done = stage is Stage.OVER or column is Column.CLOSED or not (stage or column)
    return (
        columns(actor)
        .add_columns(func.count().over().label("total"))
        .where(*_conditions(actor, stage, incoming, column))
        .order_by(*(newest_first() if is_done else past_usual_first(known)))
        .offset(bindparam("before"))
        .limit(bindparam("most"))
    )


def _conditions(
    actor: Actor, stage: Stage | None, incoming: bool | None, column: Column | None
) -> list[ColumnElement[bool]]:
    conditions = [*mine(actor), *side(actor, incoming)]
    if stage is not None:
        conditions.append(in_stage(actor, stage))
    if column is not None:
        conditions.append(in_column(actor, column))
    return conditions


def count_needing(actor: Actor) -> int:
    """How many referrals need the actor: for the number beside the navigation entry."""
    if actor.practitioner_id is None:
        return 0
    return db.session.scalar(_needing(actor)) or 0


@kept
def _needing(actor: Actor) -> Select[Any]:
    return (
        select(func.count()).select_from(Referral).where(*mine(actor), in_stage(actor, Stage.MINE))
    )


def list_waiting(actor: Actor, most: int = 60) -> list[ReferralLine]:
    """Everything that needs the actor, both directions, the most urgent and oldest first."""
    if actor.practitioner_id is None:
        return []
    return lines_of(actor, columns_of(_waiting(actor, most)).all())


@kept
def _waiting(actor: Actor, most: int) -> Select[Any]:
    return (
        columns(actor)
        .where(*mine(actor), in_stage(actor, Stage.MINE))
        .order_by(*most_urgent_first())
        .limit(most)
    )


def list_of_client(actor: Actor, client_id: UUID, goal_id: UUID | None) -> list[ReferralLine]:
    """The actor's referrals about a client, open ones first, then the newest."""
    statement = _of_client(actor, of_goal=goal_id is not None)
    rows = columns_of(statement, {"client_id": client_id, "goal_id": goal_id}).all()
    return lines_of(actor, rows)


@kept
def _of_client(actor: Actor, of_goal: bool) -> Select[Any]:
    """About the client bound as `client_id`, for the goal bound as `goal_id` or for all."""
    conditions = [*mine(actor), Referral.client_id == bindparam("client_id")]
    if of_goal:
        conditions.append(Referral.goal_id == bindparam("goal_id"))
    over = case((is_over(), 1), else_=0)
    return columns(actor).where(*conditions).order_by(over, *newest_first()).limit(50)


def list_between(actor: Actor, other_id: UUID, most: int = 20) -> list[ReferralLine]:
    """The actor's referrals with one practitioner, newest first."""
    rows = db.session.execute(
        columns(actor)
        .where(*mine(actor), or_(Referral.sender_id == other_id, Referral.receiver_id == other_id))
        .order_by(*newest_first())
        .limit(most)
    ).all()
    return lines_of(actor, rows)


def list_next(actor: Actor, referral_id: UUID) -> list[ReferralLine]:
    """Referrals that follow this one, after a no."""
    rows = db.session.execute(
        columns(actor)
        .where(*mine(actor), Referral.previous_id == referral_id)
        .order_by(Referral.id)
    ).all()
    return lines_of(actor, rows)
