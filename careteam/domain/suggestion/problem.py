"""What is to be decided: seats, who could fill each, and what a team costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from careteam.domain.suggestion.distances import Distances, Real, Whole

FIT_UNIT = 100
"""A fit counts a hundred times, and a distance `weight` times, so that every cost is whole."""
APART = 1 << 40
"""What it costs to put one person into two seats where that is not wanted."""


@dataclass(frozen=True, slots=True, order=True)
class Team:
    """A whole team and its cost; `picks[r]` is a position among the candidates of seat r."""

    cost: int
    picks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Minimise 100 * sum of fits + weight * sum of the distances of all pairs.

    `fits[r]` are whole costs of the candidates of seat r, smaller is better, `people[r]` who they
    are in `distances`. Whoever must not be chosen is left out of both. `weight` is 100 times the
    lambda of the literature. `one_seat_each` forbids the same person in two seats, else they are
    at no distance from themself.
    """

    fits: tuple[Whole, ...]
    people: tuple[Whole, ...]
    distances: Distances
    weight: int
    one_seat_each: bool = False

    @property
    def seats(self) -> range:
        return range(len(self.fits))

    def charges(self, seat: int, kept: Whole) -> Real:
        """What the fits of these candidates of a seat cost."""
        found: Real = FIT_UNIT * self.fits[seat][kept].astype(np.float64)
        return found

    def pair_costs(self, one: Whole, others: Whole) -> Whole:
        """What each of these people costs beside each of the others: (one, others)."""
        found: Whole = self.weight * self.distances.rows(one)[:, others]
        if self.one_seat_each:
            found = np.where(one[:, None] == others[None, :], APART, found)
        return found

    def team(self, picks: tuple[int, ...]) -> Team:
        who = np.array([self.people[seat][pick] for seat, pick in enumerate(picks)], dtype=np.int64)
        fits = sum(int(self.fits[seat][pick]) for seat, pick in enumerate(picks))
        pairs = np.triu(self.pair_costs(who, who), 1).sum() if len(who) else 0
        return Team(FIT_UNIT * fits + int(pairs), picks)
