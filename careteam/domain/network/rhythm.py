"""How a tie is doing, by its own rhythm: the usual time between two of its referrals."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from careteam.domain.network.figures import FEW, SILENT_FROM, is_silent

FADING_DAYS = 90
FADING_GAPS = 2
STRONG_WITHIN_DAYS = 365


class Doing(enum.Enum):
    """Thresholds are a choice of this project.

    SILENT: as `figures.is_silent` says. FADING: the last is longer ago than 90 days and than twice
    the usual gap. STRONG: neither, and at least five within the last year. STEADY: the others.
    NEW: fewer than three referrals, which have no rhythm.
    """

    STRONG = "strong"
    STEADY = "steady"
    FADING = "fading"
    SILENT = "silent"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`gap_days` is the median between two referrals, None below three of them."""

    doing: Doing
    count: int
    gap_days: float | None
    last_on: date


def rhythm_of(days: Iterable[date], today: date) -> Rhythm:
    """The rhythm of a tie with these referrals, at least one. Raises ValueError without any."""
    known = sorted(days)
    if not known:
        raise ValueError("a tie has at least one referral")
    last = known[-1]
    if len(known) < SILENT_FROM:
        return Rhythm(Doing.NEW, len(known), None, last)
    gap = median((later - earlier).days for earlier, later in pairwise(known))
    return Rhythm(_doing(known, gap, today), len(known), gap, last)


def _doing(known: list[date], gap: float, today: date) -> Doing:
    if is_silent(known, today):
        return Doing.SILENT
    if today - known[-1] > timedelta(days=max(FADING_DAYS, FADING_GAPS * gap)):
        return Doing.FADING
    lately = sum(today - day <= timedelta(days=STRONG_WITHIN_DAYS) for day in known)
    return Doing.STRONG if lately >= FEW else Doing.STEADY
