"""Whom of very many to look at: what is said of the others holds for every team there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from careteam.domain.suggestion.outlook import Outlook, look_out
from careteam.domain.suggestion.teams import Place, Reader, best_teams
from careteam.domain.suggestion.together import Together

FITS = st.integers(0, 1000)
PEOPLE = "abcdefghijkl"


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Place], list[Place], Together, int]:
    """Places with what is known of fits at once, with their true fits, and who works together."""
    count = draw(st.integers(1, 3))
    known, true = [], []
    for number in range(count):
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=6, unique=True))
        least = {who: draw(FITS) for who in people}
        kept = draw(st.none() | st.sampled_from(people))
        known.append(Place(str(number), least, kept))
        more = {who: fit + draw(st.integers(0, 300)) for who, fit in least.items()}
        true.append(Place(str(number), more, kept))
    pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
    ties = draw(st.dictionaries(pairs.filter(lambda p: p[0] != p[1]), st.integers(1, 40)))
    return known, true, Together.of(ties), draw(st.sampled_from([0, 100, 200]))


@given(worlds(), st.integers(1, 3))
def test_no_team_with_somebody_who_is_not_looked_at_costs_less(
    world: tuple[list[Place], list[Place], Together, int], most: int
) -> None:
    known, true, together, weight = world
    found = look_out(known, together, weight=weight, most=most)
    problem = (reader := Reader(true, together, weight)).problem
    for picks in product(*(range(len(each)) for each in problem.fits)):
        team = reader.chosen(problem.team(picks))
        if any(who not in found.looked[seat] for seat, who in team.people.items()):
            assert team.cost >= found.rest - 1e-6


@given(worlds(), st.integers(1, 3))
def test_a_team_below_the_rest_is_the_best_of_all(
    world: tuple[list[Place], list[Place], Together, int], most: int
) -> None:
    known, true, together, weight = world
    outlook = look_out(known, together, weight=weight, most=most)
    few = [
        replace(place, fits={who: place.fits[who] for who in outlook.looked[place.seat]})
        for place in true
    ]
    best, best_of_all = (best_teams(places, together, weight=weight) for places in (few, true))
    assert best is not None
    assert best_of_all is not None
    if not best.left_out and best.teams[0].cost <= outlook.rest:
        assert best.teams[0].cost == best_of_all.teams[0].cost


def test_where_all_are_looked_at_nobody_is_left() -> None:
    places = [Place("one", {"a": 1, "b": 2}), Place("none", {})]
    found = look_out(places, Together.of({}), weight=100, most=2)
    assert found == Outlook({"one": frozenset("ab"), "none": frozenset()}, inf)


def test_who_works_with_the_others_is_looked_at_before_who_fits_better() -> None:
    places = [Place("filled", {"x": 0}), Place("open", {"a": 500, "b": 510, "c": 900, "d": 600})]
    found = look_out(places, Together.of({("c", "x"): 20}), weight=100, most=1, also={"d"})
    assert found.looked["open"] == {"c", "d"}
    assert found.rest == 100 * 500 + 100 * 1000


def test_beside_whoever_is_kept_those_are_looked_at_who_go_best_with_the_others() -> None:
    places = [Place("filled", {"x": 0}), Place("kept", {"a": 500, "b": 510, "c": 900}, "b")]
    found = look_out(places, Together.of({("c", "x"): 20}), weight=100, most=1)
    assert found == Outlook({"filled": frozenset("x"), "kept": frozenset("bc")}, inf)
