"""The columns of the board, the usual next step, and how far an answer is past the usual one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.referral import (
    Action,
    Column,
    Party,
    State,
    column_of,
    may,
    next_step,
    working_days,
    working_hours_ago,
)
from careteam.domain.referral.asking_first import may_be_answered
from careteam.domain.referral.board import COLUMN_OF, COLUMNS, EITHER_WAY

WEDNESDAY = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))


def test_every_state_has_a_column_and_every_column_words() -> None:
    assert set(COLUMN_OF) == set(State)
    assert set(COLUMNS) == set(EITHER_WAY) == set(Column)


@pytest.mark.parametrize(
    ("state", "side", "is_over", "column"),
    [
        (State.DECLINED, Party.SENDER, False, "sent"),
        (State.DECLINED, Party.RECEIVER, False, "closed"),
        (State.REDIRECTED, Party.SENDER, True, "closed"),
        (State.EXPIRED, Party.RECEIVER, False, "sent"),
        (State.ON_HOLD, Party.SENDER, False, "waiting-list"),
        (State.DID_NOT_ATTEND, Party.RECEIVER, False, "accepted"),
        (State.WITHDRAWN, Party.SENDER, False, "closed"),
    ],
)
def test_column_of_each_side(state: State, side: Party, is_over: bool, column: str) -> None:
    assert column_of(state, side, is_over=is_over) == column


@pytest.mark.parametrize("side", [Party.SENDER, Party.RECEIVER])
@pytest.mark.parametrize("state", State)
def test_next_step_is_one_the_table_allows(state: State, side: Party) -> None:
    step = next_step(state, side)
    if step is not None:
        assert may(state, step.action, side, by_hand=step.by_hand)
        assert step.label


def test_sender_of_a_report_closes_and_nothing_follows_what_is_over() -> None:
    step = next_step(State.REPORTED, Party.SENDER)
    assert step is not None
    assert step.action is Action.CLOSE
    assert next_step(State.CLOSED, Party.SENDER) is None
    assert next_step(State.DECLINED, Party.SENDER, is_over=True) is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (0.0, datetime(2026, 3, 4, 10, 0, tzinfo=UTC)),
        (10.0, datetime(2026, 3, 4, 0, 0, tzinfo=UTC)),
        (24.0, datetime(2026, 3, 3, 10, 0, tzinfo=UTC)),
        (72.0, datetime(2026, 2, 27, 10, 0, tzinfo=UTC)),
    ],
)
def test_working_hours_are_counted_back_over_a_weekend(hours: float, expected: datetime) -> None:
    assert working_hours_ago(WEDNESDAY, hours) == expected


def test_day_off_is_not_counted() -> None:
    monday_off = [date(2026, 3, 3)]
    assert working_hours_ago(WEDNESDAY, 24.0, UTC, monday_off) == WEDNESDAY - timedelta(days=2)


@given(now=instants, hours=st.floats(0, 500))
def test_counting_back_is_the_inverse_of_counting(now: datetime, hours: float) -> None:
    assert working_days(working_hours_ago(now, hours), now) * 24 == pytest.approx(hours, abs=1e-3)


def test_negative_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        working_hours_ago(WEDNESDAY, -1)


def test_question_is_answered_until_taken_back_or_old() -> None:
    assert may_be_answered("sent", WEDNESDAY, WEDNESDAY + timedelta(days=89))
    assert may_be_answered("answered", WEDNESDAY, WEDNESDAY + timedelta(days=1))
    assert not may_be_answered("withdrawn", WEDNESDAY, WEDNESDAY)
    assert not may_be_answered("sent", WEDNESDAY, WEDNESDAY + timedelta(days=90))
