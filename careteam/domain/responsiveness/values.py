"""What is counted, and what is said of it. Instants are seconds since 1970 in UTC, NaN: not yet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]

SMALLEST_SHOWN = 5
"""Below so many cases nothing is said of somebody."""
WITHIN_DAYS = 3.0
"""Working days on the response clock within which an answer is hoped for."""
LEVEL = 0.9
"""Share of cases in which the interval should hold the truth."""
HALF_LIFE_DAYS = 365.0
"""A case this old weighs half of one of today."""
TIME_TO_FINISH_DAYS = 90.0
"""Days after an acceptance from which an open referral counts as not closed, not reported."""


@dataclass(frozen=True, slots=True, eq=False)
class Referrals:
    """Referrals by columns of one length; only the last round of each, none dated from memory.

    receiver: index of the practitioner. sent, delivered, answered, accepted, ended: instants;
    `answered` the first act of a person on the receiving side, `ended` the closing or withdrawal.
    withdrawn: instant of the sender's withdrawal. appointment: start of the booked appointment,
    or the first visit without one. refused: declined or redirected. closed: with an outcome.
    seen: there was a visit. reported: a report came. by_hand: the sender entered the answer.
    """

    receiver: Ints
    sent: Floats
    delivered: Floats
    answered: Floats
    accepted: Floats
    withdrawn: Floats
    ended: Floats
    appointment: Floats
    refused: Bools
    closed: Bools
    seen: Bools
    reported: Bools
    by_hand: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """What clients told of names they were given: reached, or no call back.

    given: when the name was given, the earliest the client can have rung. told: when the client
    told. Clients who did not ring are not among them.
    """

    receiver: Ints
    given: Floats
    told: Floats
    reached: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Yes and no by practitioner. `hits` of `n` as counted; `successes` of `trials` by weight."""

    hits: Ints
    n: Ints
    successes: Floats
    trials: Floats


@dataclass(frozen=True, slots=True)
class Beta:
    """A Beta distribution by its mean and its strength a + b, the number of cases it is worth."""

    mean: float
    strength: float
    weight: float = 1.0

    @property
    def a(self) -> float:
        return self.mean * self.strength

    @property
    def b(self) -> float:
        return (1 - self.mean) * self.strength


@dataclass(frozen=True, slots=True)
class Prior:
    """What a discipline lets one expect: the `likeliest` Beta distribution, and the `possible`
    ones around it, whose weights sum to 1 and say how sure one can be of it."""

    likeliest: Beta
    possible: tuple[Beta, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """A chance: the expected `share`, the ends of its interval at `level`, `hits` of `n` seen."""

    share: float
    low: float
    high: float
    hits: int
    n: int
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Responsiveness:
    """What is said of one practitioner; None where there are too few cases or no such figure.

    answers: chance of an answer within 3 working days. acceptance: chance of a yes, given a
    decision. closing: of an ending with an outcome, given an acceptance. reporting: of a report,
    given a visit. median_hours: to the first answer, weekends and days off not counted.
    median_days: from sending to the first appointment, given an acceptance, of `visits` accepted.
    n: cases counted for `answers`. by_hand: share of answers that the sender entered.
    told: how many of n come from clients; no_call_back: how many of those had no call back.
    """

    answers: Rate | None = None
    acceptance: Rate | None = None
    closing: Rate | None = None
    reporting: Rate | None = None
    median_hours: float | None = None
    median_days: float | None = None
    visits: int = 0
    n: int = 0
    by_hand: float | None = None
    told: int = 0
    no_call_back: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to say."""
        rates = (self.answers, self.acceptance, self.closing, self.reporting)
        return all(each is None for each in (*rates, self.median_hours, self.median_days))
