"""Days, times and lists in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from careteam.domain.wording import count_words, day_words, instant_words, list_words


def test_day_names_the_year_only_when_it_is_another() -> None:
    assert day_words(date(2026, 11, 4)) == "4 Nov"
    assert day_words(date(2026, 11, 4), date(2026, 1, 1)) == "4 Nov"
    assert day_words(date(2025, 11, 4), date(2026, 1, 1)) == "4 Nov 2025"


def test_instant_is_told_by_the_clock_of_the_zone() -> None:
    at = datetime(2026, 11, 24, 23, 5, tzinfo=UTC)
    assert instant_words(at) == "24 Nov at 23:05"
    assert instant_words(at, ZoneInfo("Europe/Berlin")) == "25 Nov at 00:05"


def test_lists_and_counts_read_well() -> None:
    assert [list_words(list("abc")[:n], "or") for n in range(4)] == ["", "a", "a or b", "a, b or c"]
    assert [count_words(n, "day") for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert count_words(2, "person", "people") == "2 people"
