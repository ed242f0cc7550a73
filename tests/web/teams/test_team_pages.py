"""The team and its seats on the page."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from careteam.features.teams.proposing import switch_pathway
from careteam.features.teams.queries import seats_of
from careteam.kit.db import db
from careteam.web.teams import seats
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import a_consent, a_practitioner, a_seat
from tests.support.statements import statements
from tests.web.teams.making import a_goal_on, fresh_goal, fresh_seat


@pytest.fixture
def wren(signed_in):
    return signed_in("wren")


@pytest.fixture
def goal_id(world):
    a_practitioner("Reed Brook", "fitness_instructor")
    a_practitioner("Ivy Marsh", "fitness_instructor")
    return a_goal_on(world, "weight_loss")


@pytest.fixture
def seat(goal_id):
    return f"/goals/{goal_id}/team/{fresh_seat(goal_id, 'fitness_instructor').id}"


def test_the_team_shows_places_factors_and_what_is_uncovered(wren, goal_id):
    page = wren.get(f"/goals/{goal_id}/team").text

    assert "1 of 4 filled" in page
    assert "Nobody yet. Could: Nutritionist" in page
    assert "No public or free service for this is in the directory." in page


def test_candidates_come_with_reasons_and_the_order_explained(wren, seat):
    page = wren.get(seat).text

    assert page.index("Ivy Marsh") < page.index("Reed Brook")
    assert "not known whether new clients are taken" in page
    assert "Who refers to whom does not count." in page
    assert "/referrals/new?seat=" in page


def test_of_many_names_a_page_shows_some_and_leads_to_all(wren, seat, monkeypatch):
    monkeypatch.setattr(seats, "OTHERS_A_PAGE", 2)
    for number in range(5):
        a_practitioner(f"Late Name {number}", "fitness_instructor")
    db.session.commit()

    def told(page):
        found = re.findall(r"Late Name \d", wren.get(f"{seat}?names={page}").text)
        return sorted(set(found))

    first, second, beyond = told(1), told(2), told(99)
    assert second == beyond
    shown = wren.get(f"{seat}?names=2").text
    assert "3 to 4 of 4" in shown
    assert set(first) | set(second) == {f"Late Name {number}" for number in range(5)}


def test_a_matter_of_today_leads_to_the_telephone_and_names_nobody(wren, world):
    goal = goal_on(world, "weight_loss_ed_history")
    a_practitioner("Alder Moss", "general_practitioner")
    answer(world, goal, rapid_loss="yes")
    db.session.commit()
    address = f"/goals/{goal.id}/team"
    page = wren.get(f"{address}/{seat_for(goal, 'general_practitioner').id}").text

    to_now = f'href="/now?flag=ed_rapid_loss&amp;goal={goal.id}"'
    assert "Alder Moss" not in page
    assert to_now in page
    assert to_now in wren.get(address).text


def test_no_place_of_the_goal_shows_names_while_a_sign_of_today_is_open(wren, world):
    goal = goal_on(world, "weight_loss_ed_history")
    a_practitioner("Ivy Marsh", "dietitian")
    db.session.commit()
    goal_id = str(goal.id)
    seat = f"/goals/{goal_id}/team/{seat_for(goal, 'dietitian').id}"
    assert "Ivy Marsh" in wren.get(seat).text
    answer(world, fresh_goal(goal_id), rapid_loss="yes")
    db.session.commit()
    page = wren.get(seat).text

    assert page.index("Before anything else") < page.index("Not before that")
    assert "First: the warning sign, today, by telephone." in page
    assert "Ivy Marsh" not in page
    assert "Why, or set aside" not in page
    spoken = {"spoken_to": "Dr Moss", "happened_on": "2026-03-04", "said": "Seen at three"}
    wren.post(f"/goals/{goal_id}/flags/ed_rapid_loss/spoken", spoken)
    assert "Ivy Marsh" in wren.get(seat).text


def test_the_clients_own_practitioner_fills_the_place(wren, world, goal_id, seat):
    row = fresh_seat(goal_id, "fitness_instructor")
    answer_ = wren.post(
        f"{seat}/own", {"practitioner": str(world.juniper), "version": str(row.version)}
    )

    assert answer_.status_code == 303
    row = fresh_seat(goal_id, "fitness_instructor")
    assert (row.state, row.is_own, row.practitioner_id) == ("filled", True, world.juniper)
    assert "The client&#39;s own" in wren.get(f"/goals/{goal_id}/team").text


@pytest.mark.parametrize("sent", ["", "nonsense", "830d31ee-ade6-4fe9-af5d-ab4143516258"])
def test_an_unknown_practitioner_fills_nothing(wren, goal_id, seat, sent):
    assert wren.post(f"{seat}/own", {"practitioner": sent}).status_code in (404, 422)
    assert fresh_seat(goal_id, "fitness_instructor").state == "open"


def test_later_not_wanted_open_again_and_ended(wren, goal_id, seat):
    wren.post(f"{seat}/later", {"state_reason": "From January"})
    assert "From January" in wren.get(f"/goals/{goal_id}/team").text
    wren.post(f"{seat}/not-wanted", {"explained": "That it helps mood"})
    assert fresh_seat(goal_id, "fitness_instructor").explained == "That it helps mood"
    wren.post(f"{seat}/reopen")
    wren.post(f"{seat}/end", {"state_reason": "Moved away"})

    assert fresh_seat(goal_id, "fitness_instructor").state == "ended"
    assert wren.get(seat).status_code == 200


def test_putting_a_place_off_is_undone_at_once(wren, goal_id, seat):
    wren.post(f"{seat}/later")
    page = wren.get(f"/goals/{goal_id}/team").text
    toast = page[page.index("The place is put off.") :]
    assert f'action="{seat}/reopen"' in toast
    assert "Undo" in toast

    wren.post(f"{seat}/reopen")
    assert "Undo" not in wren.get(f"/goals/{goal_id}/team").text
    assert fresh_seat(goal_id, "fitness_instructor").state == "open"


def test_not_wanted_without_an_explanation_keeps_the_form(wren, goal_id, seat):
    refused = wren.post(f"{seat}/not-wanted", {"explained": "", "decided_on": "2026-03-01"})

    assert refused.status_code == 422
    assert "Write down what was explained to the client." in refused.text
    assert 'value="2026-03-01"' in refused.text
    future = wren.post(f"{seat}/not-wanted", {"explained": "It", "decided_on": "2030-01-01"})
    assert future.status_code == 422
    assert fresh_seat(goal_id, "fitness_instructor").state == "open"


def test_an_old_page_says_what_the_place_is_now(wren, goal_id, seat):
    version = str(fresh_seat(goal_id, "fitness_instructor").version)
    wren.post(f"{seat}/later", {"state_reason": "From January", "version": version})
    late = wren.post(f"{seat}/not-wanted", {"explained": "It", "version": version})

    assert late.status_code == 409
    assert "Somebody changed this place" in late.text
    assert fresh_seat(goal_id, "fitness_instructor").state == "later"


def test_a_place_is_added_by_hand_once(wren, goal_id):
    new_id = str(uuid4())
    sent = {
        "new_id": new_id,
        "discipline": "podiatrist",
        "purpose": "Feet",
        "requirement": "required",
    }
    first, again = (wren.post(f"/goals/{goal_id}/team/new", sent) for _ in range(2))

    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location == f"/goals/{goal_id}/team/{new_id}"
    found = [row for row in seats_of(fresh_goal(goal_id).id) if row.discipline == "podiatrist"]
    assert [(row.purpose, row.requirement, row.origin) for row in found] == [
        ("Feet", "required", "hand")
    ]


def test_a_place_without_a_purpose_keeps_what_was_typed(wren, goal_id):
    answer_ = wren.post(
        f"/goals/{goal_id}/team/new", {"discipline": "podiatrist", "requirement": "required"}
    )

    assert answer_.status_code == 422
    assert '<option selected value="podiatrist">' in answer_.text


def test_a_goal_without_a_pathway_has_a_team_too(wren, world):
    page = wren.get(f"/goals/{world.goal_id}/team")

    assert page.status_code == 200
    assert "Ash Seated" in page.text
    sent = {"discipline": "osteopath", "purpose": "Ribs", "requirement": "recommended"}
    assert wren.post(f"/goals/{world.goal_id}/team/new", sent).status_code == 303
    assert fresh_seat(str(world.goal_id), "osteopath").state == "open"


def test_a_place_is_kept_from_a_colleague(wren, signed_in, world):
    secret = a_seat(fresh_goal(str(world.goal_id)), "eating_disorder_service", world.juniper).id
    db.session.commit()
    address = f"/goals/{world.goal_id}/team"
    ash = signed_in("ash")
    assert "eating disorder service" in ash.get(address).text
    sent = {"practitioner": str(world.ash.practitioner_id)}
    wren.post(f"{address}/{secret}/hide", sent)

    assert "eating disorder service" not in ash.get(address).text
    page = wren.get(address).text
    assert "Kept from Ash Seated" in page
    assert f'action="{address}/{secret}/show"' in page
    wren.post(f"{address}/{secret}/show", sent)
    assert "eating disorder service" in ash.get(address).text


def test_whoever_comes_back_sees_what_the_client_once_agreed_to(wren, world):
    seat = f"/goals/{world.goal_id}/team/{world.seat_id}"
    for name, words in ((world.juniper, "They see nothing"), (world.ash.practitioner_id, "again.")):
        wren.post(f"{seat}/reopen")
        assert wren.post(f"{seat}/own", {"practitioner": str(name)}).status_code == 303
        page = wren.get(f"/goals/{world.goal_id}/team").text
        assert words in page[page.index("On the team as the client&#39;s own.") :]


def test_a_place_can_be_kept_from_somebody_who_is_only_asked(wren, world):
    goal = fresh_goal(str(world.goal_id))
    secret = a_seat(goal, "eating_disorder_service", world.juniper)
    a_seat(goal, "dietitian", a_practitioner("Asked Rook", "dietitian").id).state = "referred"
    db.session.commit()
    page = wren.get(f"/goals/{world.goal_id}/team/{secret.id}").text

    assert "Asked Rook" in page[page.index("Who may know of it") :]


def test_a_colleague_reads_the_team_and_changes_nothing(signed_in, world):
    goal = goal_on(world, "weight_loss")
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", "safety_alerts"])
    answer(world, goal, ed_past="yes")
    db.session.commit()
    goal_id, address = str(goal.id), f"/goals/{goal.id}/team"
    ash = signed_in("ash")
    page = ash.get(address).text

    assert "Someone to talk with about eating" not in page
    assert "Binge eating" not in page
    assert "Because:" not in page
    assert "Add a place" not in page
    seat = fresh_seat(goal_id, "fitness_instructor").id
    assert ash.get(f"{address}/{seat}").status_code == 404
    assert ash.post(f"{address}/{seat}/later").status_code == 404
    assert ash.post(f"{address}/propose").status_code == 404


@pytest.mark.parametrize(
    ("classes", "is_told"),
    [([], False), (["presenting_problem"], False), (["presenting_problem", "mental_health"], True)],
)
def test_purposes_tell_only_whom_the_client_told(signed_in, world, classes, is_told):
    goal = goal_on(world, "weight_loss_ed_history")
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan", *classes])
    address = f"/goals/{goal.id}/team"
    db.session.commit()
    page = signed_in("ash").get(address).text

    assert ("Eating-disorder-informed" in page) is is_told
    assert ("eating-disorder experience" in page) is is_told
    assert ("Assessment and psychological treatment" in page) is not is_told


def test_a_colleague_is_not_told_what_was_asked_for_before(wren, signed_in, world):
    goal = goal_on(world, "weight_loss")
    a_seat(goal, "physiotherapist", filled_by=world.ash.practitioner_id)
    a_consent(goal, world.ash.practitioner_id, ["identity_contact", "goal_plan"])
    switch_pathway(actor=world.wren, goal=goal, pathway="weight_loss_ed_history")
    assert seat_for(goal, "fitness_instructor").state == "ended"
    address = f"/goals/{goal.id}/team"
    db.session.commit()

    assert "Fitness instructor" in wren.get(address).text
    page = signed_in("ash").get(address).text
    assert "Fitness instructor" not in page
    assert "Asked for again" not in page


@pytest.mark.parametrize("who", ["rowan", "sorrel"])
def test_others_find_no_team(signed_in, goal_id, seat, who):
    visitor = signed_in(who)

    assert visitor.get(f"/goals/{goal_id}/team").status_code == 404
    assert visitor.get(seat).status_code == 404
    assert visitor.post(f"{seat}/reopen").status_code == 404


def test_unknown_places_and_places_of_another_goal_are_not_found(wren, world, goal_id, seat):
    assert wren.get(f"/goals/{goal_id}/team/{uuid4()}").status_code == 404
    assert wren.get(f"/goals/{uuid4()}/team").status_code == 404
    assert wren.get(f"/goals/{world.goal_id}/team/{seat.rpartition('/')[2]}").status_code == 404
    assert wren.post(f"{seat}/no-such-action").status_code == 404
    assert wren.get(f"{seat}/later").status_code == 405


@pytest.mark.either_database
def test_a_team_costs_the_same_for_one_place_and_for_many(wren, world):
    address = f"/goals/{world.goal_id}/team"
    wren.get(address)
    with statements() as one:
        wren.get(address)
    for discipline in ("dietitian", "osteopath", "podiatrist"):
        a_seat(fresh_goal(str(world.goal_id)), discipline, filled_by=world.juniper)
    db.session.commit()
    with statements() as four:
        wren.get(address)

    assert len(four) == len(one)
