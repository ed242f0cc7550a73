"""Made-up answering whose true chances are known, to see how well figures recover them.

1,800 practitioners of 15 disciplines with few referrals each (half have two or fewer, nobody more
than 60), sent in the last days; who has not answered after 30 days is given up. Waits run on the
response clock, so weekends are part of what is tested. Two truths:

A   each answers after an exponential time; the rates are Gamma distributed, by discipline.
B   each answers after a lognormal time, or never: both differ by practitioner and discipline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, expit, ndtr

from careteam.domain.responsiveness import (
    Calls,
    Cases,
    Moment,
    Referrals,
    count,
    fit_priors,
    posterior,
    working_days_between,
)
from careteam.domain.responsiveness.values import (
    LEVEL,
    SMALLEST_SHOWN,
    WITHIN_DAYS,
    Bools,
    Floats,
    Ints,
)

PEOPLE, DISCIPLINES, MOST_REFERRALS = 1800, 15, 60
GIVEN_UP_DAYS = 30.0
DAY = 86_400.0
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Referrals as they can be seen today, and each practitioner's true chance."""

    truth: Floats
    disciplines: Ints
    referrals: Referrals


@dataclass(frozen=True, slots=True)
class Quality:
    """Root mean square errors over those with a counted referral, and the interval's coverage.

    raw: share answered in time. reference: the plain Beta-Binomial, its one prior for each
    discipline learnt from cases weighted by age. ours: as it is shown; few: of those with one to
    three counted, many: with more than ten. covered: truths within the interval at `LEVEL`, of
    all; covered_shown: of those with five and more, whose interval is shown; covered_said: the
    same, once the ends are said in tenths, rounded outwards.
    """

    raw: float
    reference: float
    ours: float
    few: float
    many: float
    covered: float
    covered_shown: float
    covered_said: float


def make_world(truth: str, seed: int, days: float = 120.0, people: int = PEOPLE) -> World:
    """A world of truth "A" or "B" whose referrals were sent in the last `days`."""
    rng = np.random.default_rng([seed, ord(truth)])
    disciplines = rng.integers(0, DISCIPLINES, people)
    counts = np.minimum(MOST_REFERRALS, np.ceil(rng.lognormal(0.6, 1.0, people))).astype(int)
    receiver = np.repeat(np.arange(people), counts)
    chance, waits = (_exponential if truth == "A" else _lognormal)(rng, disciplines, receiver)
    sent = NOW - rng.uniform(0, days, len(receiver)) * DAY
    return World(chance, disciplines, _referrals(receiver, sent, _after(sent, waits)))


def _exponential(
    rng: np.random.Generator, disciplines: Ints, receiver: Ints
) -> tuple[Floats, Floats]:
    usual = rng.uniform(0.2, 1.5, DISCIPLINES)[disciplines]
    rates = rng.gamma(1.2, usual / 1.2)
    with np.errstate(divide="ignore"):
        waits = rng.exponential(1.0, len(receiver)) / rates[receiver]
    return 1 - np.exp(-rates * WITHIN_DAYS), waits


def _lognormal(
    rng: np.random.Generator, disciplines: Ints, receiver: Ints
) -> tuple[Floats, Floats]:
    people = len(disciplines)
    usual = rng.normal(0.3, 0.4, DISCIPLINES)[disciplines]
    middle, spread = rng.normal(usual, 0.6), 1.0
    never = rng.beta(1.6, 2.6, people)
    waits = np.exp(rng.normal(middle[receiver], spread))
    waits[rng.random(len(receiver)) < never[receiver]] = np.inf
    return (1 - never) * ndtr((np.log(WITHIN_DAYS) - middle) / spread), waits


