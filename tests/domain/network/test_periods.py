"""Half-years: in words, in addresses, and stretches of them."""

from datetime import date

import pytest

from careteam.domain.network.periods import LONGEST, HalfYear, Period


@pytest.mark.parametrize(
    ("day", "written", "words"),
    [
        (date(2026, 6, 30), "2026-1", "January to June 2026"),
        (date(2026, 7, 1), "2026-2", "July to December 2026"),
    ],
)
def test_half_year_of_a_day(day, written, words):
    half = HalfYear.of(day)
    assert (str(half), half.words) == (written, words)
    assert HalfYear.read(written) == half
    assert half.first_day <= day < half.moved(1).first_day


@pytest.mark.parametrize("text", ["", "2026", "2026-3", "2026-0", "1026-1", "2026-1 ", "-1"])
def test_anything_else_in_an_address_is_no_half_year(text):
    assert HalfYear.read(text) is None


def test_half_years_go_on_over_the_year():
    assert HalfYear(2026, 1).moved(-1) == HalfYear(2025, 2)
    assert HalfYear(2025, 1).moved(3) == HalfYear(2026, 2)


@pytest.mark.parametrize(
    ("one", "other", "words", "count"),
    [
        ((2026, 1), (2026, 1), "January to June 2026", 1),
        ((2026, 2), (2026, 1), "January to December 2026", 2),
        ((2024, 2), (2026, 1), "July 2024 to June 2026", 4),
        ((1950, 1), (2026, 1), "July 2006 to June 2026", LONGEST),
    ],
)
def test_period_holds_both_ends_in_whichever_order(one, other, words, count):
    period = Period.between(HalfYear(*one), HalfYear(*other))
    assert (period.words, len(period.half_years)) == (words, count)
    assert period.half_years[-1] == period.last
