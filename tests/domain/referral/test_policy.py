"""When each step of the silence policy is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State
from careteam.domain.referral.policy import Plan, Policy, Step, plan_of, standard_policy
from careteam.domain.referral.waiting import Calendar, Pause, Waiting

LONDON = ZoneInfo("Europe/London")
OFFICE = Calendar(LONDON)
POLICY = Policy(remind=3, tell=5, propose=10, expire=20)
MONDAY = datetime(2026, 3, 2, 10, tzinfo=LONDON)
WAITING = Waiting(State.SENT, MONDAY)


def day(number: int) -> datetime:
    """10:00 so many days after the Monday."""
    return datetime(2026, 3, 2 + number, 10, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("urgency", "norms", "policy"),
    [
        (Urgency.EMERGENCY, (0, 1, 1), Policy(tell=1 / 24, every_hour=True)),
        (Urgency.SAME_DAY, (2, 4, 1), Policy(tell=4 / 24, every_hour=True)),
        (Urgency.URGENT, (24, 48, 7), Policy(1, 2, 5, 10)),
        (Urgency.SOON, (72, 120, 14), Policy(3, 5, 10, 20)),
        (Urgency.ROUTINE, (120, 240, 14), Policy(5, 10, 10, 20)),
        (Urgency.INFORMATION, (None, None, None), Policy()),
    ],
)
def test_steps_by_the_norms_of_an_urgency(urgency, norms, policy):
    assert standard_policy(urgency, *norms) == policy


def test_each_step_has_its_day():
    plan = plan_of(WAITING, POLICY, OFFICE)
    assert plan == Plan(day(3), day(7), day(14), day(28))
    assert [plan.at(step) for step in Step] == [day(3), day(7), day(14), day(28)]


def test_steps_left_out_never_come():
    assert plan_of(WAITING, Policy(tell=5), OFFICE) == Plan(tell=day(7))


def test_without_a_way_to_remind_the_sender_is_told_on_that_day():
    plan = plan_of(WAITING, POLICY, OFFICE, may_remind=False)
    assert plan == Plan(None, day(3), day(14), day(28))


def test_a_reminder_is_due_once():
    reminded = replace(WAITING, reminded_at=day(3))
    assert plan_of(reminded, POLICY, OFFICE) == Plan(None, day(7), day(14), day(28))


def test_nobody_is_given_up_right_after_a_late_reminder():
    reminded = replace(WAITING, reminded_at=day(25))
    due = plan_of(reminded, POLICY, OFFICE).expire
    assert due == datetime(2026, 4, 21, 10, tzinfo=LONDON)


def test_call_begins_anew_without_another_reminder():
    called = Waiting(State.SENT, day(7), (), day(7), by_hand=True)
    assert plan_of(called, POLICY, OFFICE) == Plan(
        None, day(14), day(21), datetime(2026, 4, 6, 10, tzinfo=LONDON)
    )


def test_waiting_list_reminds_on_its_day_and_is_not_given_up():
    held = Waiting(State.ON_HOLD, datetime(2026, 3, 7, tzinfo=LONDON))
    monday = datetime(2026, 3, 9, tzinfo=LONDON)
    plan = plan_of(held, POLICY, OFFICE)
    assert plan.remind == monday
    assert plan.tell == monday + timedelta(days=7)
    assert plan.expire is None


def test_telephone_matter_has_no_message():
    plan = plan_of(WAITING, Policy(tell=4 / 24, every_hour=True), OFFICE)
    assert plan == Plan(tell=MONDAY + timedelta(hours=4))


def test_what_is_due_waits_for_the_end_of_a_pause():
    plan, pause = Plan(day(3), day(7), day(14)), Pause(day(6), day(10))
    assert plan.held(pause, day(8)) == Plan(day(10), day(10), day(14))
    assert plan.held(Pause(day(6)), day(8)) == Plan(None, None, day(14))
    assert plan.held(None, day(8)) == plan


days = st.integers(0, 40)


@given(days, days, days, st.integers(0, 60), st.integers(0, 60))
def test_pausing_never_makes_a_step_earlier(remind, more, most, from_day, length):
    policy = Policy(remind, remind + more, remind + more + 1, remind + more + most)
    from_at = MONDAY + timedelta(days=from_day)
    pause = Pause(from_at, from_at + timedelta(days=length))
    plain = plan_of(WAITING, policy, OFFICE)
    paused = plan_of(replace(WAITING, still=(pause,)), policy, OFFICE)
    for step in Step:
        earlier, later = plain.at(step), paused.at(step)
        assert earlier is not None
        assert later is not None
        assert later >= earlier


@given(st.integers(0, 60), st.integers(0, 60))
def test_holding_never_makes_a_step_earlier(from_day, length):
    now = MONDAY + timedelta(days=from_day)
    pause = Pause(now, now + timedelta(days=length))
    plan = plan_of(WAITING, POLICY, OFFICE)
    held = plan.held(pause, now)
    for step in Step:
        before, later = plan.at(step), held.at(step)
        assert before is not None
        assert later is not None
        assert later >= before


def test_lost_mail_is_told_at_once_and_nothing_else_follows():
    lost = replace(WAITING, no_mail=True, lost_at=day(1))
    assert plan_of(lost, POLICY, OFFICE) == Plan(tell=day(1))


def test_whom_mail_does_not_reach_is_rung_as_early_as_reminded():
    plan = plan_of(replace(WAITING, no_mail=True), POLICY, OFFICE)
    assert plan == Plan(None, day(3), day(14), day(28))
