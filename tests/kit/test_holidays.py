"""Days off by country and region."""

from __future__ import annotations

from datetime import date

import pytest

from careteam.kit.holidays import public_holidays, regions


def test_easter_monday_and_boxing_day_are_off_in_britain():
    days = public_holidays("GB")
    off = [date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)]
    assert [day in days for day in off] == [True, True, True, True]
    assert date(2026, 12, 24) not in days


def test_region_has_its_own_days():
    assert date(2026, 4, 6) not in public_holidays("GB", "SCT")
    assert date(2026, 11, 30) in public_holidays("GB", "SCT")
    assert "SCT" in regions("GB")


def test_country_without_known_holidays_has_none():
    assert date(2026, 1, 1) not in public_holidays("XX")
    assert list(regions("XX")) == []


def test_unknown_region_is_refused():
    with pytest.raises(NotImplementedError):
        public_holidays("GB", "XYZ")