def _after(sent: Floats, waits: Floats) -> Floats:
    """The instant `waits` working days after each sending; infinity for never."""
    midnights = np.arange(NOW // DAY - 200, NOW // DAY + 200) * DAY
    worked = working_days_between(np.full_like(midnights, midnights[0]), midnights)
    begun = working_days_between(np.full_like(sent, midnights[0]), sent)
    until = begun + waits
    at: Floats = np.interp(until, worked, midnights)
    return np.where(until < worked[-1], at, np.inf)


def _referrals(receiver: Ints, sent: Floats, answered: Floats) -> Referrals:
    given_up = sent + GIVEN_UP_DAYS * DAY
    answered = np.where(answered <= np.minimum(NOW, given_up), answered, np.nan)
    withdrawn = np.where(np.isnan(answered) & (given_up < NOW), given_up, np.nan)
    never, no = np.full(len(sent), np.nan), np.zeros(len(sent), bool)
    return Referrals(
        receiver=receiver,
        sent=sent,
        delivered=sent,
        answered=answered,
        accepted=never,
        withdrawn=withdrawn,
        ended=withdrawn,
        appointment=never,
        refused=no,
        closed=no,
        seen=no,
        reported=no,
        by_hand=no,
    )


def judge(world: World, level: float = LEVEL) -> Quality:
    """How near the estimates come to the truth."""
    people, nothing = len(world.truth), np.zeros(0)
    calls = Calls(np.zeros(0, int), nothing, nothing, np.zeros(0, bool))
    counted = count(world.referrals, calls, Moment(NOW, UTC), people)
    cases = counted.cases["answers"]
    ours, low, high = _estimated(cases, world.disciplines, level)
    has_any, is_shown = cases.n > 0, cases.n >= SMALLEST_SHOWN

    def error(estimate: Floats, of: Bools) -> float:
        return float(np.sqrt(np.mean((estimate - world.truth)[of & has_any] ** 2)))

    def covered(low: Floats, high: Floats, of: Bools) -> float:
        return float(((low <= world.truth) & (world.truth <= high))[of].mean())

    return Quality(
        raw=error(cases.hits / np.maximum(cases.n, 1), has_any),
        reference=error(_reference(cases, world.disciplines), has_any),
        ours=error(ours, has_any),
        few=error(ours, cases.n <= 3),
        many=error(ours, cases.n > 10),
        covered=covered(low, high, has_any),
        covered_shown=covered(low, high, is_shown),
        covered_said=covered(np.floor(low * 10) / 10, np.ceil(high * 10) / 10, is_shown),
    )


def _estimated(cases: Cases, disciplines: Ints, level: float) -> tuple[Floats, Floats, Floats]:
    priors = fit_priors(cases, disciplines)
    numbers, which = np.unique(disciplines, return_inverse=True)
    return posterior(cases, [priors[number] for number in numbers.tolist()], which, level)


def _reference(cases: Cases, disciplines: Ints) -> Floats:
    """(a + s) / (a + b + N) with weighted s and N, a and b by their marginal likelihood."""
    estimate = np.full(len(cases.n), np.nan)
    for number in range(DISCIPLINES):
        rows = np.flatnonzero((disciplines == number) & (cases.n > 0))
        s, trials = cases.successes[rows], cases.trials[rows]
        a, b = _likeliest(s, trials - s)
        estimate[rows] = (a + s) / (a + b + trials)
    return estimate


def _likeliest(s: Floats, misses: Floats) -> tuple[float, float]:
    def loss(at: Floats) -> float:
        a, b = expit(at[0]) * np.exp(at[1]), expit(-at[0]) * np.exp(at[1])
        seen = (betaln(a + s, b + misses) - betaln(a, b)).sum()
        return float(0.5 * (at[1] - np.log(4.0)) ** 2 - seen)

    mean, strength = minimize(loss, [0.0, np.log(4.0)], method="Nelder-Mead").x
    return expit(mean) * np.exp(strength), expit(-mean) * np.exp(strength)


def mean_quality(truth: str, days: float, seeds: int = 8) -> Quality:
    """The mean of each figure over worlds of different seeds."""
    found = [judge(make_world(truth, seed, days)) for seed in range(seeds)]
    names = Quality.__slots__
    return Quality(**{n: float(np.mean([getattr(q, n) for q in found])) for n in names})


def judged() -> dict[str, Quality]:
    """The worlds of the published comparison, all seeds of each, by name."""
    return {
        f"truth {truth}, {days:.0f} days": mean_quality(truth, days)
        for truth, days in (("A", 120.0), ("B", 120.0), ("B", 14.0))
    }
