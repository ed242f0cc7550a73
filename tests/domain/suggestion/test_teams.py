"""Places and people as a problem: the lead taken out, the filled counted, one seat a person."""

from __future__ import annotations

import numpy as np
import pytest

from careteam.domain.suggestion.teams import Chosen, Place, best_teams, tie_length
from careteam.domain.suggestion.together import Together

PHYSIO = Place("physio", {"ash": 300, "bo": 310})
DIET = Place("diet", {"cy": 200, "di": 230})


def test_best_fits_are_the_team_of_strangers() -> None:
    found = best_teams([PHYSIO, DIET], Together.of({}), count=2)
    assert found is not None
    assert found.is_proven
    assert found.teams == (
        Chosen({"physio": "ash", "diet": "cy"}, 100 * 500 + 100 * 1000),
        Chosen({"physio": "bo", "diet": "cy"}, 100 * 510 + 100 * 1000),
    )


def test_those_who_work_together_come_first_whatever_the_direction() -> None:
    found = best_teams([PHYSIO, DIET], Together.of({("bo", "di"): 4, ("di", "bo"): 5}))
    assert found is not None
    assert found.teams == (Chosen({"physio": "bo", "diet": "di"}, 100 * 540 + 100 * 100),)
    assert found.exchanges("diet") == [("cy", 100 * -30 + 100 * 900)]


def test_whoever_is_kept_stays_and_another_is_told_beside_them() -> None:
    kept = Place("physio", PHYSIO.fits, kept="ash")
    found = best_teams([kept, DIET], Together.of({("bo", "di"): 9}), count=2)
    assert found is not None
    assert [team.people["physio"] for team in found.teams] == ["ash", "ash"]
    assert found.exchanges("physio") == [("bo", 100 * 10)]


def test_who_refers_to_the_lead_does_not_count() -> None:
    ties = {("bo", "lead"): 90, ("lead", "di"): 90, ("ash", "cy"): 6}
    with_lead = best_teams([PHYSIO, DIET], Together.of(ties), without={"lead"})
    alone = best_teams([PHYSIO, DIET], Together.of({("ash", "cy"): 6}))
    assert with_lead is not None
    assert alone is not None
    assert with_lead.teams == alone.teams


def test_who_fills_a_place_counts_for_the_others() -> None:
    fixed = Place("gp", {"eve": 0})
    found = best_teams([fixed, PHYSIO], Together.of({("eve", "bo"): 1}))
    assert found is not None
    assert found.teams[0] == Chosen({"gp": "eve", "physio": "bo"}, 100 * 310 + 100 * 500)


def test_nobody_takes_two_places_and_the_place_left_is_named() -> None:
    places = [Place("one", {"ash": 1}), Place("none", {}), Place("two", {"ash": 1})]
    found = best_teams(places, Together.of({}))
    assert found is not None
    assert (found.teams[0].people, found.left_out) == ({"one": "ash"}, ("two",))
    assert best_teams([Place("none", {})], Together.of({})) is None


def test_ties_are_read_in_both_directions_and_from_whom_one_asks() -> None:
    ties = Together.of({("a", "b"): 5, ("b", "a"): 10, ("b", "c"): 20, ("d", "c"): 5})
    assert ties.among(["a", "b", "d"]) == {("a", "b"): 10}
    assert ties.bonds(["a", "c"]) == {"b": 35, "d": 5}
    assert ties.partners(2) == [("b", 2), ("c", 2)]
    assert ties.without(["b"]).among("abcd") == {("c", "d"): 5}
    assert (ties.is_tied("a"), ties.is_tied("stranger")) == (True, False)
    assert ties.network(["a", "c", "x"], 1000).rows(np.array([0]))[0].tolist() == [0, 110, 1000]


@pytest.mark.parametrize(("accepted", "length"), [(0, 1000), (1, 500), (6, 143), (5000, 1)])
def test_length_of_a_tie(accepted: int, length: int) -> None:
    assert tie_length(accepted) == length
