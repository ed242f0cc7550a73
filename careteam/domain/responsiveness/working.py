"""Working time for many instants at once; the same clock as `referral.working_days`."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import numpy as np

from careteam.domain.responsiveness.values import Floats

DAY = 86_400.0
_SATURDAY = 5
_FIRST = date(1970, 1, 1)


def working_days_between(
    start: Floats, end: Floats, zone: tzinfo = UTC, days_off: Collection[date] = ()
) -> Floats:
    """Working days of 24 hours from each start to each end, NaN where either is NaN.

    Monday to Friday without `days_off`; days begin at midnight in `zone`, so that one may last 23
    or 25 hours. An end before its start gives 0. One step a day of the span and one look-up an
    instant: the working seconds since the first midnight, at the end less at the start.
    """
    known = np.isfinite(start) & np.isfinite(end)
    answer = np.full(start.shape, np.nan)
    if not known.any():
        return answer
    first, last = start[known], np.maximum(start[known], end[known])
    days = _days(first.min(), last.max(), zone)
    midnights = np.array([_midnight(day, zone) for day in days])
    counts = np.array([day.weekday() < _SATURDAY and day not in days_off for day in days[:-1]])
    worked = np.concatenate([[0.0], np.cumsum(np.diff(midnights) * counts)])

    def worked_until(at: Floats) -> Floats:
        place = np.searchsorted(midnights, at, side="right") - 1
        until: Floats = worked[place] + (at - midnights[place]) * counts[place]
        return until

    answer[known] = (worked_until(last) - worked_until(first)) / DAY
    return answer


def _days(first: float, last: float, zone: tzinfo) -> list[date]:
    """Every day from that of `first` to the one after that of `last`."""
    start = datetime.fromtimestamp(first, zone).date()
    end = datetime.fromtimestamp(last, zone).date()
    return [start + timedelta(days=step) for step in range((end - start).days + 2)]


def _midnight(day: date, zone: tzinfo) -> float:
    return datetime.combine(day, time.min, zone).timestamp()
