"""How long a referral has been waited for, by events, pauses and days off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.referral import Action, Event, Party, State, Way
from careteam.domain.referral.waiting import (
    Calendar,
    Loss,
    Pause,
    Waiting,
    after,
    waited,
    waiting_of,
)

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
EASTER = (date(2026, 4, 3), date(2026, 4, 6))
OFFICE = Calendar(LONDON, frozenset({*CHRISTMAS, *EASTER}))
Act = tuple[Action, Party, datetime, dict[str, str]]


def at(text: str) -> datetime:
    """A time on the clock of London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def history(*acts: Act) -> list[Event]:
    return [
        Event(number, action, when, "Somebody", party, Way.ACCOUNT, data)
        for number, (action, party, when, data) in enumerate(acts, 1)
    ]


def sent(when: str, route: str = "inbox"):
    return (Action.SEND, Party.SENDER, at(when), {"route": route})


def test_friday_noon_and_three_working_days_is_wednesday_noon():
    assert after(at("2026-03-06 12:00"), 3, OFFICE) == at("2026-03-11 12:00")


def test_good_friday_and_easter_monday_do_not_count():
    assert after(at("2026-04-02 10:00"), 2, OFFICE) == at("2026-04-08 10:00")


def test_christmas_does_not_count():
    assert after(at("2026-12-24 09:00"), 2, OFFICE) == at("2026-12-30 09:00")
    assert after(at("2026-12-30 09:00"), 2, OFFICE) == at("2027-01-04 09:00")


def test_what_is_sent_on_saturday_waits_from_monday():
    assert after(at("2026-03-07 15:00"), 1, OFFICE) == at("2026-03-10 00:00")
    assert after(at("2026-03-07 15:00"), 0, OFFICE) == at("2026-03-09 00:00")


def test_clock_change_leaves_the_time_of_day():
    assert after(at("2026-03-27 10:00"), 1, OFFICE) == at("2026-03-30 10:00")


def test_telephone_matters_count_every_hour():
    saturday = at("2026-04-04 22:00")
    assert after(saturday, 4 / 24, OFFICE, every_hour=True) == saturday + timedelta(hours=4)


def test_pause_without_end_leaves_the_day_unknown():
    pause = Pause(at("2026-03-05 12:00"))
    assert after(at("2026-03-04 12:00"), 3, OFFICE, [pause]) is None
    assert after(at("2026-03-04 12:00"), 0.5, OFFICE, [pause]) == at("2026-03-05 00:00")


def test_open_question_and_pauses_do_not_count():
    events = history(
        sent("2026-03-02 10:00"),
        (Action.ASK, Party.RECEIVER, at("2026-03-03 10:00"), {"text": "Which knee?"}),
        (Action.ANSWER, Party.SENDER, at("2026-03-05 10:00"), {"text": "The left."}),
    )
    waiting = waiting_of(events, OFFICE, [Pause(at("2026-03-06 10:00"), at("2026-03-09 10:00"))])
    assert waiting is not None
    assert waiting.since_at == at("2026-03-02 10:00")
    assert waited(waiting, OFFICE, at("2026-03-05 10:00")) == 1.0
    assert waited(waiting, OFFICE, at("2026-03-09 10:00")) == 2.0
    assert after(waiting.since_at, 3, OFFICE, waiting.still) == at("2026-03-10 10:00")


def test_question_that_is_still_open_stops_the_clock():
    events = history(
        sent("2026-03-02 10:00"),
        (Action.ASK, Party.RECEIVER, at("2026-03-03 10:00"), {"text": "Which knee?"}),
    )
    waiting = waiting_of(events, OFFICE)
    assert waiting is not None
    assert waiting.state is State.NEEDS_INFORMATION
    assert waited(waiting, OFFICE, at("2026-03-20 10:00")) == 1.0
    assert after(waiting.since_at, 3, OFFICE, waiting.still) is None


def test_mail_is_waited_for_from_its_delivery():
    mailed = sent("2026-03-02 10:00", "mail")
    assert waiting_of(history(mailed), OFFICE) is None
    delivered = (Action.DELIVER, Party.POLICY, at("2026-03-02 10:05"), dict[str, str]())
    waiting = waiting_of(history(mailed, delivered), OFFICE)
    assert waiting is not None
    assert waiting.since_at == at("2026-03-02 10:05")


def test_reminder_by_hand_begins_anew_and_the_policys_does_not():
    by_policy = (Action.REMIND, Party.POLICY, at("2026-03-05 10:00"), dict[str, str]())
    by_hand = (Action.REMIND, Party.SENDER, at("2026-03-06 10:00"), dict[str, str]())
    first = waiting_of(history(sent("2026-03-02 10:00"), by_policy), OFFICE)
    second = waiting_of(history(sent("2026-03-02 10:00"), by_policy, by_hand), OFFICE)
    assert first == Waiting(State.SENT, at("2026-03-02 10:00"), reminded_at=at("2026-03-05 10:00"))
    assert second == Waiting(
        State.SENT, at("2026-03-06 10:00"), (), at("2026-03-06 10:00"), by_hand=True
    )


def test_waiting_list_waits_from_its_day_even_after_a_call():
    held = (Action.HOLD, Party.RECEIVER, at("2026-03-03 10:00"), {"review_on": "2026-04-01"})
    call = (Action.REMIND, Party.SENDER, at("2026-03-10 10:00"), dict[str, str]())
    waiting = waiting_of(history(sent("2026-03-02 10:00"), held, call), OFFICE)
    assert waiting == Waiting(State.ON_HOLD, at("2026-04-01 00:00"))
    assert waited(waiting, OFFICE, at("2026-03-20 10:00")) == 0.0


