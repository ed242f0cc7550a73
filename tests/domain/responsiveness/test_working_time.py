"""Working time of many instants agrees with the response clock's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.referral import working_days
from careteam.domain.responsiveness import working_days_between

LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6)})
instants = st.datetimes(
    datetime(2026, 3, 20), datetime(2026, 4, 15), timezones=st.just(UTC)
)  # the clocks go forward, Good Friday and Easter Monday


def seconds(*at: datetime) -> np.ndarray:
    return np.array([each.timestamp() for each in at])


def test_weekend_and_bank_holidays_do_not_count():
    thursday = datetime(2026, 4, 2, 9, tzinfo=UTC)
    tuesday = datetime(2026, 4, 7, 9, tzinfo=UTC)

    plain = working_days_between(seconds(thursday), seconds(tuesday), UTC)
    easter = working_days_between(seconds(thursday), seconds(tuesday), UTC, BANK_HOLIDAYS)

    assert (plain.tolist(), easter.tolist()) == ([3.0], [1.0])


def test_end_before_start_is_nothing_and_unknown_stays_unknown():
    noon = seconds(datetime(2026, 3, 4, 12, tzinfo=UTC))[0]
    found = working_days_between(
        np.array([noon, noon, np.nan]), np.array([noon - 9000, np.nan, noon])
    )
    assert found[0] == 0
    assert np.isnan(found[1:]).all()


@given(st.lists(st.tuples(instants, instants), min_size=1, max_size=8))
def test_agrees_with_the_clock_of_one_referral(pairs):
    starts, ends = zip(*pairs, strict=True)
    found = working_days_between(seconds(*starts), seconds(*ends), LONDON, BANK_HOLIDAYS)
    expected = [working_days(start, end, LONDON, BANK_HOLIDAYS) for start, end in pairs]
    assert np.allclose(found, expected, atol=1e-6)


def test_days_begin_at_midnight_of_the_zone():
    monday = datetime(2026, 3, 30, tzinfo=LONDON)  # 23:00 on Sunday in UTC
    start, end = seconds(monday), seconds(monday + timedelta(days=1))
    assert working_days_between(start, end, LONDON).tolist() == [1.0]
    assert working_days_between(start, end, UTC).tolist() == [23 / 24]
