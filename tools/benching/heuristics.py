"""Published ways to choose a team, as they are compared with the exact one.

Each gives picks, seat by seat; what they cost is judged by the problem itself. Distances of every
candidate are looked up before the clock starts, as the papers assume them stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from careteam.domain.suggestion import Problem
from careteam.domain.suggestion.distances import Real, Whole
from careteam.domain.suggestion.stars import first_teams

Picks = tuple[int, ...]
Heuristic = Callable[[Problem], Picks]


def best_fit(problem: Problem) -> Picks:
    """The best candidate of each seat, whoever the others are."""
    return tuple(int(np.argmin(fits)) for fits in problem.fits)


def rarest_first(problem: Problem) -> Picks:
    """Lappas, Liu and Terzi, KDD 2009: around each holder of the rarest skill, least diameter."""
    rarest = min(problem.seats, key=lambda seat: len(problem.fits[seat]))
    stars = _stars(problem, [rarest], with_fit=False)
    return min(stars, key=lambda picks: _distances(problem, picks).max())


def nearest_star(problem: Problem) -> Picks:
    """Kargar and An, CIKM 2011: around every candidate, least sum of distances."""
    stars = _stars(problem, problem.seats, with_fit=False)
    return min(stars, key=lambda picks: _distances(problem, picks).sum())


def nearest_star_with_fit(problem: Problem) -> Picks:
    """The same with the fit of each candidate in the choice."""
    stars = _stars(problem, problem.seats, with_fit=True)
    return min(stars, key=lambda picks: problem.team(picks).cost)


def best_leader(problem: Problem) -> Picks:
    """Kargar and An's leader, who may be anybody, with fit: exact for the leader's distances."""
    near = sum(
        problem.distances.cheapest(problem.people[seat], _charges(problem, seat), problem.weight)
        for seat in problem.seats
    )
    leader = np.array([int(np.argmin(near))])
    return _beside(problem, leader, with_fit=True)


def growing_tree(problem: Problem) -> Picks:
    """A tree that grows from each holder of the rarest skill, after EnhancedSteiner, with fit."""
    rarest = min(problem.seats, key=lambda seat: len(problem.fits[seat]))
    trees = (_tree(problem, rarest, at) for at in range(len(problem.fits[rarest])))
    return min(trees, key=lambda picks: problem.team(picks).cost)


def stars_and_exchange(problem: Problem) -> Picks:
    """Our own start: the best stars, each bettered one member at a time."""
    return min(first_teams(problem, [np.arange(len(fits)) for fits in problem.fits])).picks


HEURISTICS: dict[str, Heuristic] = {
    "best fit alone": best_fit,
    "RarestFirst": rarest_first,
    "Kargar-An": nearest_star,
    "Kargar-An + fit": nearest_star_with_fit,
    "leader + fit": best_leader,
    "tree + fit": growing_tree,
    "stars + exchange": stars_and_exchange,
}


def _charges(problem: Problem, seat: int) -> Real:
    return problem.charges(seat, np.arange(len(problem.fits[seat])))


def _stars(problem: Problem, hubs: list[int] | range, *, with_fit: bool) -> Iterator[Picks]:
    for hub in hubs:
        for at, person in enumerate(problem.people[hub]):
            picks = list(_beside(problem, np.array([person]), with_fit=with_fit))
            picks[hub] = at
            yield tuple(picks)


def _beside(problem: Problem, person: Whole, *, with_fit: bool) -> Picks:
    """Whoever is cheapest beside this person, seat by seat."""
    near = problem.distances.rows(person)[0]
    return tuple(
        int(
            np.argmin(
                problem.weight * near[problem.people[seat]]
                + (_charges(problem, seat) if with_fit else 0)
            )
        )
        for seat in problem.seats
    )


def _distances(problem: Problem, picks: Picks) -> Whole:
    who = np.array([problem.people[seat][pick] for seat, pick in enumerate(picks)])
    found: Whole = problem.distances.rows(who)[:, who]
    return found


def _tree(problem: Problem, seat: int, at: int) -> Picks:
    picks = {seat: at}
    near = problem.distances.rows(problem.people[seat][[at]])[0]
    while len(picks) < len(problem.seats):
        costs = {
            each: _charges(problem, each) + problem.weight * near[problem.people[each]]
            for each in problem.seats
            if each not in picks
        }
        seat = min(costs, key=lambda each: float(costs[each].min()))
        picks[seat] = int(np.argmin(costs[seat]))
        near = np.minimum(near, problem.distances.rows(problem.people[seat][[picks[seat]]])[0])
    return tuple(picks[each] for each in problem.seats)
