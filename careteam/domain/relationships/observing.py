"""Facts about how somebody works in public: what can be observed, and how long it holds.

There is no score: each fact stands by itself, with its day, its link and who saw it. That a look
into a register holds for a year is a choice of this project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from careteam.domain.relationships.tending import months_later

REGISTER_MONTHS = 12
SOON = timedelta(days=30)


class Fact(StrEnum):
    REGISTER = "register"
    INSURANCE = "insurance"
    WEBSITE = "website"
    REFERENCE = "reference"
    MET = "met"
    SOCIAL = "social"


FACT_LABELS = {
    Fact.REGISTER: "Register looked up",
    Fact.INSURANCE: "Insurance seen",
    Fact.WEBSITE: "Website",
    Fact.REFERENCE: "Reference asked for",
    Fact.MET: "Met in person",
    Fact.SOCIAL: "Public social activity",
}
RESULTS: dict[Fact, dict[str, str]] = {
    Fact.REGISTER: {
        "found": "found",
        "conditions": "found, with conditions",
        "not_found": "not found",
    },
    Fact.WEBSITE: {
        "agrees": "says the same as the entry",
        "differs": "says something else than the entry",
        "gone": "does not open",
    },
}
"""What a look can show, where it is one of a few; other facts have no result."""
ANSWERS = {"yes": "yes", "no": "no", "unclear": "unclear"}


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a fact holds; None is for good, with its day beside it."""

    until_on: date | None

    def is_over(self, today: date) -> bool:
        return self.until_on is not None and self.until_on < today

    def ends_soon(self, today: date) -> bool:
        """Over, or within the next days."""
        return self.until_on is not None and self.until_on <= today + SOON


def lasting(fact: Fact, observed_on: date, insured_until: date | None = None) -> Lasting:
    if fact is Fact.REGISTER:
        return Lasting(months_later(observed_on, REGISTER_MONTHS))
    return Lasting(insured_until if fact is Fact.INSURANCE else None)
