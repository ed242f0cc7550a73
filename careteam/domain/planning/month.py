"""A month as a calendar sheet: whole weeks from Monday to Sunday."""

from calendar import MONDAY, Calendar
from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the sheet; those of the neighbouring months fill the first and last week."""

    on: date
    is_in_month: bool

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= _SATURDAY


@dataclass(frozen=True, slots=True)
class Month:
    """The sheet of the month that begins on `first_on`."""

    first_on: date
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def from_on(self) -> date:
        return self.weeks[0][0].on

    @property
    def to_on(self) -> date:
        """The last day on the sheet."""
        return self.weeks[-1][-1].on

    @property
    def before(self) -> date | None:
        """The first day of the month before; None at the edge of what a plan can hold."""
        day = self.first_on - timedelta(days=1)
        return day.replace(day=1) if day.year >= FIRST_YEAR else None

    @property
    def after(self) -> date | None:
        day = self.first_on + timedelta(days=31)
        return day.replace(day=1) if day.year <= LAST_YEAR else None


def month_of(day: date) -> Month:
    """The sheet of the month that `day` lies in."""
    weeks = Calendar(MONDAY).monthdatescalendar(day.year, day.month)
    return Month(
        first_on=day.replace(day=1),
        weeks=tuple(tuple(Day(on, on.month == day.month) for on in week) for week in weeks),
    )


def read_month(words: str | None) -> date | None:
    """The first day of a month written as '2026-03'; None for anything else."""
    try:
        day = date.fromisoformat(f"{words}-01")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
