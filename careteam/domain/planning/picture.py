"""Geometry of the table with bars: month ticks and a bar for each milestone, in percent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from careteam.domain.planning.graph import by_id
from careteam.domain.planning.values import Milestone
from careteam.domain.wording import MONTHS

MOST_TICKS = 8
SMALLEST_BAR = 1.5


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, its place in percent, its label: 'Sep', in a new year 'Jan 27'."""

    on: date
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One milestone's bar: left edge and width in percent of the picture."""

    milestone_id: str
    from_on: date
    to_on: date
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture: whole months from `from_on`, `to_on` excluded; undated ones have no bar.

    `today_x` is None when today lies outside.
    """

    from_on: date
    to_on: date
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    today_x: float | None

    def bar(self, milestone_id: str) -> Bar | None:
        """The bar of one milestone, None when it has no date."""
        return next((bar for bar in self.bars if bar.milestone_id == milestone_id), None)


def draw(milestones: Iterable[Milestone], today: date, start_on: date | None = None) -> Picture:
    """The picture of a plan; an empty plan shows the month of `today`.

    A bar ends on the day the milestone was finished, else on its date. It begins where the last
    of those it waits for ends, else on `start_on` (the anchor), and never after its own end.
    """
    known = by_id(milestones)
    spans = {
        id_: span
        for id_, milestone in known.items()
        if (span := _span(milestone, known, start_on)) is not None
    }
    first = min((span[0] for span in spans.values()), default=today)
    last = max((span[1] for span in spans.values()), default=today)
    from_on, to_on = first.replace(day=1), _next_month(last)
    total = (to_on - from_on).days

    def place(on: date) -> float:
        return round(100 * (on - from_on).days / total, 3)

    return Picture(
        from_on=from_on,
        to_on=to_on,
        ticks=tuple(
            Tick(on, place(on), _label(on, before))
            for before, on in pairwise([from_on, *_months(from_on, to_on)])
        ),
        bars=tuple(_bar(id_, span, place(span[0]), place(span[1])) for id_, span in spans.items()),
        today_x=place(today) if from_on <= today < to_on else None,
    )


def _span(
    milestone: Milestone, known: dict[str, Milestone], start_on: date | None
) -> tuple[date, date] | None:
    end = _end(milestone)
    if end is None:
        return None
    before = [on for id_ in milestone.depends_on if (on := _end(known[id_])) is not None]
    start = max(before) if before else start_on or end
    return min(start, end), end


def _end(milestone: Milestone) -> date | None:
    return milestone.closed_on or milestone.due_on


def _bar(milestone_id: str, span: tuple[date, date], x: float, to_x: float) -> Bar:
    width = max(round(to_x - x, 3), SMALLEST_BAR)
    return Bar(milestone_id, *span, x=min(x, 100 - width), width=width)


def _next_month(on: date) -> date:
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months(from_on: date, to_on: date) -> list[date]:
    """First days of months, thinned evenly to at most MOST_TICKS."""
    months = []
    on = from_on
    while on < to_on:
        months.append(on)
        on = _next_month(on)
    return months[:: -(-len(months) // MOST_TICKS)]


def _label(on: date, before: date) -> str:
    month = MONTHS[on.month - 1]
    return month if on.year == before.year else f"{month} {on:%y}"
