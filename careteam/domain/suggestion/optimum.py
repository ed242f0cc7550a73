"""The best team, proven: start well, strike whoever cannot be in it, search what is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from careteam.domain.suggestion.bounds import SHARES, SLACK, Bound, as_hub, shared
from careteam.domain.suggestion.distances import Real, Whole
from careteam.domain.suggestion.problem import Problem, Team
from careteam.domain.suggestion.search import Best, OutOfTime, Search
from careteam.domain.suggestion.stars import first_teams

CORES = (12, 24, 48)
"""Candidates a seat of the small searches that look for a better team before the large one."""
WORTH_NARROWING = 40
"""Candidates a seat from which such a search pays."""
ROUNDS = 6
"""How often the share bounds are asked again after they struck somebody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`teams` from the cheapest on; no team costs less than `bound`.

    `is_proven`: no other team is as cheap as the last of `teams`, but those that are in it.
    `left` are the candidates that no bound could strike, `nodes` the steps of the last search.
    """

    teams: tuple[Team, ...]
    bound: float
    is_proven: bool
    left: int
    nodes: int

    @property
    def gap(self) -> float:
        """How far from the optimum the first team may be at most, as a share of its cost."""
        cost = self.teams[0].cost
        return max(0.0, (cost - self.bound) / cost) if cost else 0.0


class _Solver:
    def __init__(self, problem: Problem, count: int, is_over: Callable[[], bool]) -> None:
        self.problem, self.is_over = problem, is_over
        self.kept: list[Whole] = [np.arange(len(each)) for each in problem.fits]
        self.best = Best(count)
        self.least: list[Real] = [np.zeros(len(each)) for each in problem.fits]
        self.bound, self.nodes = 0.0, 0

    def solve(self) -> bool:
        """Whether the teams in `best` are proven to be the best."""
        self.best.add(*first_teams(self.problem, self.kept))
        if len(self.problem.seats) > 1:
            try:
                self._strike_all()
            except OutOfTime:
                return False
        search = Search(self.problem, self.kept, self.best, self.is_over)
        try:
            search.run()
        except OutOfTime:
            return False
        finally:
            self.nodes = search.nodes
        self.bound = float(min(self.best.teams).cost)
        return True

    def _strike_all(self) -> None:
        self._share()
        self._strike(as_hub)
        for size in CORES:
            if max(map(len, self.kept)) <= max(size, WORTH_NARROWING):
                return
            before = self.best.bar
            self._search_among(size)
            if self.best.bar < before:
                self._share()

    def _share(self) -> None:
        for _ in range(ROUNDS):
            struck = [self._strike(shared(share)) for share in SHARES]
            if not any(struck):
                return

    def _strike(self, bound: Bound) -> bool:
        """Leave out who cannot be in a team that is cheap enough; whether that was somebody."""
        if self.is_over():
            raise OutOfTime
        costs = bound(self.problem, self.kept)
        self.bound = max(self.bound, max(float(each.min()) for each in costs))
        before = sum(map(len, self.kept))
        for seat in self.problem.seats:
            least = np.maximum(self.least[seat], costs[seat])
            stays = least <= self.best.bar + SLACK
            self.kept[seat], self.least[seat] = self.kept[seat][stays], least[stays]
        return sum(map(len, self.kept)) < before

    def _search_among(self, size: int) -> None:
        few = [
            kept[np.argsort(least, kind="stable")[:size]]
            for kept, least in zip(self.kept, self.least, strict=True)
        ]
        Search(self.problem, few, self.best, self.is_over).run()


def suggest(
    problem: Problem, *, count: int = 1, is_over: Callable[[], bool] = lambda: False
) -> Answer:
    """The `count` best teams for the seats of the problem, each with at least one candidate.

    `is_over` is asked between steps; once it says yes, the best team found so far is the answer,
    with what no team can be below. Raises `ValueError` where a seat has no candidate.

    Method, complexity and reference values: ALGORITHMS.md section 3.
    """
    if not problem.fits or any(len(each) == 0 for each in problem.fits):
        raise ValueError("every seat needs a candidate")
    solver = _Solver(problem, count, is_over)
    is_proven = solver.solve()
    left = sum(map(len, solver.kept))
    return Answer(tuple(sorted(solver.best.teams)), solver.bound, is_proven, left, solver.nodes)
