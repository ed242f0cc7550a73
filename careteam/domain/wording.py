"""Days, times and lists in plain English, the same on every machine (no locale)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date, today: date | None = None) -> str:
    """'24 Nov', or '24 Nov 2025' when `today` is given and lies in another year."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    if today is not None and today.year != day.year:
        words += f" {day.year}"
    return words


def weekend_word(day: date) -> str:
    """'a Saturday', 'a Sunday', else nothing."""
    return {5: "a Saturday", 6: "a Sunday"}.get(day.weekday(), "")


def instant_words(at: datetime, zone: tzinfo = UTC) -> str:
    """'24 Nov at 10:42' as the clock of `zone` shows it."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())} at {local:%H:%M}"


def list_words(items: Sequence[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'; an empty list gives ''."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """'1 day', '3 days', '5,122 days'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def working_hours_words(hours: float) -> str:
    """'6 hours', '1 working day', '2.5 working days': never finer than is known."""
    if round(hours) < 24:
        return count_words(max(1, round(hours)), "hour")
    days = round(hours / 24 * 2) / 2
    return f"{days:g} working {'day' if days == 1 else 'days'}"


def said_wait_words(days: int) -> str:
    """'says that the wait is 8 days': their own word."""
    return f"says that the wait is {count_words(days, 'day')}" if days > 0 else "says no wait"


def seen_words(days: int, n: int) -> str:
    """'usually sees people in 8 days (26 referrals counted)': the median of `n` accepted ones."""
    usual = count_words(max(1, days), "day")
    return f"usually sees people in {usual} ({count_words(n, 'referral')} counted)"
