"""What is due with whom, by literal days. Today is Wednesday 4 March 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from careteam.domain.relationships.tending import (
    Dealings,
    Nudge,
    Span,
    Why,
    months_later,
    nudge_of,
)
from careteam.domain.relationships.touches import Kind

TODAY = date(2026, 3, 4)


def on(month: int, day: int, year: int = 2026) -> Span:
    return Span(date(year, month, day), date(year, month, day))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2025, 12, 4), 3, date(2026, 3, 4)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_month_is_the_same_day_or_the_last_of_a_shorter_one(
    day: date, months: int, later: date
) -> None:
    assert months_later(day, months) == later


def test_rhythm_is_counted_from_the_last_real_contact_a_referral_being_one() -> None:
    wish = Dealings(every_months=3, wished_on=date(2025, 6, 1))
    assert nudge_of(wish, TODAY) == Nudge(Why.RHYTHM, date(2025, 9, 1))
    spoken = replace(wish, spoke_on=date(2025, 12, 4))
    assert nudge_of(spoken, TODAY) == Nudge(Why.RHYTHM, TODAY)
    assert nudge_of(replace(wish, referral_on=date(2025, 12, 5)), TODAY) is None
    left = replace(spoken, touches={Kind.CV_LEFT: on(3, 1)})
    assert nudge_of(left, TODAY) == Nudge(Why.RHYTHM, TODAY), "a CV left is no contact yet"


def test_first_meeting_is_thanked_for_within_two_days_and_a_second_is_not() -> None:
    met = {Kind.MET: on(3, 3)}
    assert nudge_of(Dealings(met), TODAY) == Nudge(Why.THANKS, date(2026, 3, 5))
    assert nudge_of(Dealings(met | {Kind.THANK_YOU: on(3, 3)}), TODAY) is None
    assert nudge_of(Dealings({Kind.MET: Span(date(2025, 1, 9), date(2026, 3, 3))}), TODAY) is None
    assert nudge_of(Dealings({Kind.VISIT: on(2, 1)}), TODAY) is None, "too late to thank"


def test_whoever_sent_a_client_is_thanked_once_the_client_was_seen() -> None:
    before = {Kind.THANK_YOU: on(2, 1)}
    found = nudge_of(Dealings(before, seen_on=date(2026, 3, 1)), TODAY)
    assert found == Nudge(Why.THANKS, date(2026, 3, 3))


def test_one_person_is_named_once_and_what_presses_most_speaks() -> None:
    dealings = Dealings(
        {Kind.MET: on(3, 2)},
        every_months=1,
        wished_on=date(2026, 1, 1),
        next_on=date(2026, 3, 1),
    )
    assert nudge_of(dealings, TODAY) == Nudge(Why.THANKS, TODAY, (Why.FOLLOW_UP,))


def test_nothing_is_said_while_it_is_put_off_or_after_something_was_done_today() -> None:
    late = Dealings(next_on=date(2026, 3, 1))
    assert nudge_of(late, TODAY) == Nudge(Why.FOLLOW_UP, date(2026, 3, 1))
    assert nudge_of(Dealings(snoozed_until=date(2026, 3, 5)), TODAY) is None
    assert nudge_of(replace(late, snoozed_until=TODAY), TODAY) is not None
    assert nudge_of(replace(late, spoke_on=TODAY), TODAY) is None
    assert nudge_of(replace(late, done_on=TODAY), TODAY) is None
    assert nudge_of(Dealings(next_on=date(2026, 3, 5)), TODAY) is None
