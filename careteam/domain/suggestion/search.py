"""The exact search among the candidates that no bound could strike.

Depth first over the seats, with the share bound of `bounds.py` at every node on exact pair costs;
the last two seats are closed by one look at their matrix. Source: ALGORITHMS.md section 3.2, 5.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from careteam.domain.suggestion.bounds import SHARES, SLACK
from careteam.domain.suggestion.distances import Real, Whole
from careteam.domain.suggestion.problem import Problem, Team


class OutOfTime(Exception):
    """The search was stopped before it had proven anything."""


@dataclass
class Best:
    """The `count` cheapest teams met so far."""

    count: int
    teams: set[Team] = field(default_factory=set)

    @property
    def bar(self) -> float:
        """What costs more than this is of no interest."""
        if len(self.teams) < self.count:
            return float("inf")
        return max(self.teams).cost

    def add(self, *teams: Team) -> None:
        self.teams = set(heapq.nsmallest(self.count, self.teams | set(teams)))


class Search:
    """Costs of pairs of the candidates that are left, and the walk through their teams."""

    def __init__(
        self, problem: Problem, kept: list[Whole], best: Best, is_over: Callable[[], bool]
    ) -> None:
        self.best, self.is_over, self.nodes = best, is_over, 0
        self.order = sorted(problem.seats, key=lambda seat: len(kept[seat]))
        self.kept = [kept[seat] for seat in self.order]
        who = [problem.people[seat][kept[seat]] for seat in self.order]
        self.pairs: dict[tuple[int, int], Real] = {}
        for one, other in combinations(range(len(who)), 2):
            costs = problem.pair_costs(who[one], who[other]).astype(np.float64)
            self.pairs[one, other], self.pairs[other, one] = costs, costs.T
        self.charges = [problem.charges(seat, kept[seat]) for seat in self.order]

    def run(self) -> None:
        """Raises `OutOfTime`; what was found until then stays in `best`."""
        self._deepen([], self.charges)

    def _deepen(self, taken: list[int], costs: list[Real]) -> None:
        """`costs` of the seats not yet taken: their fits and their pairs with those taken."""
        self.nodes += 1
        if self.is_over():
            raise OutOfTime
        depth, left = len(taken), len(costs)
        if left <= 2:
            self._close(taken, costs)
            return
        least = self._least(depth, costs)
        for at in np.argsort(least, kind="stable"):
            if least[at] > self.best.bar + SLACK:
                return
            rest = [costs[other] + self.pairs[depth, depth + other][at] for other in range(1, left)]
            # what was paid is carried by the next seat
            rest[0] = rest[0] + costs[0][at]
            self._deepen([*taken, int(at)], rest)

    def _least(self, depth: int, costs: list[Real]) -> Real:
        """For each candidate of the next seat, what a team with them costs at least."""
        left = range(len(costs))
        found: Real | None = None
        for share in SHARES:
            brackets = []
            for one in left:
                part = (1 - share) * costs[one]
                for other in (each for each in left if each != one):
                    seen = share / (len(costs) - 1) * costs[other]
                    part = part + (self.pairs[depth + one, depth + other] / 2 + seen[None, :]).min(
                        axis=1
                    )
                brackets.append(part)
            bound: Real = brackets[0] + sum(float(each.min()) for each in brackets[1:])
            found = bound if found is None else np.maximum(found, bound)
        assert found is not None
        return found

    def _close(self, taken: list[int], costs: list[Real]) -> None:
        depth = len(taken)
        if not costs:
            whole: Real = np.zeros(1)
        elif len(costs) == 1:
            whole = costs[0]
        else:
            whole = costs[0][:, None] + self.pairs[depth, depth + 1] + costs[1][None, :]
        cheap = np.argsort(whole, axis=None, kind="stable")[: self.best.count]
        for flat in cheap:
            ends = np.unravel_index(int(flat), whole.shape)
            cost = float(whole[ends])
            if cost > self.best.bar + SLACK:
                return
            path = [*taken, *(int(end) for end in ends)] if costs else taken
            self.best.add(Team(round(cost), self._picks(path)))

    def _picks(self, path: list[int]) -> tuple[int, ...]:
        by_seat = {seat: int(self.kept[at][path[at]]) for at, seat in enumerate(self.order)}
        return tuple(by_seat[seat] for seat in sorted(by_seat))
