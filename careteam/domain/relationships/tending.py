"""What is due with whom. Thresholds are a choice of this project.

A thank-you is due 48 hours after a first meeting and after a client somebody sent was seen. A
wished rhythm is counted from the last real contact, a referral being one. One person is never
named twice on one day: what presses most speaks, and the rest stands beside it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from careteam.domain.relationships.touches import MEETINGS, Kind, is_real

THANKS_WITHIN = timedelta(days=2)
TOO_LATE_TO_THANK = timedelta(days=30)
RHYTHMS = (1, 2, 3, 6, 12)
"""Months between two contacts that can be wished for."""


class Why(StrEnum):
    """Why somebody is to be written to or rung, what presses most first."""

    THANKS = "thanks"
    FOLLOW_UP = "follow_up"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of something that happened once or more."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Dealings:
    """What is known between the reader and one person or practice.

    spoke_on: of the last call that was answered. referral_on: of the last referral either way.
    seen_on: when a client whom they sent was last seen for the first time. every_months and
    wished_on: the rhythm and the day it was wished for. next_on: of the earliest open next step.
    done_on: of the last next step that was done.
    """

    touches: Mapping[Kind, Span] = field(default_factory=dict)
    spoke_on: date | None = None
    referral_on: date | None = None
    seen_on: date | None = None
    every_months: int | None = None
    wished_on: date | None = None
    next_on: date | None = None
    done_on: date | None = None
    snoozed_until: date | None = None

    @property
    def last_contact_on(self) -> date | None:
        """Of the last real contact."""
        days = [span.last for kind, span in self.touches.items() if is_real(kind)]
        return max(filter(None, (*days, self.spoke_on, self.referral_on)), default=None)

    @property
    def contact_due_on(self) -> date | None:
        """By the wished rhythm; counted from the wish where there was no contact yet."""
        since = self.last_contact_on or self.wished_on
        if self.every_months is None or since is None:
            return None
        return months_later(since, self.every_months)

    def thanks_due_on(self, today: date) -> date | None:
        """The day by which to say thank you; None where that was done or is too late."""
        meetings = [span.first for kind, span in self.touches.items() if kind in MEETINGS]
        occasions = [min(meetings)] if meetings else []
        occasions += [self.seen_on] if self.seen_on else []
        thanked = self.touches.get(Kind.THANK_YOU)
        open_ones = [
            day
            for day in occasions
            if day <= today <= day + TOO_LATE_TO_THANK and (not thanked or thanked.last < day)
        ]
        return min(open_ones) + THANKS_WITHIN if open_ones else None


@dataclass(frozen=True, slots=True)
class Nudge:
    """One thing to do about one person; `beside` is what is due with them as well."""

    why: Why
    due_on: date
    beside: tuple[Why, ...] = ()


def nudge_of(dealings: Dealings, today: date) -> Nudge | None:
    """What is due today, at most one thing.

    None while it is put off, and where something was done about them today: the rest can wait.
    """
    if dealings.snoozed_until is not None and today < dealings.snoozed_until:
        return None
    if today in (dealings.last_contact_on, dealings.done_on):
        return None
    thanks, contact = dealings.thanks_due_on(today), dealings.contact_due_on
    due = [(Why.THANKS, thanks)] if thanks else []
    due += [
        (why, day)
        for why, day in ((Why.FOLLOW_UP, dealings.next_on), (Why.RHYTHM, contact))
        if day is not None and day <= today
    ]
    if not due:
        return None
    (why, day), *others = due
    return Nudge(why, day, tuple(each for each, _ in others))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
