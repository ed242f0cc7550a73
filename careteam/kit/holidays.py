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
    return holidays.list_supported_countries().get(country, [])


def has_holidays(country: str) -> bool:
    """Whether the public holidays of a country are known."""
    return country in holidays.list_supported_countries()


@lru_cache(maxsize=8)
def public_holidays(country: str, region: str | None = None) -> Collection[date]:
    """The days off of any year; empty for a country whose holidays are not known.

    Raises NotImplementedError for a region the country does not have.
    """
    if not has_holidays(country):
        return frozenset()
    return holidays.country_holidays(country, subdiv=region or USUAL_REGION.get(country))
