"""Chances from few cases: the Beta-Binomial with an empirical-Bayes prior for each discipline.

Each practitioner's chance is drawn from a Beta distribution of the discipline. Its mean and
strength are those under which all that was seen is likeliest (marginal likelihood, Robbins 1956;
for the Beta-Binomial Griffiths 1973, Biometrics 29, 637-648). What is said of one practitioner is
the posterior: its mean and equal-tailed quantiles. Few cases stay near the discipline's mean.

A discipline of few practitioners does not settle its own prior. Intervals that overlook this are
too narrow, so the posterior is averaged over the priors that are possible (Deely and Lindley 1981,
"Bayes empirical Bayes", JASA 76, 833-841): nine Gauss-Hermite nodes around the likeliest.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import scipy  # loads its parts, the heaviest of all, when they are first used

from careteam.domain.responsiveness.values import Beta, Cases, Floats, Ints, Prior

USUAL_STRENGTH = 4.0
"""Where the strength is drawn to, weakly: what few practitioners show of it is next to nothing."""
PENALTY_SPREAD = 1.0
"""Standard deviation of that pull, in natural logarithms of the strength."""
FEWEST_PRACTITIONERS = 5
"""A discipline with fewer that have cases takes the prior of all disciplines together."""
_PRECISION = 0.02
_BOUNDS = ((-7.0, 7.0), (float(np.log(0.2)), float(np.log(500.0))))
_NODES = np.sqrt(3.0) * np.array([-1.0, 0.0, 1.0])
_NODE_WEIGHTS = np.array([1.0, 4.0, 1.0]) / 6
"""Gauss-Hermite, three points, for the standard normal distribution."""
_STEP, _WIDEST = 0.2, 1.0
"""Step of the second differences, and the largest standard deviation taken from them."""

ALL = -1
"""The number of all disciplines together."""

Loss = Callable[[Floats], float]


def fit_prior(hits: Ints, n: Ints) -> Prior:
    """The likeliest prior of practitioners with `hits` of `n` cases, and those possible.

    Nelder-Mead on the logit of the mean and the logarithm of the strength (Nelder and Mead 1965).
    Cases are counted, not weighted by age: the likelihood of half a case is greatest where
    everybody is alike, so weights would make the discipline look more of one mind than it is.
    """
    loss = _loss(hits, n)
    start = [scipy.special.logit((hits.sum() + 1) / (n.sum() + 2)), np.log(USUAL_STRENGTH)]
    options = {"xatol": _PRECISION, "fatol": _PRECISION}
    best = scipy.optimize.minimize(
        loss, start, method="Nelder-Mead", bounds=_BOUNDS, options=options
    ).x
    return Prior(_beta(best), _possible(loss, best))


def _loss(hits: Ints, n: Ints) -> Loss:
    """Less the logarithm of the marginal likelihood, with the pull; up to a constant.

    Practitioners with the same cases are counted together.
    """
    has_cases = n > 0
    pairs = np.stack([hits[has_cases], (n - hits)[has_cases]])
    (s, misses), times = np.unique(pairs, axis=1, return_counts=True)

    def loss(at: Floats) -> float:
        strength, mean = np.exp(at[1]), scipy.special.expit(at[0])
        a, b = mean * strength, (1 - mean) * strength
        seen = times @ (scipy.special.betaln(a + s, b + misses) - scipy.special.betaln(a, b))
        pull = (at[1] - np.log(USUAL_STRENGTH)) / PENALTY_SPREAD
        # Half a yes and half a no keep the mean off 0 and 1 where all cases are alike.
        return float(0.5 * pull * pull - seen - 0.5 * np.log(mean * (1 - mean)))

    return loss


def _possible(loss: Loss, best: Floats) -> tuple[Beta, ...]:
    """The nodes around the likeliest prior, weighted by how likely each is by itself."""
    lowest = loss(best)
    steps = _STEP * np.eye(2)
    curved = [(loss(best + step) - 2 * lowest + loss(best - step)) / _STEP**2 for step in steps]
    spread = [min(_WIDEST, 1 / np.sqrt(max(each, 1e-6))) for each in curved]
    found = []
    for i, x in enumerate(_NODES):
        for j, y in enumerate(_NODES):
            at = best + np.array([x * spread[0], y * spread[1]])
            likely = np.exp(lowest - loss(at) + 0.5 * (x * x + y * y))
            found.append((at, float(_NODE_WEIGHTS[i] * _NODE_WEIGHTS[j] * likely)))
    total = sum(weight for _, weight in found)
    return tuple(_beta(at, weight / total) for at, weight in found)


def _beta(at: Floats, weight: float = 1.0) -> Beta:
    return Beta(float(scipy.special.expit(at[0])), float(np.exp(at[1])), weight)


def fit_priors(cases: Cases, disciplines: Ints) -> Mapping[int, Prior]:
    """A prior for each number in `disciplines`, which names the discipline of each practitioner.

    One with fewer than five practitioners with cases has that of all disciplines together, which
    is there as well, under `ALL`.
    """
    together = fit_prior(cases.hits, cases.n)
    order = np.argsort(disciplines, kind="stable")
    numbers, starts = np.unique(disciplines[order], return_index=True)
    priors = {ALL: together}
    for number, rows in zip(numbers.tolist(), np.split(order, starts[1:]), strict=True):
        enough = (cases.n[rows] > 0).sum() >= FEWEST_PRACTITIONERS
        priors[number] = fit_prior(cases.hits[rows], cases.n[rows]) if enough else together
    return priors


def posterior(
    cases: Cases, priors: Sequence[Prior], which: Ints, level: float
) -> tuple[Floats, Floats, Floats]:
    """Expected chance, and the two ends of the equal-tailed interval, by practitioner.

    which: the place in `priors` of each practitioner's; each has as many possible ones as the
    others. level: from 0 to 1, both excluded. The mixture of posteriors is summed up by the Beta
    distribution of the same mean and variance.
    """
    a, b, weight = (
        np.array([[getattr(beta, name) for beta in prior.possible] for prior in priors])[which]
        for name in ("a", "b", "weight")
    )
    alpha = a + cases.successes[:, None]
    total = alpha + b + (cases.trials - cases.successes)[:, None]
    each = alpha / total
    mean: Floats = (weight * each).sum(axis=1)
    second = (weight * each * (alpha + 1) / (total + 1)).sum(axis=1)
    strength = (mean - second) / (second - mean * mean)
    tail, first, last = (1 - level) / 2, mean * strength, (1 - mean) * strength
    return (
        mean,
        scipy.special.betaincinv(first, last, tail),
        scipy.special.betaincinv(first, last, 1 - tail),
    )
