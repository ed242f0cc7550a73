"""What a team with this candidate costs at least, without looking at every pair.

Source: ALGORITHMS.md section 3.2, steps 3 and 4; the idea that the relaxation falls apart into
independent least costs of the members is that of Berktas and Yaman, INFORMS J. Computing 2021.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from careteam.domain.suggestion.distances import Real, Whole
from careteam.domain.suggestion.problem import Problem

SHARES = (0.0, 0.5, 0.9)
"""How much of each fit the other members are shown."""
SLACK = 1e-3
"""Costs are whole; what differs by less differs by rounding."""

Bound = Callable[[Problem, list[Whole]], list[Real]]


def shared(share: float) -> Bound:
    """The cost of a team is the sum over its members of their fit and half of their pairs.

    A part of every fit is seen by the others instead, each bracket is made least by itself.
    """

    def bound(problem: Problem, kept: list[Whole]) -> list[Real]:
        others = max(1, len(problem.seats) - 1)
        near = [
            problem.distances.cheapest(
                problem.people[seat][kept[seat]],
                share / others * problem.charges(seat, kept[seat]),
                problem.weight / 2,
            )
            for seat in problem.seats
        ]
        own = [(1 - share) * problem.charges(seat, kept[seat]) for seat in problem.seats]
        least = [
            own[seat]
            + sum(near[s][problem.people[seat][kept[seat]]] for s in problem.seats if s != seat)
            for seat in problem.seats
        ]
        floors = [float(each.min()) for each in least]
        return [each + (sum(floors) - floors[seat]) for seat, each in enumerate(least)]

    return bound


def as_hub(problem: Problem, kept: list[Whole], hubs: Iterable[int] | None = None) -> list[Real]:
    """The candidate's own pairs in full, and half of the least that the others' pairs may cost; of
    all seats, or of `hubs` alone."""
    count = len(problem.people)
    who = [problem.people[seat][kept[seat]] for seat in problem.seats]
    nearest = [
        problem.distances.cheapest(who[seat], np.zeros(len(who[seat])), problem.weight / 2)
        for seat in problem.seats
    ]
    found = []
    for hub in problem.seats if hubs is None else hubs:
        cost = problem.charges(hub, kept[hub])
        for seat in (each for each in problem.seats if each != hub):
            charges = problem.charges(seat, kept[seat]) + sum(
                (nearest[t][who[seat]] for t in range(count) if t not in (hub, seat)),
                np.zeros(len(who[seat])),
            )
            near = problem.distances.cheapest(who[seat], charges, problem.weight)
            cost = cost + near[who[hub]]
        found.append(cost)
    return found
