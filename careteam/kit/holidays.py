"""Public holidays of a country or a part of it, without a network."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache

import holidays

USUAL_REGION = {"GB": "ENG"}
"""Where a country as a whole leaves days out that most of it keeps: Easter Monday in Britain."""


def regions(country: str) -> Collection[str]:
    """The codes of the parts of a country that have holidays of their own."""
    return _country(country).subdivisions if has_holidays(country) else ()


def has_holidays(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    try:
        _country(country)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=8)
def public_holidays(country: str, region: str | None = None) -> Collection[date]:
    """The days off of any year; empty for a country whose holidays are not known.

    Raises NotImplementedError for a region the country does not have.
    """
    if not has_holidays(country):
        return frozenset()
    return _DaysOff(_country(country, region or USUAL_REGION.get(country)))


class _DaysOff(Collection[date]):
    """The days of each year that was asked for, kept plainly: counting working hours back asks of
    every day, and the rules take longer to answer than all the rest."""

    def __init__(self, rules: holidays.HolidayBase) -> None:
        self._rules = rules
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in self._of(day.year)

    def __iter__(self) -> Iterator[date]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def _of(self, year: int) -> frozenset[date]:
        if year not in self._years:
            self._rules.get(date(year, 1, 1))  # makes them work out the year
            self._years[year] = frozenset(day for day in self._rules if day.year == year)
        return self._years[year]


def _country(country: str, region: str | None = None) -> holidays.HolidayBase:
    """Asked for by its code: the list of all countries would load every one of them."""
    return holidays.country_holidays(country, subdiv=region)
