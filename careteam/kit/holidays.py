"""Public holidays of a country or a part of it, without a network."""

from __future__ import annotations

from collections.abc import Collection
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
    return _country(country, region or USUAL_REGION.get(country))


def _country(country: str, region: str | None = None) -> holidays.HolidayBase:
    """Asked for by its code: the list of all countries would load every one of them."""
    return holidays.country_holidays(country, subdiv=region)
