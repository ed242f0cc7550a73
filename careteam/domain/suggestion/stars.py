"""Good teams at once: the best stars, each bettered by exchanging one member at a time.

Source: ALGORITHMS.md section 3.2, steps 1 and 2 (after Kargar and An, CIKM 2011, with the fit of
each candidate in the objective).
"""

from __future__ import annotations

import numpy as np

from careteam.domain.suggestion.distances import Whole
from careteam.domain.suggestion.problem import Problem, Team

STARS = 6


def first_teams(problem: Problem, kept: list[Whole]) -> set[Team]:
    """Every team that was met on the way from the best stars, never empty."""
    met: set[Team] = set()
    for seat, position in _best_hubs(problem, kept):
        met |= bettered(problem, kept, _star(problem, kept, seat, position))
    return met


def _best_hubs(problem: Problem, kept: list[Whole]) -> list[tuple[int, int]]:
    """Seat and candidate whose star, without what the others cost each other, is cheapest."""
    near = [
        problem.distances.cheapest(
            problem.people[seat][kept[seat]],
            problem.charges(seat, kept[seat]),
            problem.weight,
        )
        for seat in problem.seats
    ]
    found: list[tuple[float, int, int]] = []
    for seat in problem.seats:
        who = problem.people[seat][kept[seat]]
        others = [near[other][who] for other in problem.seats if other != seat]
        stars = problem.charges(seat, kept[seat]) + sum(others, np.zeros(len(who)))
        best = np.argsort(stars, kind="stable")[:STARS]
        found += [(float(stars[at]), seat, int(kept[seat][at])) for at in best]
    return [(seat, position) for _, seat, position in sorted(found)[:STARS]]


def _star(problem: Problem, kept: list[Whole], hub: int, position: int) -> tuple[int, ...]:
    """The hub and, seat by seat, whoever is cheapest beside it."""
    who = problem.people[hub][[position]]
    picks = []
    for seat in problem.seats:
        if seat == hub:
            picks.append(position)
            continue
        beside = problem.pair_costs(who, problem.people[seat][kept[seat]])[0]
        best = int(np.argmin(problem.charges(seat, kept[seat]) + beside))
        picks.append(int(kept[seat][best]))
    return tuple(picks)


def bettered(problem: Problem, kept: list[Whole], picks: tuple[int, ...]) -> set[Team]:
    """Exchange one member at a time for the best there is, until nothing helps."""
    team = problem.team(picks)
    met = {team}
    improves = True
    while improves:
        improves = False
        for seat in problem.seats:
            others = [problem.people[s][p] for s, p in enumerate(team.picks) if s != seat]
            beside = problem.pair_costs(
                np.array(others, dtype=np.int64), problem.people[seat][kept[seat]]
            ).sum(axis=0)
            best = int(kept[seat][np.argmin(problem.charges(seat, kept[seat]) + beside)])
            other = problem.team((*team.picks[:seat], best, *team.picks[seat + 1 :]))
            met.add(other)
            if other.cost < team.cost:
                team, improves = other, True
    return met
