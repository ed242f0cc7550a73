"""How far a referral is past somebody's usual answer."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_SATURDAY = 5
_LONGEST_HOURS = 24.0 * 365


def working_hours_ago(
    now: datetime, hours: float, zone: tzinfo = UTC, days_off: Collection[date] = ()
) -> datetime:
    """The instant since which so many working hours have passed; the inverse of `working_days`.

    Where any instant of a weekend would do, its beginning is given. At most a year of working
    hours is looked back. Raises ValueError for negative hours.
    """
    if hours < 0:
        raise ValueError("hours cannot be negative")
    left = timedelta(hours=min(hours, _LONGEST_HOURS))
    day, end = now.astimezone(zone).date(), now
    while True:
        opens = datetime.combine(day, time.min, zone).astimezone(UTC)
        if day.weekday() < _SATURDAY and day not in days_off:
            if end - opens >= left:
                return end - left
            left -= end - opens
        day, end = day - timedelta(days=1), opens
