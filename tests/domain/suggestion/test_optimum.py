"""The best team: equal to known answers, to trying every team, and honest when stopped."""

from __future__ import annotations

from itertools import count as counting
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careteam.domain.suggestion import Network, Problem, Table, Team, suggest
from careteam.domain.suggestion.problem import APART
from tools.reference.teams import Known, known_teams

QUICK = [known for known in known_teams() if known.seats * known.candidates <= 500]
FIVE_BEST = [245800, 248500, 257600, 259100, 260300]
"""Of care 5 x 100, seed 1; ALGORITHMS.md section 3.6."""


@pytest.mark.parametrize("known", QUICK, ids=lambda known: known.name)
def test_known_optimum_is_found_and_proven(known: Known) -> None:
    problem = known.problem()
    assert sum(int(fits.sum()) for fits in problem.fits) == known.sum_of_fits
    assert problem.team(known.picks).cost == known.cost
    answer = suggest(problem)
    assert (answer.teams[0].cost, answer.is_proven, answer.bound) == (known.cost, True, known.cost)
    assert problem.team(answer.teams[0].picks) == answer.teams[0]


def test_five_best_teams_are_those_known() -> None:
    (known,) = (each for each in QUICK if each.name == "care 5 x 100, 100, seed 1")
    answer = suggest(known.problem(), count=5)
    assert [team.cost for team in answer.teams] == FIVE_BEST
    assert answer.is_proven


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to four seats with up to four candidates out of seven people, any distances."""
    seats = draw(st.integers(1, 4))
    people = [
        np.array(draw(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True)))
        for _ in range(seats)
    ]
    fits = [
        np.array(draw(st.lists(st.integers(0, 9), min_size=len(who), max_size=len(who))))
        for who in people
    ]
    upper = draw(st.lists(st.integers(0, 20), min_size=49, max_size=49))
    pairs = np.triu(np.array(upper).reshape(7, 7), 1)
    weight = draw(st.sampled_from([0, 25, 100, 400]))
    apart = draw(st.booleans())
    return Problem(tuple(fits), tuple(people), Table(pairs + pairs.T), weight, apart)


def every_team(problem: Problem) -> list[Team]:
    """By trying all of them."""
    return sorted(map(problem.team, product(*(range(len(fits)) for fits in problem.fits))))


@settings(deadline=None, max_examples=75)
@given(problems(), st.integers(1, 6))
def test_best_teams_are_those_of_trying_every_team(problem: Problem, count: int) -> None:
    answer = suggest(problem, count=count)
    expected = [team.cost for team in every_team(problem)[:count]]
    assert [team.cost for team in answer.teams] == expected
    assert answer.is_proven
    assert all(problem.team(team.picks) == team for team in answer.teams)
    assert len(set(answer.teams)) == len(answer.teams)


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 4))
def test_stopped_search_has_a_team_and_a_bound_that_holds(problem: Problem, steps: int) -> None:
    asked = counting()
    answer = suggest(problem, is_over=lambda: next(asked) >= steps)
    best = every_team(problem)[0].cost
    assert answer.bound <= best + 1e-6
    assert answer.teams[0].cost >= best
    assert 0 <= answer.gap <= 1
    assert not answer.is_proven or answer.teams[0].cost == best


def test_one_person_fills_one_seat_only_where_that_is_asked() -> None:
    who = np.array([0, 1])
    fits = np.array([1, 5])
    apart = np.array([[0, 3], [3, 0]])
    free = Problem((fits, fits), (who, who), Table(apart), 100)
    assert suggest(free).teams[0] == Team(200, (0, 0))
    once = Problem((fits, fits), (who, who), Table(apart), 100, one_seat_each=True)
    assert suggest(once).teams[0].cost == 900
    nobody_else = Problem((fits[:1],) * 2, (who[:1],) * 2, Table(apart), 100, one_seat_each=True)
    assert suggest(nobody_else).teams[0].cost >= APART


def test_strangers_are_as_far_as_the_cap_and_no_further() -> None:
    from scipy.sparse import csr_array

    alone = csr_array((3, 3), dtype=float)
    network = Network(alone, 1000)
    assert network.rows(np.array([0])).tolist() == [[0, 1000, 1000]]
    assert network.cheapest(np.array([1]), np.array([7.0]), 2.0).tolist() == [2007, 7, 2007]


def test_seat_without_a_candidate_is_refused() -> None:
    nobody = np.array([], dtype=np.int64)
    with pytest.raises(ValueError, match="candidate"):
        suggest(Problem((nobody,), (nobody,), Table(np.zeros((1, 1), dtype=np.int64)), 100))
