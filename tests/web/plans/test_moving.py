"""Ticks, undo, removing, history and moving the start, in a browser without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from careteam.features.plans.making import make_plan
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import SeatHiding
from careteam.kit.db import db
from tests.features.plans.worlds import a_pathway_goal, a_step, commit, hazels_goal
from tests.personas import World, a_seat
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def stored(row: Milestone) -> Milestone:
    return db.session.get_one(Milestone, row.id)


def test_tick_offers_an_undo_that_takes_it_back(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    answer = wren.post(f"{place}/milestones/{row.id}/move", {"status": "done", "version": 1})
    assert answer.status_code == 303
    shown = wren.get(place).text
    assert "Walk is reached." in shown
    assert f"{place}/milestones/{row.id}/undo" in shown
    assert "1 of 1 milestone reached" in shown
    answer = wren.post(f"{place}/milestones/{row.id}/undo", {"version": 2})
    assert answer.status_code == 303
    assert (stored(row).status, stored(row).reached_on) == ("planned", None)
    again = wren.post(f"{place}/milestones/{row.id}/undo", {"version": 2}, follow_redirects=True)
    assert "nothing to turn back" in again.text


def test_what_somebody_told_the_lead_is_entered_by_hand(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk", owner=str(world.seat_id))
    own = a_step(world, hazels_goal(world), "Ring")
    commit(row, own)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones"
    assert "Told by telephone" not in wren.get(f"{place}/{own.id}/move").text
    assert "Told by telephone" not in signed_in("ash").get(f"{place}/{row.id}/move").text
    assert "Told by telephone" in wren.get(f"{place}/{row.id}/move").text
    fields = {"status": "done", "version": 1, "way": "pigeon"}
    refused = wren.post(f"{place}/{row.id}/move", fields)
    assert refused.status_code == 422
    assert "Say how it reached you." in refused.text
    assert wren.post(f"{place}/{row.id}/move", fields | {"way": "phone"}).status_code == 303
    for visitor in (wren, signed_in("ash")):
        shown = visitor.get(f"{place}/{row.id}").text
        assert "Ash Seated, by telephone. Entered by hand by Wren Lead" in shown


def test_two_ticks_at_once_are_one_and_two_different_words_a_conflict(
    world: World, signed_in: SignIn
) -> None:
    row = a_step(world, hazels_goal(world), "Walk", owner=str(world.seat_id))
    commit(row)
    wren, ash = signed_in("wren"), signed_in("ash")
    path = f"/goals/{world.goal_id}/plan/milestones/{row.id}/move"
    assert wren.post(path, {"status": "done", "version": 1}).status_code == 303
    assert ash.post(path, {"status": "done", "version": 1}).status_code == 303
    assert stored(row).version == 2
    clash = ash.post(path, {"status": "unable", "reason": "No time", "version": 1})
    assert clash.status_code == 409
    assert "Not possible" in clash.text
    assert "Done" in clash.text


def test_state_with_a_reason_asks_for_it(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    wren = signed_in("wren")
    path = f"/goals/{world.goal_id}/plan/milestones/{row.id}/move"
    assert wren.get(path).status_code == 200
    cases: tuple[tuple[dict[str, str], str], ...] = (
        ({"status": "skipped"}, "Please say why."),
        ({"status": "gone"}, "Choose how far this is."),
        ({}, "Choose how far this is."),
        ({"status": "done", "reached_on": "2026-03-05"}, "lies in the future"),
        ({"status": "done", "reached_on": "1800-01-01"}, "between 1900 and 2199"),
        ({"status": "unable", "reason": "x" * 1_000_000}, "longer than"),
    )
    for sent, words in cases:
        answer = wren.post(path, {"version": "1", **sent})
        assert answer.status_code == 422, sent
        assert words in answer.text
    aside = {"status": "skipped", "reason": "Hazel prefers swimming", "version": 1}
    assert wren.post(path, aside).status_code == 303
    assert "Hazel prefers swimming" in wren.get(f"/goals/{world.goal_id}/plan").text


def test_removed_milestone_leaves_the_plan_and_comes_back(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    stale = wren.post(f"{place}/milestones/{row.id}/remove", {"version": 9}, follow_redirects=True)
    assert "Look again before removing it" in stale.text
    assert wren.post(f"{place}/milestones/{row.id}/remove", {"version": 1}).status_code == 303
    shown = wren.get(place).text
    assert "No plan yet" in shown
    assert "Put back" in shown
    assert "Put back" not in signed_in("ash").get(place).text
    assert wren.get(f"{place}/milestones/{row.id}").status_code == 404
    assert wren.post(f"{place}/milestones/{row.id}/undo", {"version": 2}).status_code == 303
    assert wren.get(f"{place}/milestones/{row.id}").status_code == 200


def test_history_is_told_in_words(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk", date(2026, 4, 1))
    commit(row)
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones/{row.id}"
    sent = {"title": "Walk", "owner": "client", "due_on": "2026-04-20", "version": 1}
    assert wren.post(f"{path}/edit", sent).status_code == 303
    shown = wren.get(path).text
    assert "Added to the plan" in shown
    assert "Target date: 20 Apr (was 1 Apr)" in shown
    assert "Who: Hazel Sample (was You)" in shown


def test_start_is_moved_after_saying_what_moves(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    row = make_plan(actor=world.wren, goal=goal)[0]
    commit(goal, row)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan/anchor"
    preview = wren.get(f"{place}?anchor_on=2026-03-15")
    assert "Moves 9 milestones of 3 people by 14 days later." in preview.text
    assert stored(row).due_on == date(2026, 3, 8)
    assert wren.get(f"{place}?anchor_on=1800-01-01").status_code == 422
    assert wren.get(f"{place}?anchor_on=2026-02-30").status_code == 422
    sent = {"anchor_on": "2026-03-15", "version": goal.version}
    assert wren.post(place, sent).status_code == 303
    assert stored(row).due_on == date(2026, 3, 22)
    late = wren.post(
        place, {"anchor_on": "2026-04-01", "version": 1, "was": '{"anchor_on": "2026-03-01"}'}
    )
    assert late.status_code == 409
    assert "2026-03-15" in late.text
    assert stored(row).due_on == date(2026, 3, 22)


def test_day_changed_with_the_goal_takes_the_plan_along(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    row = a_step(world, goal, "Walk", date(2026, 4, 1))
    commit(goal, row)
    sent = {"statement": goal.statement, "anchor_on": "2026-03-08", "version": goal.version}
    assert signed_in("wren").post(f"/goals/{goal.id}/edit", sent).status_code == 303
    assert stored(row).due_on == date(2026, 4, 8)


def test_hidden_seat_and_its_milestones_show_nowhere(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    secret = a_seat(goal, "psychologist")
    row = a_step(world, goal, "Talk it over", owner=str(secret.id))
    a_step(world, goal, "Run", after=[row])
    db.session.add(
        SeatHiding(
            seat_id=secret.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    commit(row)
    ash, place = signed_in("ash"), f"/goals/{world.goal_id}/plan"
    for path in (place, f"{place}/print"):
        shown = ash.get(path).text
        assert "Run" in shown
        assert "Talk it over" not in shown
        assert "psychologist" not in shown.lower()
    assert ash.get(f"{place}/milestones/{row.id}").status_code == 404
    tick = {"status": "done", "version": 1}
    assert ash.post(f"{place}/milestones/{row.id}/move", tick).status_code == 404


def test_answer_in_place_is_the_plan_with_its_word(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    sent = {"status": "done", "version": 1, "csrf_token": wren.token()}
    answer = wren.post_bare(
        f"{place}/milestones/{row.id}/move", sent, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div class="columns" id="whole-plan">')
    assert "Walk is reached." in answer.text
    sent |= {"status": "planned", "version": 2, "back": "client"}
    answer = wren.post_bare(
        f"{place}/milestones/{row.id}/move", sent, headers={"HX-Request": "true"}
    )
    assert 'id="plan"' in answer.text
    assert "<html" not in answer.text
