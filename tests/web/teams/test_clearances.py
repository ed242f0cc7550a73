"""A clearance the plan waits for: entered by the lead from a letter, or given behind the link."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.outbox.models import Message
from careteam.features.pathways.content import load_content
from careteam.features.plans.safety import safety_of
from careteam.features.teams.models import Answer, Clearance, Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_consent, a_seat
from tests.support.files import a_pdf
from tests.support.linking import a_place

ASKED = "general_practitioner:build"
WAITS = "Before “Build habits”, in writing, by the"


@pytest.fixture
def goal_id(world: World) -> UUID:
    """Hazel's heart was asked about: her general practitioner clears what is hard on it."""
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = "weight_loss"
    goal.pathway_version = load_content().pathways["weight_loss"].version
    db.session.add(
        Answer(
            client_id=goal.client_id,
            goal_id=goal.id,
            question="heart",
            value="yes",
            answered_at=clock.now(),
            information_class="cardiometabolic",
        )
    )
    db.session.commit()
    return goal.id


def given(**more: object) -> dict[str, object]:
    return {
        "new_id": str(uuid4()),
        "asked": ASKED,
        "said": "Moderate effort, twice a week.",
        "given_on": "2026-03-03",
    } | more


def waits(world: World, goal_id: UUID) -> bool:
    db.session.expire_all()
    found = safety_of(world.wren, db.session.get_one(Goal, goal_id))
    return "build" in found.waits


def test_lead_enters_a_letter_opens_its_file_and_takes_it_back(
    world: World, goal_id: UUID, signed_in
) -> None:
    wren, page = signed_in("wren"), f"/clients/{world.client_id}?goal={goal_id}"
    address = f"/goals/{goal_id}/clearances/new"
    assert WAITS in wren.get(page).text
    assert "Medical clearance before exercise" in wren.get(address).text
    half = wren.post(address, given(said="Yes, gently.", way="letter"))
    assert half.status_code == 422
    assert "Say who gives it." in half.text
    assert "Yes, gently." in half.text
    letter = FileStorage(BytesIO(a_pdf()), "hazel heart.pdf")
    whole = given(given_by="other", given_by_name="Dr Moss, GP", way="letter", file=letter)
    assert wren.post(address, whole).status_code == 303
    assert waits(world, goal_id) is False
    shown = wren.get(page).text
    assert WAITS not in shown
    assert "Dr Moss, GP, 3 Mar, by letter." in shown
    assert "Entered by hand by Wren Lead." in shown
    assert "Added by others" not in wren.get("/").text
    kept = f"/goals/{goal_id}/clearances/{whole['new_id']}"
    file = wren.get(f"{kept}/file")
    assert file.data.startswith(b"%PDF")
    assert "hazel" not in file.headers["Content-Disposition"]
    assert signed_in("rowan").get(f"{kept}/file").status_code == 404
    assert wren.post(f"{kept}/take-back").status_code == 303
    assert waits(world, goal_id) is True
    assert "Dr Moss, GP, 3 Mar, by letter." in wren.get(page).text
    assert wren.post(f"{kept}/restore").status_code == 303
    assert waits(world, goal_id) is False


def test_whoever_is_asked_gives_it_behind_the_link_and_today_says_so(
    app: Flask, world: World, goal_id: UUID, signed_in
) -> None:
    _, juniper, home = a_place(app, world)
    assert "Build habits" not in juniper.get(home).text
    db.session.query(Seat).filter_by(
        discipline="dietitian"
    ).one().discipline = "general_practitioner"
    db.session.commit()
    for page in (home, f"{home}/plan"):
        shown = juniper.get(page).text
        assert "“Build habits” waits for your word" in shown
        assert "ask the lead" not in shown
    address = f"{home}/clearances/new"
    assert "Medical clearance before exercise" not in juniper.get(address).text
    assert juniper.post(address, given(said="")).status_code == 422
    sent = given()
    assert juniper.post(address, sent).location == home
    assert juniper.post(address, sent).location == home
    row = db.session.query(Clearance).one()
    assert (row.given_by_id, row.way, row.rules) == (world.juniper, "link", "r_heart")
    key = row.id
    assert waits(world, goal_id) is False
    shown = juniper.get(home).text
    assert "You, 3 Mar." in shown
    mail = db.session.query(Message).filter_by(about_id=key).one()
    assert mail.recipient == "wren@example.org"
    assert not re.search("Hazel|Build|effort", mail.subject + mail.body)
    wren = signed_in("wren")
    assert "1 clearance in writing from Juniper Outside" in wren.get("/").text
    look = f"/added/clearance/{goal_id}/look"
    assert wren.post(look).location == f"/clients/{world.client_id}?goal={goal_id}#safety"
    assert "Added by others" not in wren.get("/").text
    assert juniper.post(address, given()).location == home
    assert db.session.query(Clearance).count() == 1
    assert juniper.post(f"{home}/clearances/{key}/take-back").location == home
    assert "You, 3 Mar." in juniper.get(home).text
    assert waits(world, goal_id) is True


def test_link_clears_nothing_for_another_place_of_its_holder(
    app: Flask, world: World, goal_id: UUID
) -> None:
    _, juniper, home = a_place(app, world)
    goal = db.session.get_one(Goal, goal_id)
    a_seat(goal, "general_practitioner", filled_by=world.juniper)
    db.session.commit()
    assert "waits for your word" not in juniper.get(home).text
    juniper.post(f"{home}/clearances/new", given())
    assert db.session.query(Clearance).count() == 0


def test_others_on_the_team_neither_give_nor_read_it(
    world: World, goal_id: UUID, signed_in
) -> None:
    """Who is waited for can itself be telling."""
    goal = db.session.get_one(Goal, goal_id)
    rowan = world.rowan.practitioner_id
    assert rowan is not None
    a_consent(goal, rowan, ["identity_contact", "goal_plan", "safety_alerts"])
    a_seat(goal, "osteopath", filled_by=rowan)
    db.session.commit()
    visitor = signed_in("rowan")
    address = f"/goals/{goal_id}/clearances/new"
    assert visitor.post(address, given()).status_code == 303
    assert db.session.query(Clearance).count() == 0
    shown = visitor.get(f"/clients/{world.client_id}").text
    assert "A written clearance is awaited before the next phase" in shown
    assert "general practitioner" not in shown
    consent = db.session.query(Consent).filter_by(practitioner_id=rowan).one()
    consent.classes = ["identity_contact", "goal_plan"]
    db.session.query(Seat).filter_by(
        discipline="osteopath"
    ).one().discipline = "general_practitioner"
    db.session.commit()
    assert "waits for your word" not in visitor.get(f"/clients/{world.client_id}").text
