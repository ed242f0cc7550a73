"""Clients who cannot wait stand first on Today, with the effect and never the cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from careteam.audit.models import AccessRead
from careteam.features.clients.models import Client
from careteam.features.teams.proposing import switch_pathway
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import World, a_client
from tests.support.statements import statements
from tests.support.visitor import Visitor
from tests.web.teams.making import fresh_goal

SignedIn = Callable[[str], Visitor]
ED = "weight_loss_ed_history"


def goal_with(world: World, pathway: str, **answers: str) -> str:
    goal = goal_on(world, pathway)
    if answers:
        answer(world, goal, **answers)
    db.session.commit()
    return str(goal.id)


def test_emergency_stands_first_with_call_help_and_answer(
    world: World, signed_in: SignedIn
) -> None:
    goal_id = goal_with(world, ED, faint_heart="yes")
    page = signed_in("wren").get("/").text

    assert page.index("Before anything else") < page.index("To settle with clients")
    assert 'href="tel:999"' in page
    assert f'href="/now?flag=ed_emergency&amp;goal={goal_id}"' in page
    assert f'href="/goals/{goal_id}/flags/ed_emergency"' in page
    assert "Emergency now" in page


def test_line_tells_the_effect_and_never_the_cause(world: World, signed_in: SignedIn) -> None:
    goal_with(world, ED, faint_heart="yes", rapid_loss="yes")
    page = signed_in("wren").get("/").text

    assert "A warning sign is not answered." in page
    for cause in ("palpitations", "eating disorder", "eating-disorder", "lost in each"):
        assert cause not in page
    assert db.session.query(AccessRead).count() == 0


def test_someone_to_see_first_opens_its_own_sign_and_is_answered_with_a_reason(
    world: World, signed_in: SignedIn
) -> None:
    goal_id = goal_with(world, "achilles_rupture_nonoperative", confirmed="no")
    wren = signed_in("wren")
    page = wren.get("/").text

    assert "Somebody has to be seen first, today." in page
    assert f'href="/now?flag=first:emergency_care&amp;goal={goal_id}"' in page
    aside = f"/goals/{goal_id}/effects/set-aside"
    assert f'href="{aside}?effects=r_unconfirmed%7Csee_first:emergency_care"' in page
    sent = {"effects": "r_unconfirmed|see_first:emergency_care", "reason": "Seen on Monday"}
    assert wren.post(aside, sent).status_code == 303
    assert "Before anything else" not in wren.get("/").text


def test_answered_emergency_leaves_today(world: World, signed_in: SignedIn) -> None:
    goal_id = goal_with(world, ED, faint_heart="yes")
    wren = signed_in("wren")
    wren.post(f"/goals/{goal_id}/flags/ed_emergency/asked-again", {"last": "Never"})

    assert "Before anything else" not in wren.get("/").text


def test_no_place_is_to_be_filled_before_the_telephone(world: World, signed_in: SignedIn) -> None:
    goal = goal_on(world, ED)
    goal_id, seat_id = str(goal.id), seat_for(goal, "dietitian").id
    db.session.commit()
    wren = signed_in("wren")
    assert f"/referrals/new?seat={seat_id}" in wren.get("/").text
    answer(world, fresh_goal(goal_id), faint_heart="yes")
    db.session.commit()

    assert f"/referrals/new?seat={seat_id}" not in wren.get("/").text


def test_what_is_to_settle_has_its_action(world: World, signed_in: SignedIn) -> None:
    goal_id = goal_with(world, "weight_loss", ed_past="yes")
    wren = signed_in("wren")
    page = wren.get("/").text
    assert "The answers ask for another pathway" in page
    assert f"/clients/{world.client_id}?goal={goal_id}#safety-pathway" in page
    assert f'href="/goals/{goal_id}/screening"' in page
    switch_pathway(actor=world.wren, goal=fresh_goal(goal_id), pathway=ED)
    db.session.commit()
    page = wren.get("/").text

    assert "The goal needs new words" in page
    assert f'href="/goals/{goal_id}/edit"' in page
    assert "The answers ask for another pathway" not in page


def test_paused_goal_asks_nothing_but_keeps_its_sign(world: World, signed_in: SignedIn) -> None:
    goal_id = goal_with(world, "weight_loss", ed_past="yes", unplanned_loss="yes")
    fresh_goal(goal_id).status = "paused"
    db.session.commit()
    page = signed_in("wren").get("/").text

    assert "To settle with clients" not in page
    assert "A warning sign is not answered." in page


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_nobody_else_is_told(world: World, signed_in: SignedIn, who: str) -> None:
    goal_with(world, ED, faint_heart="yes")
    page = signed_in(who).get("/").text

    assert "Before anything else" not in page
    assert "To settle with clients" not in page
    assert "Emergency now" not in signed_in(who).get("/clients").text


def test_client_is_rung_only_where_that_is_safe(world: World, signed_in: SignedIn) -> None:
    goal_with(world, "weight_loss", unplanned_loss="yes")
    client = db.session.get_one(Client, world.client_id)
    client.phone = "0117 496 0999"
    db.session.commit()
    assert 'href="tel:+44-117-496-0999"' in signed_in("wren").get("/").text
    db.session.get_one(Client, world.client_id).safe_contact = "post"
    db.session.commit()

    assert "tel:+44-117-496-0999" not in signed_in("wren").get("/").text


@pytest.mark.parametrize("path", ["/", "/clients"])
@pytest.mark.either_database
def test_three_clients_cost_the_statements_of_one(
    world: World, signed_in: SignedIn, path: str
) -> None:
    goal_with(world, ED, faint_heart="yes")
    wren = signed_in("wren")
    wren.get(path)
    with statements() as one:
        wren.get(path)
    for name in ("Elm Made", "Oak Made"):
        client_id = a_client(world.wren.practitioner_id, name).id  # type: ignore[arg-type]
        db.session.commit()
        goal_with(replace(world, client_id=client_id), ED, faint_heart="yes")
    with statements() as three:
        page = wren.get(path).text
    assert page.count("Emergency now") == 3
    assert len(three) == len(one)


def test_the_row_of_the_client_has_the_same_mark(world: World, signed_in: SignedIn) -> None:
    goal_with(world, ED, rapid_loss="yes")
    assert "Same day" in signed_in("wren").get("/clients").text
    goal_id = goal_with(world, "achilles_rupture_nonoperative", confirmed="no")
    wren = signed_in("wren")
    wren.post(
        f"/goals/{goal_id}/effects/set-aside",
        {"effects": "r_unconfirmed|see_first:emergency_care", "reason": "Seen"},
    )
    page = wren.get("/clients").text

    assert "Same day" in page
    assert "emergency" not in page.casefold()
