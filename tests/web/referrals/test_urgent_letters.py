"""A letter while something on the goal is for the telephone; its words, and those about mail."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import World, a_practitioner
from tests.support.visitor import Visitor
from tests.web.teams.making import fresh_goal

SignedIn = Callable[[str], Visitor]
ED = "weight_loss_ed_history"


def place_and_person(world: World, discipline: str) -> tuple[str, str, str]:
    """A goal, its place for this discipline, and somebody who could take it."""
    goal = goal_on(world, ED)
    someone = a_practitioner("Alder Moss", discipline).id
    ids = str(goal.id), str(seat_for(goal, discipline).id), str(someone)
    db.session.commit()
    return ids


def raised(world: World, goal_id: str, **answers: str) -> None:
    answer(world, fresh_goal(goal_id), **answers)
    db.session.commit()


def letter(world: World, goal_id: str, seat: str, to: str, **more: str) -> dict[str, str]:
    return {
        "to": to,
        "client": str(world.client_id),
        "goal": goal_id,
        "seat": seat,
        "reason": "Meals",
        "question": "Can you see her?",
        "route": "phone",
        "how_given": "spoken",
        "do": "send",
        "new_id": str(uuid4()),
        **more,
    }


def stored() -> list[str]:
    db.session.expire_all()
    return [row.status for row in db.session.query(Referral)]


@pytest.mark.parametrize("path", ["", "&to={to}"])
def test_what_stops_is_repeated_while_a_letter_is_written(
    world: World, signed_in: SignedIn, path: str
) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    raised(world, goal_id, rapid_loss="yes")
    page = signed_in("wren").get(f"/referrals/new?seat={seat}{path.format(to=to)}").text

    assert "Before anything else" in page
    assert f"/now?flag=ed_rapid_loss&amp;goal={goal_id}" in page
    assert f'href="/goals/{goal_id}/flags/ed_rapid_loss"' in page


def test_no_urgency_is_preset_and_one_has_to_be_chosen(world: World, signed_in: SignedIn) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    wren = signed_in("wren")
    address = f"/referrals/new?seat={seat}&to={to}"
    preset = 'name="urgency" type="radio" value="routine"'
    assert f'checked id="urgency-4" {preset}' in wren.get(address).text
    raised(world, goal_id, rapid_loss="yes")
    page = wren.get(address).text
    assert f'checked id="urgency-4" {preset}' not in page
    assert preset in page
    answered = wren.post("/referrals/new", letter(world, goal_id, seat, to))

    assert answered.status_code == 422
    assert "Choose how urgent it is." in answered.text
    assert stored() == []


def test_draft_refused_for_its_urgency_is_shown_as_stored_under_what_was_typed(
    world: World, signed_in: SignedIn
) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    wren = signed_in("wren")
    sent = letter(world, goal_id, seat, to, urgency="routine", do="draft")
    edit = str(wren.post("/referrals/new", sent).location)
    raised(world, goal_id, rapid_loss="yes")
    before = shown_at(wren.get(edit).text)
    typed = {"reason": "Meals and sleep", "question": sent["question"], "do": "draft", **before}
    refused = wren.post(edit, typed)
    assert refused.status_code == 422
    assert "Choose how urgent it is." in refused.text
    assert 'value="Meals and sleep"' in refused.text
    assert shown_at(refused.text) == before
    again = {**typed, **shown_at(refused.text), "urgency": "soon"}
    assert wren.post(edit, again).status_code == 303
    db.session.expire_all()
    assert db.session.query(Referral).one().reason == "Meals and sleep"


def shown_at(page: str) -> dict[str, str]:
    """What a form carries of the row that it was made from."""
    found = re.findall(r'<input type="hidden" name="(version|was)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def test_routine_letter_beside_a_same_day_sign_is_the_writers_choice(
    world: World, signed_in: SignedIn
) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    raised(world, goal_id, rapid_loss="yes")
    sent = letter(world, goal_id, seat, to, urgency="routine")

    assert signed_in("wren").post("/referrals/new", sent).status_code == 303
    assert stored() == ["sent"]


@pytest.mark.parametrize(
    ("discipline", "sign", "words"),
    [
        ("general_practitioner", "rapid_loss", "This is for today, by telephone"),
        ("dietitian", "faint_heart", "Answer the emergency first"),
    ],
)
def test_letter_that_can_wait_does_not_leave_where_only_a_call_will_do(
    world: World, signed_in: SignedIn, discipline: str, sign: str, words: str
) -> None:
    goal_id, seat, to = place_and_person(world, discipline)
    raised(world, goal_id, **{sign: "yes"})
    wren, sent = signed_in("wren"), letter(world, goal_id, seat, to, urgency="routine")
    refused = wren.post("/referrals/new", sent)
    assert refused.status_code == 422
    assert words in refused.text
    assert stored() == []
    assert wren.post("/referrals/new", sent | {"do": "draft"}).status_code == 303
    draft = db.session.query(Referral).one().id
    page = wren.get(f"/referrals/{draft}/edit").text
    assert 'checked id="urgency-4" name="urgency"' not in page
    spoken = {"urgency": "same_day", "spoken_to": "Dr Moss, at ten", "new_id": str(uuid4())}

    assert wren.post("/referrals/new", sent | spoken).status_code == 303


def test_everything_that_is_missing_is_named_at_once(world: World, signed_in: SignedIn) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    raised(world, goal_id, faint_heart="yes")
    nothing = {"reason": "", "question": "", "how_given": "", "urgency": "routine"}
    wren = signed_in("wren")
    refused = wren.post("/referrals/new", letter(world, goal_id, seat, to, **nothing))
    assert refused.status_code == 422
    for words in (
        "Give the reason in one sentence.",
        "Ask one question: what should they do or answer?",
        "Answer the emergency first",
        "Nothing leaves before the client agrees.",
    ):
        assert words in refused.text
    spoken = nothing | {"urgency": "same_day"}
    refused = wren.post("/referrals/new", letter(world, goal_id, seat, to, **spoken))
    assert "This is for the telephone: whom did you speak to?" in refused.text
    assert "Give the reason in one sentence." in refused.text
    assert stored() == []


def test_reason_is_the_writers_and_the_purpose_a_hint(world: World, signed_in: SignedIn) -> None:
    _, seat, to = place_and_person(world, "dietitian")
    page = signed_in("wren").get(f"/referrals/new?seat={seat}&to={to}").text

    assert "The place is for: Medical nutrition therapy" in page
    field = page[page.index('id="reason"') - 200 : page.index('id="reason"') + 200]
    assert 'value="Medical' not in field


def test_mail_is_promised_only_where_it_leaves(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    wren, address = signed_in("wren"), f"/referrals/new?to={world.rowan.practitioner_id}"
    assert "They get a mail that says a referral waits" in wren.get(address).text
    settings = app.extensions["careteam_settings"]
    app.extensions["careteam_settings"] = replace(settings, mail_folder=None)
    try:
        alone = wren.get(address).text
        assert "It waits in their inbox here; ring them too" in alone
        assert "They get a mail" not in alone
    finally:
        app.extensions["careteam_settings"] = settings


def test_script_beside_the_letter_names_the_client_and_each_heading_once(
    world: World, signed_in: SignedIn
) -> None:
    goal_id, seat, to = place_and_person(world, "dietitian")
    page = signed_in("wren").get(
        f"/referrals/new?client={world.client_id}&goal={goal_id}&seat={seat}&to={to}"
    )
    assert "I am calling about Hazel Sample, born [date of birth]." in page.text
    assert page.text.count("<dt>Situation</dt>") == 1
    assert page.text.count("<dt>Recommendation</dt>") == 1
