"""The course of one measure: the picture's points, and what can be said of it in words.

A change is told by the smallest one worth talking about (the catalogue's minimal important change);
where none is known, the catalogue's note stands in its place and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from careteam.domain.pathway.vocabulary import Direction
from careteam.domain.planning import Milestone, Tick, draw
from careteam.domain.wording import day_words
from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import Offered

FEWEST = 2
"""Values from which on a change can be told."""
STRIPES = 5
STRETCHES = 30
"""A longer course is drawn by the lowest and highest value of so many stretches of it."""
WHOLE_RANGE = 100
"""A measure whose range is at most this long is drawn whole; a longer one around its values."""


@dataclass(frozen=True, slots=True)
class Point:
    """`x` in percent of the time shown; `on` is the day in words."""

    value: float | int
    x: float
    on: str
    note: str | None


@dataclass(frozen=True)
class Course:
    """What was measured so far. `low` and `high` are the ends of the drawn scale. The picture is
    worked out where it is drawn: a client's page draws one of half a dozen.
    """

    offered: Offered
    values: tuple[Measurement, ...]
    low: float
    high: float
    baseline: float | None
    target: float | None
    target_on: date | None
    today: date

    @cached_property
    def points(self) -> tuple[Point, ...]:
        first, last = _time(self.values, self.today)
        return tuple(
            Point(
                plain(value.value),
                _place(value.taken_on, first, last),
                day_words(value.taken_on, self.today),
                value.note,
            )
            for value in drawn_of(self.values)
        )

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        return _ticks(*_time(self.values, self.today), self.today)

    @property
    def bands(self) -> list[dict[str, object]]:
        """Five stripes of equal height behind the picture."""
        step = (self.high - self.low) / STRIPES
        return [
            {"label": "", "low": self.low + step * at, "high": self.low + step * (at + 1)}
            for at in range(STRIPES)
        ]

    @property
    def aim(self) -> float | int | None:
        """The target as the picture writes it."""
        return None if self.target is None else plain(self.target)

    @property
    def last(self) -> Measurement | None:
        return self.values[-1] if self.values else None

    @property
    def due_on(self) -> date | None:
        """The next day on which the pathway asks for a value."""
        return self.offered.next_day(max([self.today, *(v.taken_on for v in self.values)]))

    @property
    def change(self) -> float | None:
        """From the first value to the last; None while it is too early to say."""
        if len(self.values) < FEWEST:
            return None
        return round(self.values[-1].value - self.values[0].value, 6)

    @property
    def trend(self) -> str:
        """'up 3 since 3 Mar', 'the same as on 3 Mar', 'too few to say'."""
        if self.change is None:
            return "too few to say"
        since = day_words(self.values[0].taken_on, self.today)
        if self.change == 0:
            return f"the same as on {since}"
        return f"{'up' if self.change > 0 else 'down'} {abs(self.change):g} since {since}"

    @property
    def is_better(self) -> bool | None:
        """Whether an important change went the wanted way; None where nothing can be said."""
        important = self.offered.measure.minimal_important_change.value
        if self.change is None or important is None or abs(self.change) < important:
            return None
        return (self.change > 0) == (self.offered.measure.better is Direction.HIGHER)

    @property
    def meaning(self) -> str:
        """What the change means, in a sentence."""
        important = self.offered.measure.minimal_important_change
        if important.value is None:
            return important.note
        unit = self.offered.measure.unit
        least = f"A change of {important.value:g} {unit} or more is worth noticing"
        if self.change is None:
            return f"{least}."
        if self.is_better is None:
            return f"{least}; this is less."
        return f"{least}; this is one, {'for the better' if self.is_better else 'for the worse'}."

    @property
    def summary(self) -> str:
        """The picture in words."""
        if not self.values:
            return f"{self.offered.measure.name}: nothing recorded yet."
        said = ", ".join(
            f"{value.value:g} on {day_words(value.taken_on, self.today)}"
            for value in drawn_of(self.values)
        )
        if len(self.points) < len(self.values):
            said = f"{len(self.points)} of {len(self.values):,} values: {said}"
        aim = f" Target {self.target:g}." if self.target is not None else ""
        return f"{self.offered.measure.name}: {said}.{aim}"


def course_of(
    offered: Offered,
    values: Sequence[Measurement],
    today: date,
    baseline: float | None = None,
    target: float | None = None,
    target_on: date | None = None,
) -> Course:
    """The course of one measure; `baseline` and `target` are the goal's where it is the goal's."""
    drawn = [value.value for value in values]
    drawn += [number for number in (baseline, target) if number is not None]
    low, high = _scale(offered, drawn)
    return Course(
        offered=offered,
        values=tuple(values),
        low=low,
        high=high,
        baseline=baseline,
        target=target,
        target_on=target_on,
        today=today,
    )


def drawn_of(values: Sequence[Measurement]) -> Sequence[Measurement]:
    """What a picture shows: all, or of a long course the first, the last, and the lowest and
    highest of each stretch, so that no peak is left out.
    """
    if len(values) <= 2 * STRETCHES:
        return values
    kept = {0, len(values) - 1}
    for stretch in range(STRETCHES):
        begin, end = (len(values) * each // STRETCHES for each in (stretch, stretch + 1))
        places = range(begin, end)
        kept |= {min(places, key=lambda at: values[at].value)}
        kept |= {max(places, key=lambda at: values[at].value)}
    return [values[at] for at in sorted(kept)]


def plain(value: float) -> float | int:
    """A number without a point where it needs none."""
    return int(value) if value == int(value) else round(value, 6)


def _scale(offered: Offered, drawn: Sequence[float]) -> tuple[float, float]:
    low, high = offered.measure.minimum, offered.measure.maximum
    if high - low <= WHOLE_RANGE or not drawn:
        return low, high
    room = max((max(drawn) - min(drawn)) * 0.25, (high - low) * 0.02)
    return max(low, min(drawn) - room), min(high, max(drawn) + room)


def _time(values: Sequence[Measurement], today: date) -> tuple[date, date]:
    first = min([value.taken_on for value in values], default=today)
    last = max([value.taken_on for value in values], default=today)
    return first, max(last, first + timedelta(days=1))


def _place(day: date, first: date, last: date) -> float:
    return round(100 * (day - first).days / (last - first).days, 2)


def _ticks(first: date, last: date, today: date) -> tuple[Tick, ...]:
    """Months as on the plan, placed along the time of the chart; the two ends of a short one."""
    span = [Milestone("first", "", "", first), Milestone("last", "", "", last)]
    months = [tick for tick in draw(span, today).ticks if first <= tick.on <= last]
    if len(months) < FEWEST:
        return tuple(
            Tick(day, x, day_words(day, today)) for day, x in ((first, 0.0), (last, 100.0))
        )
    return tuple(Tick(tick.on, _place(tick.on, first, last), tick.label) for tick in months)
