"""A made-up referral network with the shape of real ones; the same for the same seed.

Localities have lognormal sizes, attractiveness is heavy-tailed (Pareto), out-degrees are lognormal;
seven referrals in ten stay in the locality, a fifth of the ties close a triangle and a quarter are
returned. The order of the draws is part of the definition: the known answers rest on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Whole = NDArray[np.int64]
Real = NDArray[np.float64]

MEAN_DEGREE = 10.0
ADDED_BY_TRIANGLES_AND_RETURNS = 1.45
SAME_PLACE, NEAR_PLACE = 0.70, 0.85
STRANGERS = 1000
"""The length of the longest tie; whoever is further off is a stranger."""


@dataclass(frozen=True)
class MadeUp:
    """Who refers to whom (`src`, `dst`), how strongly (`weight`), and everybody's locality."""

    src: Whole
    dst: Whole
    weight: Real
    acceptance: Real
    locality: Whole

    def lengths(self) -> csr_array:
        """Whole lengths of ties, both directions summed: 1000 / (1 + referrals * acceptance)."""
        people = len(self.locality)
        strength = self.weight * self.acceptance
        low, high = np.minimum(self.src, self.dst), np.maximum(self.src, self.dst)
        summed = coo_array((strength, (low, high)), shape=(people, people)).tocsr().tocoo()
        found = np.maximum(1, np.round(STRANGERS / (1.0 + summed.data)))
        rows = np.concatenate([summed.row, summed.col])
        columns = np.concatenate([summed.col, summed.row])
        both = np.concatenate([found, found])
        return coo_array((both, (rows, columns)), shape=(people, people)).tocsr()


def made_up_network(people: int, seed: int) -> MadeUp:
    rng = np.random.default_rng(seed)
    bounds, locality = _localities(rng, people)
    attraction = np.cumsum(rng.pareto(1.8, people) + 1.0)
    degree = rng.lognormal(0, 0.9, people)
    wanted = np.round(degree / degree.mean() * MEAN_DEGREE / ADDED_BY_TRIANGLES_AND_RETURNS)
    degrees = np.maximum(1, wanted).astype(np.int64)
    src = np.repeat(np.arange(people), degrees)
    dst = _targets(rng, bounds, locality[src], attraction)
    starts = np.concatenate([[0], np.cumsum(degrees)])
    chosen = rng.integers(0, len(src), int(0.20 * len(src)))
    friend = dst[chosen]
    of_friend = dst[starts[friend] + (rng.random(len(chosen)) * degrees[friend]).astype(np.int64)]
    returned = rng.random(len(src)) < 0.25
    all_src = np.concatenate([src, src[chosen], dst[returned]])
    all_dst = np.concatenate([dst, of_friend, src[returned]])
    others = all_src != all_dst
    ties = np.unique(all_src[others] * np.int64(people) + all_dst[others])
    weight = 1 + rng.geometric(0.35, len(ties))
    acceptance = rng.beta(6, 2, len(ties))
    return MadeUp(ties // people, ties % people, weight.astype(float), acceptance, locality)


def _localities(rng: Generator, people: int) -> tuple[Whole, Whole]:
    """Where each locality begins and ends, and everybody's."""
    sizes: list[int] = []
    while sum(sizes) < people:
        sizes.append(int(max(5, rng.lognormal(np.log(80), 0.8))))
    bounds = np.minimum(np.cumsum([0, *sizes]), people)
    return bounds, np.searchsorted(bounds, np.arange(people), side="right") - 1


def _targets(rng: Generator, bounds: Whole, places: Whole, attraction: Real) -> Whole:
    """Somebody for each referral: at the same place, near it, or anywhere."""
    drawn = rng.random(len(places))
    last = len(bounds) - 2
    near = np.clip(places + rng.integers(-3, 4, len(places)), 0, last)
    there = np.where(drawn < SAME_PLACE, places, near)
    low, high = bounds[there], bounds[there + 1]
    is_far = drawn >= NEAR_PLACE
    low = np.where(is_far, 0, low)
    high = np.where(is_far, len(attraction), np.maximum(high, low + 1))
    below = np.where(low > 0, attraction[low - 1], 0.0)
    aim = below + rng.random(len(low)) * (attraction[high - 1] - below)
    found: Whole = np.searchsorted(attraction, aim, side="right").clip(low, high - 1)
    return found
