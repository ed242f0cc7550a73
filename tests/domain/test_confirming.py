from datetime import date, timedelta

from careteam.domain.confirming import is_unconfirmed, last_confirmed

ENTERED = date(2025, 1, 10)


def test_latest_word_counts_and_entering_where_there_is_none() -> None:
    assert last_confirmed(ENTERED, None, None) == ENTERED
    assert last_confirmed(ENTERED, date(2025, 3, 1), date(2025, 2, 1)) == date(2025, 3, 1)
    assert last_confirmed(ENTERED, date(2024, 3, 1), None) == date(2024, 3, 1)


def test_half_a_year_is_still_relied_on() -> None:
    assert not is_unconfirmed(ENTERED, ENTERED + timedelta(days=183))
    assert is_unconfirmed(ENTERED, ENTERED + timedelta(days=184))
