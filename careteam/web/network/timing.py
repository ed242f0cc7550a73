"""The half-years to go through: all time is the last stop, behind the newest of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from careteam.domain.network.periods import HalfYear, Period
from careteam.web.network.asking import Asked, half_years, state

ALL_TIME = "All time"


@dataclass(frozen=True, slots=True)
class Stop:
    """`half` as in an address, empty for all time."""

    half: str
    words: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Where one is among the stops, and the addresses of those beside; None at the ends."""

    place: int
    words: str
    earlier: str | None
    later: str | None


def stops() -> list[Stop]:
    return [*(Stop(str(half), half.words) for half in half_years()), Stop("", ALL_TIME)]


def moment_of(given: Asked, stops: list[Stop], endpoint: str) -> Moment:
    """A stretch of several half-years stands at its last."""
    period = given.filters.period
    place = _place(period, stops)

    def address(step: int) -> str | None:
        to = place + step
        if not 0 <= to < len(stops):
            return None
        half = stops[to].half or None
        return url_for(endpoint, **state(since=half, until=half))

    return Moment(place, period.words if period else ALL_TIME, address(-1), address(1))


def _place(period: Period | None, stops: list[Stop]) -> int:
    if period is None:
        return len(stops) - 1
    halves = [HalfYear.read(stop.half) for stop in stops[:-1]]
    return max((at for at, half in enumerate(halves) if half and half <= period.last), default=0)
