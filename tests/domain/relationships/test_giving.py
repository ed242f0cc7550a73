"""Given and received by literal days. Today is Wednesday 4 March 2026."""

from __future__ import annotations

from datetime import date

from careteam.domain.network.periods import HalfYear
from careteam.domain.relationships.giving import (
    Amount,
    Both,
    Exchange,
    Share,
    Stretch,
    given_and_received,
    over_time,
)

NOTHING = Amount()


def exchange(other: str, is_given: bool, on: date, came: str = "") -> Exchange:
    return Exchange(other, is_given, on, came in ("accepted", "closed"), came == "closed")


def test_six_months_move_with_the_day_and_the_half_year_stands() -> None:
    found = given_and_received(
        [
            exchange("ash", True, date(2026, 3, 4), "accepted"),
            exchange("ash", True, date(2025, 9, 5), "closed"),
            exchange("ash", True, date(2025, 9, 4)),
            exchange("ash", False, date(2025, 7, 1), "closed"),
            exchange("ash", False, date(2025, 6, 30)),
            exchange("elm", False, date(2026, 1, 1)),
            exchange("oak", False, date(2024, 1, 1)),
            exchange("oak", True, date(2026, 3, 5)),
        ],
        date(2026, 3, 4),
    )
    assert (found.since, found.over) == (date(2025, 9, 4), HalfYear(2025, 2))
    assert found.shares == [
        Share(
            "ash",
            Both(Amount(2, 2, 1), NOTHING),
            Both(Amount(2, 1, 1), Amount(1, 1, 1)),
            date(2026, 3, 4),
        ),
        Share("elm", Both(NOTHING, Amount(1)), Both(NOTHING, NOTHING), date(2026, 1, 1)),
    ]
    assert found.lately == Both(Amount(2, 2, 1), Amount(1))
    assert found.half_year == Both(Amount(2, 1, 1), Amount(1, 1, 1))


def test_over_time_goes_from_the_first_half_year_to_the_running_one() -> None:
    found = over_time(
        [
            exchange("ash", True, date(2025, 6, 30)),
            exchange("ash", False, date(2025, 7, 1)),
            exchange("elm", False, date(2025, 12, 31)),
            exchange("elm", True, date(2026, 3, 4)),
            exchange("elm", True, date(2026, 3, 5)),
        ],
        date(2026, 3, 4),
    )
    assert found == [
        Stretch(HalfYear(2025, 1), 1, 0),
        Stretch(HalfYear(2025, 2), 0, 2),
        Stretch(HalfYear(2026, 1), 1, 0, is_running=True),
    ]
    assert over_time([], date(2026, 3, 4)) == []


def test_over_time_shows_three_years_at_most() -> None:
    found = over_time([exchange("ash", True, date(2001, 1, 1))], date(2026, 3, 4))
    assert [str(each.half_year) for each in found] == [
        "2023-2", "2024-1", "2024-2", "2025-1", "2025-2", "2026-1",
    ]  # fmt: skip
    assert sum(each.given for each in found) == 0
