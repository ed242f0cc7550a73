"""Safety on the client's page: first, with its reasons for the lead, without for everybody else."""

from __future__ import annotations

import re

import pytest

from careteam.features.teams.queries import decision_rows
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on
from tests.personas import a_consent, a_seat
from tests.web.teams.making import a_goal_on, fresh_goal, hidden


@pytest.fixture
def wren(signed_in):
    return signed_in("wren")


def goal_with(world, pathway, **answers):
    goal = goal_on(world, pathway)
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", "safety_alerts"])
    answer(world, goal, **answers)
    db.session.commit()
    return str(goal.id)


def client_page(world, goal_id):
    return f"/clients/{world.client_id}?goal={goal_id}"


def test_safety_stands_before_the_team(wren, world):
    goal_id = goal_with(world, "weight_loss", ed_past="yes", unplanned_loss="yes")
    page = wren.get(client_page(world, goal_id)).text

    assert page.index("Before anything else") < page.index('id="team"')
    assert "Weighing can trigger relapse." in page
    assert "No weight talk." in page


def test_a_colleague_reads_effects_and_never_why(signed_in, world):
    goal_id = goal_with(world, "weight_loss", ed_past="yes", unplanned_loss="yes")
    page = signed_in("ash").get(client_page(world, goal_id)).text
    # the classes a note may have are the same words for every client
    page = re.sub(r"<option.*?</option>", "", page)

    assert "No weight talk." in page
    assert "The plan is stopped for now: ask the lead." in page
    for secret in (
        "relapse",
        "eating disorder",
        "eating-disorder",
        "explained first",
        "Another pathway",
        "without trying",
        "Set aside",
    ):
        assert secret not in page


def test_others_find_nothing(signed_in, world):
    goal_id = goal_with(world, "weight_loss", ed_past="yes")

    assert signed_in("rowan").get(client_page(world, goal_id)).status_code == 404


def test_setting_aside_on_the_line_keeps_the_reason(wren, world):
    goal_id = goal_with(world, "weight_loss", low_weight="yes")
    effects = hidden(wren.get(client_page(world, goal_id)).text, "effects")
    assert effects == "r_low_weight|block_plan"
    wren.post(
        f"/goals/{goal_id}/effects/set-aside", {"effects": effects, "reason": "Checked by Dr Moss"}
    )

    page = wren.get(client_page(world, goal_id)).text
    assert "Checked by Dr Moss" in page
    assert "The plan does not start." not in page.split("Set aside")[0]
    decision = decision_rows(fresh_goal(goal_id).id)[0]
    wren.post(f"/goals/{goal_id}/decisions/{decision.id}/take-back")
    assert "Checked by Dr Moss" not in wren.get(client_page(world, goal_id)).text


def test_setting_aside_without_a_reason_shows_the_form_again(wren, world):
    goal_id = goal_with(world, "weight_loss", low_weight="yes")
    answer = wren.post(
        f"/goals/{goal_id}/effects/set-aside",
        {"effects": "r_low_weight|block_plan", "reason": " "},
    )

    assert answer.status_code == 422
    assert "Write why this is set aside." in answer.text
    assert "the plan does not start" in answer.text


def test_setting_aside_twice_is_a_conflict(wren, world):
    goal_id = goal_with(world, "weight_loss", low_weight="yes")
    sent = {"effects": "r_low_weight|block_plan", "reason": "Checked"}
    wren.post(f"/goals/{goal_id}/effects/set-aside", sent)

    assert wren.post(f"/goals/{goal_id}/effects/set-aside", sent).status_code == 409


@pytest.mark.parametrize("effects", ["", "nonsense", "r_low_weight|", "r_none|block_plan"])
def test_effects_nobody_has_are_not_found(wren, world, effects):
    goal_id = goal_with(world, "weight_loss", low_weight="yes")

    answer = wren.post(
        f"/goals/{goal_id}/effects/set-aside", {"effects": effects, "reason": "Checked"}
    )
    assert answer.status_code in (404, 422)
    assert decision_rows(fresh_goal(goal_id).id) == []


