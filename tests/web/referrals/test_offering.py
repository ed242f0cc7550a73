"""The names offered for a place and the client's choice: noted with the letter, never required."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from careteam.features.referrals.models import Referral, SeatChoice, SeatChoiceName
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.letters import an_open_seat
from tests.support.own_page import inside
from tests.support.pages import legible
from tests.web.referrals.test_main_way import letter_to


@pytest.fixture
def seat_id(world: World) -> UUID:
    return an_open_seat(world, consent_for=world.rowan.practitioner_id).id


@pytest.fixture
def reed(world: World) -> str:
    row = a_practitioner("Reed Brook", "osteopath")
    db.session.commit()
    return str(row.id)


def letter(world: World, seat_id: UUID, **more: Any) -> dict[str, Any]:
    keys = {"seat": str(seat_id), "client": str(world.client_id), "choice_asked": "yes"}
    return {**letter_to(world), **keys, **more}


def names() -> set[str]:
    db.session.expire_all()
    return {str(row.practitioner_id) for row in db.session.query(SeatChoiceName)}


def test_choice_goes_from_the_draft_to_the_place_and_to_the_clients_own_page(
    app: Flask, world: World, signed_in, seat_id: UUID, reed: str
) -> None:
    wren, rowan_id = signed_in("wren"), world.rowan.practitioner_id
    page = wren.get(f"/referrals/new?seat={seat_id}&to={rowan_id}").text
    assert "Names you offered besides Rowan Member" in page
    assert f'name="offered" value="{reed}" id="offered-1">' in page
    wren.post("/referrals/new", letter(world, seat_id, do="draft", chosen_by="lead"))
    draft = db.session.query(Referral).one()
    draft_id, version = draft.id, str(draft.version)
    assert names() == {str(rowan_id)}
    address = f"/goals/{world.goal_id}/team/{seat_id}"
    assert "left it to" not in wren.get(address).text, "the letter has not left"

    fields = letter(world, seat_id, version=version, offered=[reed], chosen_by="client")
    assert wren.post(f"/referrals/{draft_id}/edit", fields).status_code == 303
    assert names() == {str(rowan_id), reed}
    words = "Hazel Sample chose Rowan Member from Rowan Member and Reed Brook."
    assert words in wren.get(address).text
    log = wren.get(f"/clients/{world.client_id}/log?show=changes").text
    assert "noted which names were offered for a place on the team, and who chose" in log
    assert "Reed Brook" not in signed_in("rowan").get(f"/referrals/{draft_id}").text

    visitor, home = inside(app, world)
    own = visitor.get(f"{home}/team").text
    assert "You chose Rowan Member from Rowan Member and Reed Brook." in own


def test_client_says_no_to_a_name_that_was_offered_and_takes_it_back(
    app: Flask, world: World, signed_in, seat_id: UUID, reed: str
) -> None:
    wren = signed_in("wren")
    wren.post("/referrals/new", letter(world, seat_id, offered=[reed], chosen_by="client"))
    hazel, home = inside(app, world)
    assert "Not this person Reed Brook" in legible(hazel.get(f"{home}/team").text)
    refuse, sent = f"{home}/team/refused", {"practitioner": reed}
    for wrong in ("", str(world.rowan.practitioner_id), str(world.juniper)):
        assert hazel.post(refuse, {"practitioner": wrong}).status_code == 404, "never offered"
    assert hazel.post(refuse, sent).status_code == 303
    told = "does not want Reed Brook, today Find another name for Hazel Sample"
    assert told in legible(wren.get("/").text)
    seen = legible(hazel.get(f"{home}/team").text)
    assert "Reed Brook is offered to you no more. Wren" in seen
    assert "Not this person Reed Brook" not in seen
    assert "You do not want them" in seen
    suggested = legible(wren.get(f"/goals/{world.goal_id}/suggestion").text)
    assert "Reed Brook Said on their own page" in suggested
    assert "Client says no to Reed Brook" not in suggested
    look = re.search(r"/ended/refusal/[^/]+/look", wren.get("/").text)
    assert look is not None
    assert signed_in("ash").post(look.group()).status_code == 404
    assert wren.post(look.group()).location == f"/goals/{world.goal_id}/suggestion"
    assert "does not want" not in legible(wren.get("/").text)
    log = wren.get(f"/clients/{world.client_id}/log?show=changes").text
    assert "noted that the client does not want somebody" in log
    assert hazel.post(f"{refuse}/lift", sent).status_code == 303
    assert hazel.post(f"{refuse}/lift", sent).status_code == 404, "there is nothing to take back"
    assert "Not this person Reed Brook" in legible(hazel.get(f"{home}/team").text)
    assert "Not wanted by" not in legible(wren.get(f"/goals/{world.goal_id}/suggestion").text)


def test_nothing_is_noted_unless_somebody_says_so(
    world: World, signed_in, seat_id: UUID, reed: str
) -> None:
    wren = signed_in("wren")
    answer = wren.post("/referrals/new", letter(world, seat_id, chosen_by=""))
    assert answer.status_code == 303, answer.text
    assert db.session.query(SeatChoice).count() == 0


def test_choice_that_cannot_be_is_refused_and_the_letter_stays(
    world: World, signed_in, seat_id: UUID, reed: str
) -> None:
    wren = signed_in("wren")
    stranger = "00000000-0000-4000-8000-00000000abcd"
    wrong = wren.post("/referrals/new", letter(world, seat_id, offered=[stranger]))
    assert wrong.status_code == 422
    assert "Choose among the names of the directory." in wrong.text
    assert wren.post("/referrals/new", letter(world, seat_id, chosen_by="x")).status_code == 422
    assert db.session.query(Referral).count() == 0
