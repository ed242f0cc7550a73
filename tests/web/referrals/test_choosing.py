"""Choosing whom to ask for a place, and what the letter begins with."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import World, a_practitioner
from tests.support.letters import an_open_seat
from tests.support.visitor import Visitor
from tests.web.teams.making import fresh_goal

SignedIn = Callable[[str], Visitor]


def test_a_matter_of_today_offers_no_candidates(world: World, signed_in: SignedIn) -> None:
    goal = goal_on(world, "weight_loss_ed_history")
    a_practitioner("Alder Moss", "general_practitioner")
    goal_id, place = str(goal.id), seat_for(goal, "general_practitioner").id
    db.session.commit()
    address = f"/referrals/new?seat={place}"
    wren = signed_in("wren")
    assert "Alder Moss" in wren.get(address).text

    answer(world, fresh_goal(goal_id), rapid_loss="yes")
    db.session.commit()
    page = wren.get(address).text
    assert "Alder Moss" not in page
    assert "First: the warning sign, today, by telephone." in page
    assert f'href="/now?flag=ed_rapid_loss&amp;goal={goal_id}"' in page
    assert "Alder Moss" in wren.get(f"{address}&q=Alder").text


@pytest.mark.parametrize(
    ("pathway", "discipline", "begins"),
    [
        ("weight_loss_ed_history", "dietitian", "Medical nutrition therapy for illness"),
        ("achilles_rupture_nonoperative", "physiotherapist", "Leads rehabilitation from boot"),
    ],
)
def test_a_letter_begins_with_nothing_sensitive(
    world: World, signed_in: SignedIn, pathway: str, discipline: str, begins: str
) -> None:
    goal = goal_on(world, pathway)
    someone = a_practitioner("Alder Moss", discipline).id
    place = seat_for(goal, discipline).id
    db.session.commit()
    page = signed_in("wren").get(f"/referrals/new?seat={place}&to={someone}").text

    assert begins in page
    assert "eating-disorder" not in page.casefold()


def test_consent_on_the_letter_says_its_end_and_leads_to_every_choice(
    world: World, signed_in: SignedIn
) -> None:
    seat_id = an_open_seat(world).id
    wren = signed_in("wren")
    page = wren.get(f"/referrals/new?to={world.juniper}&seat={seat_id}").text
    assert "In force until 4 March 2027." in page
    href = re.search(r'href="(/clients/[^"]*consent/new[^"]*)"', page)
    assert href is not None
    card = wren.get(href.group(1).replace("&amp;", "&"))
    assert card.status_code == 200
    assert "Juniper Outside" in card.text
