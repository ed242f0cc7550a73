"""Few cases stay near the discipline's mean, many say it themselves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, betabinom

from careteam.domain.responsiveness import ALL, Cases, Prior, fit_prior, fit_priors, posterior
from careteam.domain.responsiveness.values import Beta


def cases(hits: list[int], n: list[int], weight: float = 1.0) -> Cases:
    return Cases(np.array(hits), np.array(n), weight * np.array(hits), weight * np.array(n))


def only(mean: float, strength: float, nodes: int = 1) -> Prior:
    return Prior(Beta(mean, strength), (Beta(mean, strength, 1 / nodes),) * nodes)


def test_posterior_under_one_prior_is_the_beta_distribution():
    share, low, high = posterior(
        cases([3, 0], [5, 0]), [only(0.5, 4), only(0.8, 10)], np.array([0, 1]), 0.9
    )
    assert share.tolist() == pytest.approx([5 / 9, 0.8])
    assert low.tolist() == pytest.approx([beta.ppf(0.05, 5, 4), beta.ppf(0.05, 8, 2)])
    assert high.tolist() == pytest.approx([beta.ppf(0.95, 5, 4), beta.ppf(0.95, 8, 2)])


def test_posterior_over_several_priors_has_their_mean_and_is_wider():
    apart = Prior(Beta(0.5, 8), (Beta(0.3, 8, 0.5), Beta(0.7, 8, 0.5)))
    which, seen = np.array([0, 1]), cases([4, 4], [8, 8])

    share, low, high = posterior(seen, [apart, only(0.5, 8, nodes=2)], which, 0.8)

    assert share.tolist() == pytest.approx([0.5, 0.5])
    assert high[0] - low[0] > high[1] - low[1]


def test_older_cases_pull_less():
    which, prior = np.array([0]), [only(0.5, 4)]
    today, _, _ = posterior(cases([10], [10]), prior, which, 0.9)
    year_ago, _, _ = posterior(cases([10], [10], 0.5), prior, which, 0.9)
    assert (today[0], year_ago[0]) == (pytest.approx(12 / 14), pytest.approx(7 / 9))


def test_prior_is_recovered_from_many_practitioners():
    n = np.random.default_rng(5).integers(1, 12, 4000)
    hits = betabinom.rvs(n, 4.2, 1.8, random_state=np.random.default_rng(6))

    prior = fit_prior(hits, n)

    assert prior.likeliest.mean == pytest.approx(0.7, abs=0.01)
    assert prior.likeliest.strength == pytest.approx(6.0, rel=0.12)
    assert sum(each.weight for each in prior.possible) == pytest.approx(1)


def test_prior_of_nobody_is_even_and_usual():
    prior = fit_prior(np.array([0, 0]), np.array([0, 0]))
    assert prior.likeliest.mean == pytest.approx(0.5, abs=0.01)
    assert prior.likeliest.strength == pytest.approx(4.0, rel=0.02)


def test_few_practitioners_leave_the_prior_more_open_than_many():
    def spread(times: int) -> float:
        prior = fit_prior(np.array([1, 4, 2, 5] * times), np.array([5, 5, 5, 5] * times))
        means = np.array([each.mean for each in prior.possible])
        weights = np.array([each.weight for each in prior.possible])
        return float(np.sqrt(weights @ (means - weights @ means) ** 2))

    assert spread(2) > 2 * spread(20)


def test_discipline_of_fewer_than_five_takes_the_prior_of_all():
    seen = cases([9] * 10 + [0] * 4 + [0], [10] * 10 + [10] * 4 + [0])
    disciplines = np.array([3] * 10 + [7] * 5)

    priors = fit_priors(seen, disciplines)

    assert priors[7] == priors[ALL] == fit_prior(seen.hits, seen.n)
    assert priors[3].likeliest.mean == pytest.approx(0.88, abs=0.02)
    assert priors[7].likeliest.mean < priors[3].likeliest.mean