def test_given_up_and_opened_again_waits_anew():
    expired = (Action.EXPIRE, Party.POLICY, at("2026-03-20 10:00"), dict[str, str]())
    reopened = (Action.REOPEN, Party.SENDER, at("2026-03-23 10:00"), dict[str, str]())
    acknowledged = (Action.ACKNOWLEDGE, Party.RECEIVER, at("2026-03-24 10:00"), dict[str, str]())
    start = [sent("2026-03-02 10:00"), expired]
    assert waiting_of(history(*start), OFFICE) is None
    for last in (reopened, acknowledged):
        waiting = waiting_of(history(*start, last), OFFICE)
        assert waiting is not None
        assert waiting.since_at == last[2]


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.DECLINE])
def test_nobody_waits_after_a_yes_or_no(action: Action):
    data = {"contact": "client"} if action is Action.ACCEPT else {"reason": "no_capacity"}
    answered = (action, Party.RECEIVER, at("2026-03-03 10:00"), data)
    assert waiting_of(history(sent("2026-03-02 10:00"), answered), OFFICE) is None


def test_overlapping_pauses_count_once():
    events = history(sent("2026-03-02 10:00"))
    monday, friday = at("2026-03-02 12:00"), at("2026-03-06 12:00")
    pauses = [Pause(monday, friday), Pause(at("2026-03-03 12:00"), at("2026-03-04 12:00"))]
    waiting = waiting_of(events, OFFICE, pauses)
    assert waiting is not None
    assert waiting.still == (Pause(monday, friday),)


instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 2, 1), timezones=st.just(UTC))
lengths = st.floats(0, 30, allow_nan=False).map(lambda days: timedelta(days=days))


@st.composite
def pauses(draw) -> Pause:
    from_at = draw(instants)
    return Pause(from_at, from_at + draw(lengths))


@given(instants, st.lists(pauses(), max_size=4), pauses(), st.floats(0, 25))
def test_another_pause_never_makes_a_day_earlier(start, some, more, days):
    events = [Event(1, Action.SEND, start, "S", Party.SENDER, data={"route": "inbox"})]
    few, many = (waiting_of(events, OFFICE, each) for each in (some, [*some, more]))
    assert few is not None
    assert many is not None
    earlier = after(start, days, OFFICE, few.still)
    later = after(start, days, OFFICE, many.still)
    assert earlier is not None
    assert later is not None
    assert later >= earlier


@given(instants, st.lists(pauses(), max_size=4), st.floats(0.01, 25))
def test_so_many_days_have_been_waited_when_they_are_due(start, some, days):
    events = [Event(1, Action.SEND, start, "S", Party.SENDER, data={"route": "inbox"})]
    waiting = waiting_of(events, OFFICE, some)
    assert waiting is not None
    due = after(start, days, OFFICE, waiting.still)
    assert due is not None
    assert waited(waiting, OFFICE, due) == pytest.approx(days, abs=1e-6)


LOST = Loss(sent_at=at("2026-03-02 10:00"), lost_at=at("2026-03-03 10:00"))
NOBODY_REACHED = Waiting(
    State.SENT, at("2026-03-03 10:00"), no_mail=True, lost_at=at("2026-03-03 10:00")
)


@pytest.mark.parametrize("route", ["mail", "inbox"])
def test_nobody_waits_for_an_answer_to_a_mail_that_was_lost(route: str):
    assert waiting_of(history(sent("2026-03-02 10:00", route)), OFFICE, loss=LOST) == NOBODY_REACHED


def test_loss_of_an_earlier_mail_is_over_with_the_next_sending():
    events = history(
        sent("2026-03-02 09:00", "mail"),
        (Action.WITHDRAW, Party.SENDER, at("2026-03-02 11:00"), {}),
        (Action.REOPEN, Party.SENDER, at("2026-03-02 11:00"), {}),
        sent("2026-03-04 10:00"),
    )
    assert waiting_of(events, OFFICE, loss=LOST) == Waiting(State.SENT, at("2026-03-04 10:00"))


def test_answer_call_and_link_in_hand_end_the_loss():
    first = sent("2026-03-02 10:00")
    ring: Act = (Action.REMIND, Party.SENDER, at("2026-03-04 10:00"), {})
    word: Act = (Action.ACKNOWLEDGE, Party.RECEIVER, at("2026-03-02 12:00"), {})
    handed = Loss(LOST.sent_at, LOST.lost_at, at("2026-03-05 10:00"))
    assert waiting_of(history(first, ring), OFFICE, loss=LOST) == Waiting(
        State.SENT,
        at("2026-03-04 10:00"),
        reminded_at=at("2026-03-04 10:00"),
        by_hand=True,
        no_mail=True,
    )
    assert waiting_of(history(first, word), OFFICE, loss=LOST) == Waiting(
        State.ACKNOWLEDGED, at("2026-03-02 10:00"), no_mail=True
    )
    assert waiting_of(history(first), OFFICE, loss=handed) == Waiting(
        State.SENT, at("2026-03-05 10:00"), no_mail=True
    )


def test_link_handed_over_before_the_loss_was_known_does_not_end_it():
    before = Loss(LOST.sent_at, LOST.lost_at, at("2026-03-03 09:00"))
    assert waiting_of(history(sent("2026-03-02 10:00")), OFFICE, loss=before) == NOBODY_REACHED
