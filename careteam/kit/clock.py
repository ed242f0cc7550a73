"""The one clock. Instants are UTC; days are those of the community's time zone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)
_zone: tzinfo = ZoneInfo("Europe/London")


def use_zone(zone: tzinfo) -> None:
    """Set the community's time zone, once, when the application is made."""
    global _zone
    _zone = zone


def now() -> datetime:
    """This instant in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The community's day."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """`instant` on the community's clock."""
    return instant.astimezone(_zone)


def day_of(instant: datetime) -> date:
    return local(instant).date()


def first_instant(day: date) -> datetime:
    """Where a day of the community begins, in UTC."""
    return datetime.combine(day, time.min, _zone).astimezone(UTC)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock at `at` (aware) for tests and for the worked example."""
    token = _stopped.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(token)
