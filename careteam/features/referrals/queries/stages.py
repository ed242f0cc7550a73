"""Which of a practitioner's referrals need them now, as conditions of a query."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import ColumnElement, Date, and_, exists, func, or_

from careteam.access.actor import Actor
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Column, State, WaitingOn
from careteam.domain.referral.board import COLUMN_OF, REFUSED
from careteam.features.pathways.content import load_content
from careteam.features.referrals.chasing.queries import is_overdue
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import read_later
from careteam.kit.listed import one_of

FADING = REFUSED | {State.EXPIRED}
"""Without a yes: over once somebody else is asked, or after some weeks."""
SEATLESS_NO_FADES = timedelta(days=14)
"""After this time a no without an open seat asks nothing more of its sender."""


class Stage(StrEnum):
    """The segments of the list: needs me now, goes its way, asks nothing more."""

    MINE = "mine"
    UNDER_WAY = "under-way"
    OVER = "over"


@cache
def is_over() -> ColumnElement[bool]:
    """Nobody waits, or a no that has found its answer: somebody else is asked, or weeks passed."""
    refused = one_of(Referral.status, sorted(FADING))
    seat_is_open = (
        exists().where(Seat.id == Referral.seat_id, Seat.state == "open").correlate(Referral)
    )
    said_at = func.coalesce(Referral.status_at, Referral.created_at)
    faded = read_later(lambda: clock.now() - SEATLESS_NO_FADES, Referral.created_at.type)
    stale = said_at < faded
    answered = or_(
        and_(Referral.seat_id.is_not(None), ~seat_is_open),
        and_(Referral.seat_id.is_(None), stale),
    )
    return or_(Referral.waiting_on == WaitingOn.NOBODY, and_(refused, answered))


def in_stage(actor: Actor, stage: Stage) -> ColumnElement[bool]:
    """The three stages cover every referral and never overlap."""
    if stage is Stage.OVER:
        return is_over()
    mine = or_(_asks_sender(actor), _asks_receiver(actor))
    return and_(~is_over(), mine if stage is Stage.MINE else ~mine)


def in_column(actor: Actor, column: Column) -> ColumnElement[bool]:
    """The columns of the board: like `column_of`, they cover every referral and never overlap."""
    states = [state for state, each in COLUMN_OF.items() if each is column]
    said_no = and_(
        Referral.receiver_id == actor.practitioner_id, Referral.status.in_(sorted(REFUSED))
    )
    done = or_(said_no, and_(Referral.status.in_(sorted(FADING)), is_over()))
    if column is Column.CLOSED:
        return or_(Referral.status.in_(states), done)
    if column is Column.SENT:
        return and_(Referral.status.in_(states), ~done)
    return Referral.status.in_(states)


def _asks_sender(actor: Actor) -> ColumnElement[bool]:
    return and_(Referral.sender_id == actor.practitioner_id, asks_sender())


def _asks_receiver(actor: Actor) -> ColumnElement[bool]:
    return and_(Referral.receiver_id == actor.practitioner_id, asks_receiver())


@cache
def asks_sender() -> ColumnElement[bool]:
    """It is the sender's turn, or the answer they wait for is overdue."""
    return or_(Referral.waiting_on == WaitingOn.SENDER, is_overdue())


@cache
def asks_receiver() -> ColumnElement[bool]:
    """What is booked or on the waiting list asks again only when its day has come."""
    due = or_(
        one_of(Referral.status, [State.SENT, State.ACKNOWLEDGED, State.ACCEPTED]),
        and_(
            Referral.status == State.ON_HOLD,
            func.coalesce(Referral.review_on, date.min) <= read_later(clock.today, Date()),
        ),
        and_(
            Referral.status == State.BOOKED,
            func.coalesce(Referral.appointment_at, Referral.created_at)
            <= read_later(clock.now, Referral.created_at.type),
        ),
    )
    return and_(Referral.waiting_on == WaitingOn.RECEIVER, due)


def chase_hours(urgency: Urgency) -> float | None:
    """After how many hours an answer is wanted by the norms of the catalogue; None for never."""
    return load_content().catalogue.urgency_levels[urgency].chase_after_hours
