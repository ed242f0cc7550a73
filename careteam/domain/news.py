"""Word that somebody wrote something: how often each person wants it, and when it may leave."""

from datetime import datetime, timedelta
from enum import StrEnum

APART = timedelta(hours=1)
"""The least time between two words to one person about one goal."""


class HowOften(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


class News(StrEnum):
    """What somebody is told of, the most pressing first."""

    VERSION = "version"
    NOTES = "notes"
    STEPS = "steps"


WORDS = {HowOften.AT_ONCE: "at once", HowOften.DAILY: "once a day", HowOften.NEVER: "never"}
LABELS = {
    HowOften.AT_ONCE: "At once, at most one mail an hour for each goal",
    HowOften.DAILY: "Once a day, in the morning of working days",
    HowOften.NEVER: "Never",
}


def may_be_told(since_at: datetime | None, told_at: datetime | None, now: datetime) -> bool:
    """Whether something waits, and the last word was long enough ago for another one at once."""
    return since_at is not None and (told_at is None or told_at + APART <= now)