def test_an_emergency_has_no_form_to_set_it_aside_and_refuses_one(wren, world):
    goal_id = goal_with(world, "weight_loss_ed_history", faint_heart="yes")
    page = wren.get(client_page(world, goal_id)).text
    assert "raise_red_flag:ed_emergency" not in page
    assert f"/goals/{goal_id}/flags/ed_emergency" in page
    answer = wren.post(
        f"/goals/{goal_id}/effects/set-aside",
        {"effects": "r_emergency|raise_red_flag:ed_emergency", "reason": "Nothing"},
    )

    assert answer.status_code == 422
    assert "An emergency is answered, not set aside" in answer.text
    assert decision_rows(fresh_goal(goal_id).id) == []


def test_the_hold_of_an_open_emergency_leads_to_its_answer_and_has_no_form(wren, world):
    goal_id = goal_with(world, "weight_loss_ed_history", faint_heart="yes")
    address = f"/goals/{goal_id}/flags/ed_emergency"
    page = wren.get(client_page(world, goal_id)).text
    held = page[page.index("No hands-on work at all.") :]
    assert "hold_manual_therapy:all:ed_emergency" not in page
    assert held.index("Answer the emergency") < held.index("</li>")
    assert page.count(f'href="{address}"') == 2

    wren.post(f"{address}/asked-again", {"last": "Two years ago"})
    page = wren.get(client_page(world, goal_id)).text
    assert "Answer the emergency" not in page
    assert "r_emergency|hold_manual_therapy:all:ed_emergency" in page


def test_an_emergency_is_answered_by_asking_again(wren, world):
    goal_id = goal_with(world, "weight_loss_ed_history", faint_heart="yes")
    address = f"/goals/{goal_id}/flags/ed_emergency"
    assert wren.get(address).status_code == 200
    assert wren.post(f"{address}/asked-again", {"last": ""}).status_code == 422
    assert wren.post(f"{address}/asked-again", {"last": "Two years ago"}).status_code == 303

    page = wren.get(client_page(world, goal_id)).text
    assert "Asked again: not now. Last: Two years ago" in page
    assert 'href="tel:999"' not in page


def test_an_emergency_is_answered_by_speaking_to_somebody(wren, world):
    goal_id = goal_with(world, "weight_loss_ed_history", faint_heart="yes")
    address = f"/goals/{goal_id}/flags/ed_emergency/spoken"
    wrong = wren.post(
        address, {"spoken_to": "Dr Moss", "happened_on": "2030-01-01", "said": "Bloods"}
    )
    assert wrong.status_code == 422
    assert 'value="Dr Moss"' in wrong.text
    right = wren.post(
        address, {"spoken_to": "Dr Moss", "happened_on": "2026-03-04", "said": "Bloods"}
    )

    assert right.status_code == 303
    assert "Spoke to Dr Moss on 4 March: Bloods" in wren.get(client_page(world, goal_id)).text


def test_an_unknown_flag_is_not_found(wren, world):
    goal_id = a_goal_on(world, "weight_loss")

    assert wren.get(f"/goals/{goal_id}/flags/no_such").status_code == 404
    assert (
        wren.post(f"/goals/{goal_id}/flags/no_such/asked-again", {"last": "x"}).status_code == 404
    )


def test_the_offered_pathway_takes_the_place_and_the_wording_is_gone(wren, signed_in, world):
    goal_id = goal_with(world, "weight_loss", ed_past="yes")
    sent = {"pathway": "weight_loss_ed_history", "instead_of": "weight_loss"}
    assert wren.post(f"/goals/{goal_id}/pathway", sent).status_code == 303
    assert wren.post(f"/goals/{goal_id}/pathway", sent).status_code == 409

    assert fresh_goal(goal_id).pathway == "weight_loss_ed_history"
    for who in ("wren", "ash"):
        assert "Feel well" not in signed_in(who).get(client_page(world, goal_id)).text
    assert wren.post(f"/goals/{goal_id}/pathway", {"pathway": "none"}).status_code == 404


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_nobody_else_decides(signed_in, world, who):
    goal_id = goal_with(world, "weight_loss_ed_history", faint_heart="yes")
    visitor = signed_in(who)
    for path, data in (
        ("effects/set-aside", {"effects": "r_emergency|block_plan", "reason": "No"}),
        ("flags/ed_emergency/asked-again", {"last": "Never"}),
        ("pathway", {"pathway": "weight_loss"}),
    ):
        assert visitor.post(f"/goals/{goal_id}/{path}", data).status_code == 404
    assert decision_rows(fresh_goal(goal_id).id) == []
