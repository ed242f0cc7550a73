"""Half-years: the only moments in which ties of others are told, and stretches of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LONGEST = 40
"""Half-years in one stretch at the most."""
_WRITTEN = re.compile(r"(19[5-9]\d|20\d\d)-([12])")


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Half 1 is January to June, half 2 July to December."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def read(cls, text: str) -> HalfYear | None:
        """From an address ("2026-1"); None for anything else."""
        found = _WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def moved(self, steps: int) -> HalfYear:
        """So many half-years later, or earlier for a negative number."""
        year, half = divmod(self.year * 2 + self.half - 1 + steps, 2)
        return HalfYear(year, half + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def words(self) -> str:
        return f"{'January to June' if self.half == 1 else 'July to December'} {self.year}"

    def __str__(self) -> str:
        """As in an address."""
        return f"{self.year}-{self.half}"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first half-year to the last, both included, at most `LONGEST`."""

    first: HalfYear
    last: HalfYear

    @classmethod
    def between(cls, one: HalfYear, other: HalfYear) -> Period:
        """In whichever order they come; of a longer stretch the newest part."""
        first, last = sorted((one, other))
        return cls(max(first, last.moved(1 - LONGEST)), last)

    @property
    def half_years(self) -> tuple[HalfYear, ...]:
        count = (self.last.year - self.first.year) * 2 + self.last.half - self.first.half + 1
        return tuple(self.first.moved(step) for step in range(count))

    @property
    def words(self) -> str:
        """ "January to June 2026", "July 2024 to June 2026"."""
        if self.first == self.last:
            return self.first.words
        start = "January" if self.first.half == 1 else "July"
        end = "June" if self.last.half == 1 else "December"
        if self.first.year == self.last.year:
            return f"{start} to {end} {self.last.year}"
        return f"{start} {self.first.year} to {end} {self.last.year}"
