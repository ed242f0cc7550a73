"""Words that find nobody lead on to the discipline that is meant."""

from __future__ import annotations

import pytest

from careteam.features.pathways.content import keep_up
from tests.personas import World
from tests.support.own_pathways import a_copy, publish


@pytest.mark.parametrize("address", ["/practitioners?q={}", "/now/names?discipline={}"])
def test_misspelt_discipline_is_offered_as_a_link(world: World, signed_in, address: str) -> None:
    wren = signed_in("wren")
    page = wren.get(address.format("phisio")).text
    assert "Did you mean" in page
    link = address.partition("?")[0] + "?discipline=physiotherapist"
    assert f'href="{link}"' in page
    assert "Did you mean" not in wren.get(link).text


def test_need_is_answered_by_those_who_see_to_it(world: World, signed_in) -> None:
    page = signed_in("wren").get("/practitioners?q=someone+for+sleep").text
    offered = page.partition("Did you mean")[2].partition("</p>")[0]
    assert offered.count('href="/practitioners?discipline=') == 3
    assert "discipline=massage_therapist" in offered


def test_goal_of_the_communitys_own_pathway_is_known(world: World, signed_in) -> None:
    try:
        publish(world, a_copy(world))
        page = signed_in("wren").get("/practitioners?q=somebody+for+desk+backs").text
        assert "Did you mean" in page
        assert page.partition("Did you mean")[2].count("/practitioners?discipline=") >= 3
    finally:
        keep_up(None)


@pytest.mark.parametrize("words", ["zzzz", "%3Cscript%3E", "someone"])
def test_other_words_are_not_guessed_at(world: World, signed_in, words: str) -> None:
    assert "Did you mean" not in signed_in("wren").get(f"/practitioners?q={words}").text
