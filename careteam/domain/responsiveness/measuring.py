"""From referrals by columns to what is said of each practitioner, all of them in one pass."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from careteam.domain.responsiveness.counting import (
    Moment,
    Waited,
    acceptance_cases,
    answer_cases,
    appointment_waits,
    calls_counted,
    closing_cases,
    reporting_cases,
    waited,
)
from careteam.domain.responsiveness.shrinkage import fit_priors, posterior
from careteam.domain.responsiveness.values import (
    LEVEL,
    SMALLEST_SHOWN,
    Calls,
    Cases,
    Floats,
    Ints,
    Prior,
    Rate,
    Referrals,
    Responsiveness,
)
from careteam.domain.responsiveness.waits import median_waits

HOURS = 24.0
RATES = ("answers", "acceptance", "closing", "reporting")

Priors = Mapping[str, Mapping[int, Prior]]
"""By rate, then by number of the discipline."""


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """One chance of everybody: cases, expected share and the ends of its interval.

    Where there are fewer than five cases, share and ends are NaN.
    """

    cases: Cases
    share: Floats
    low: Floats
    high: Floats
    level: float

    def of(self, person: int) -> Rate | None:
        if self.cases.n[person] < SMALLEST_SHOWN:
            return None
        return Rate(
            share=float(self.share[person]),
            low=float(self.low[person]),
            high=float(self.high[person]),
            hits=int(self.cases.hits[person]),
            n=int(self.cases.n[person]),
            level=self.level,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Everybody's figures by columns; `of` gives those of one."""

    rates: Mapping[str, Rates]
    median_hours: Floats
    median_days: Floats
    visits: Ints
    by_hand: Floats
    told: Ints
    no_call_back: Ints

    def of(self, person: int) -> Responsiveness:
        """What is said of the practitioner with this index."""
        rates = {name: self.rates[name].of(person) for name in RATES}
        has_answers = rates["answers"] is not None
        return Responsiveness(
            **rates,
            median_hours=_said(self.median_hours[person]),
            median_days=_said(self.median_days[person]),
            visits=int(self.visits[person]) if np.isfinite(self.median_days[person]) else 0,
            n=int(self.rates["answers"].cases.n[person]),
            by_hand=_said(self.by_hand[person]) if has_answers else None,
            told=int(self.told[person]) if has_answers else 0,
            no_call_back=int(self.no_call_back[person]) if has_answers else 0,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Everybody's cases, from which priors can be learnt and figures be made."""

    people: int
    referrals: Referrals
    calls: Calls
    clock: Waited
    cases: Mapping[str, Cases]
    moment: Moment


def count(referrals: Referrals, calls: Calls, moment: Moment, people: int) -> Counted:
    """Count the cases of practitioners 0 to `people` - 1."""
    clock = waited(referrals, moment)
    cases = {
        "answers": answer_cases(referrals, clock, calls, moment, people),
        "acceptance": acceptance_cases(referrals, moment, people),
        "closing": closing_cases(referrals, moment, people),
        "reporting": reporting_cases(referrals, moment, people),
    }
    return Counted(people, referrals, calls, clock, cases, moment)


def learn_priors(counted: Counted, disciplines: Ints) -> Priors:
    """The prior of each discipline for each chance; `disciplines` numbers that of each person."""
    return {name: fit_priors(counted.cases[name], disciplines) for name in RATES}


def measure(counted: Counted, disciplines: Ints, priors: Priors, level: float = LEVEL) -> Figures:
    """The figures of everybody counted, each under the prior of her discipline."""
    referrals, clock, people = counted.referrals, counted.clock, counted.people
    days, visits = median_days(referrals, counted.moment, people)
    rung = calls_counted(counted.calls, counted.moment)
    told, called = counted.calls.receiver[rung], counted.calls.reached[rung]
    return Figures(
        rates={
            name: _rates(counted.cases[name], disciplines, priors[name], level) for name in RATES
        },
        median_hours=_median_hours(referrals, clock, people),
        median_days=days,
        visits=visits,
        by_hand=_by_hand(counted),
        told=np.bincount(told, minlength=people),
        no_call_back=np.bincount(told[~called], minlength=people),
    )


def median_hours(referrals: Referrals, moment: Moment, people: int) -> Floats:
    """Median working hours to the first answer of practitioners 0 to `people` - 1, NaN where it
    cannot be said."""
    return _median_hours(referrals, waited(referrals, moment), people)


def median_days(referrals: Referrals, moment: Moment, people: int) -> tuple[Floats, Ints]:
    """Median days from sending to the first appointment, NaN where it cannot be said, and the
    number of accepted referrals it rests on, of practitioners 0 to `people` - 1."""
    days, has_appointment = appointment_waits(referrals, moment)
    counted = np.bincount(referrals.receiver[np.isfinite(days)], minlength=people)
    return median_waits(referrals.receiver, days, has_appointment, people), counted


def _median_hours(referrals: Referrals, clock: Waited, people: int) -> Floats:
    hours = np.where(np.isfinite(clock.days), clock.days * HOURS, np.nan)
    return median_waits(referrals.receiver, hours, clock.is_answered, people)


def _rates(cases: Cases, disciplines: Ints, priors: Mapping[int, Prior], level: float) -> Rates:
    """Intervals are worked out only for those of whom something is said."""
    shown = np.flatnonzero(cases.n >= SMALLEST_SHOWN)
    numbers, which = np.unique(disciplines[shown], return_inverse=True)
    chosen_priors = [priors[number] for number in numbers.tolist()]
    chosen = Cases(cases.hits[shown], cases.n[shown], cases.successes[shown], cases.trials[shown])
    share, low, high = (np.full(len(cases.n), np.nan) for _ in range(3))
    if len(shown):
        ends = posterior(chosen, chosen_priors, which, level)
        share[shown], low[shown], high[shown] = ends
    return Rates(cases, share, low, high, level)


def _by_hand(counted: Counted) -> Floats:
    """Of the answers to counted referrals, the share that the sender entered; NaN without one."""
    answered = counted.clock.is_counted & counted.clock.is_answered
    receiver = counted.referrals.receiver[answered]
    answers = np.bincount(receiver, minlength=counted.people)
    entered = np.bincount(
        receiver, counted.referrals.by_hand[answered].astype(float), minlength=counted.people
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        return entered / answers


def _said(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
