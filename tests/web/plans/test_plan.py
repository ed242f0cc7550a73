"""The plan in a browser without scripts: who sees it, how it is made, ticked and changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from careteam.features.plans.making import make_plan
from careteam.features.plans.models import Milestone
from careteam.features.plans.schedule import load_plan
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_pathway_goal, a_step, an_answer, commit, hazels_goal
from tests.personas import World
from tests.support.statements import statements
from tests.support.visitor import Visitor
from tests.web.plans.forms import form_of

SignIn = Callable[[str], Visitor]


def a_second_goal(world: World) -> object:
    goal = a_pathway_goal(world, "fertility_ttc", ())
    commit(goal)
    return goal.id


def test_plan_is_for_lead_and_team_and_nobody_else(world: World, signed_in: SignIn) -> None:
    a_step(world, hazels_goal(world), "Heel raises", owner=str(world.seat_id))
    db.session.commit()
    place = f"/goals/{world.goal_id}/plan"
    for name, status in {"wren": 200, "ash": 200, "rowan": 404, "sorrel": 404}.items():
        visitor = signed_in(name)
        for path in (place, f"{place}/print"):
            assert visitor.get(path).status_code == status, (name, path)
    assert signed_in("wren").get(f"/goals/{uuid4()}/plan").status_code == 404
    assert "What you sent was not saved." in signed_in("rowan").post(f"{place}/make").text


def test_ash_reads_and_ticks_hers_but_plans_nothing(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    hers = a_step(world, goal, "Heel raises", owner=str(world.seat_id))
    other = a_step(world, goal, "Sleep well")
    commit(hers, other)
    ash, place = signed_in("ash"), f"/goals/{world.goal_id}/plan"
    shown = ash.get(place).text
    assert re.search(r'<a[^>]*href="/clients"[^>]*aria-current="page"', shown)
    assert "Add milestone" not in shown
    assert f"/milestones/{hers.id}/move" in shown
    assert f"/milestones/{other.id}/move" not in shown
    for path in ("milestones/new", f"milestones/{hers.id}/edit", "anchor"):
        assert ash.get(f"{place}/{path}").status_code == 403, path
    assert ash.get(f"{place}/milestones/{other.id}/move").status_code == 403
    tick = {"status": "done", "version": 1}
    assert ash.post(f"{place}/milestones/{hers.id}/move", tick).status_code == 303
    assert ash.post(f"{place}/milestones/{other.id}/move", tick).status_code == 403
    assert ash.post(f"{place}/milestones/{hers.id}/remove", {"version": 2}).status_code == 403
    assert db.session.get_one(Milestone, hers.id).reached_on == date(2026, 3, 4)


def test_empty_plan_is_made_from_the_pathway(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    commit(goal)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    assert "Make the plan from the pathway" in wren.get(place).text
    assert wren.post(f"{place}/make").status_code == 303
    page = wren.get(place).text
    assert "Preconception check" in page
    assert "0 of 9 milestones reached" in page
    assert "a date is never a clearance" in page.lower()


def test_missing_day_is_asked_for_in_a_form(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(
        world, "achilles_rupture_nonoperative", ["physiotherapist"], anchor_on=None
    )
    commit(goal)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    assert 'name="anchor_on"' in wren.get(place).text
    refused = wren.post(f"{place}/make")
    assert refused.status_code == 422
    assert "Day 0 is the day of injury" in refused.text
    wrong = wren.post(f"{place}/make", {"anchor_on": "2026-02-30"})
    assert wrong.status_code == 422
    assert 'value="2026-02-30"' in wrong.text
    assert wren.post(f"{place}/make", {"anchor_on": "2026-02-20"}).status_code == 303
    assert "27 Feb" in wren.get(place).text


def test_blocked_plan_says_what_comes_first_to_the_lead(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", ["physiotherapist"])
    an_answer(goal, "confirmed", "no")
    commit(goal)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    assert "The plan cannot start yet" in wren.get(place).text
    assert wren.post(f"{place}/make").status_code == 422


def test_own_milestone_is_added_once_however_often_it_is_sent(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off")
    commit(first)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    assert wren.get(f"{place}/milestones/new").status_code == 200
    sent = {
        "title": "Walk to the shop",
        "owner": str(world.seat_id),
        "due_on": "2026-04-10",
        "depends_on": str(first.id),
        "criterion": "There and back",
        "new_id": str(uuid4()),
    }
    for _ in range(2):
        assert wren.post(f"{place}/milestones/new", sent).status_code == 303
    rows = load_plan(world.wren, hazels_goal(world)).rows
    assert [row.title for row in rows] == ["Boot off", "Walk to the shop"]
    other = f"/goals/{a_second_goal(world)}/plan/milestones/new"
    again = {name: value for name, value in sent.items() if name != "depends_on"}
    assert wren.post(other, again | {"owner": "lead"}).status_code == 409
    assert "after Boot off" in wren.get(place).text


def test_line_says_what_blocks_it_and_what_it_went_before(world: World, signed_in: SignIn) -> None:
    goal, today = hazels_goal(world), clock.today()
    late = a_step(world, goal, "Boot off", today - timedelta(days=1))
    later = a_step(world, goal, "First jog", today + timedelta(days=5))
    walk = a_step(world, goal, "Walk to the shop", today + timedelta(days=9), after=[late, later])
    commit(late, later, walk)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    page = wren.get(place).text
    assert "blocked by Boot off (overdue) · after First jog" in page
    assert "Reached although" not in page
    for row in (walk, later):
        kept = db.session.get_one(Milestone, row.id)
        kept.status, kept.reached_on = "done", today
    db.session.commit()
    page = wren.get(place).text
    assert "Reached although Boot off is still open." in page
    assert "blocked by" not in page


def test_wrong_input_is_kept_and_named_beside_its_field(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones"
    for day, words in {
        "1800-01-01": "between 1900 and 2199",
        "2026-02-30": "Not a valid date",
        "2126-04-01": "This is 100 years from now. Is the year right?",
        "2026-02-01": "before the plan begins, on 1 March 2026",
        "": "Give a day.",
    }.items():
        sent = {"title": "Run far", "owner": "client", "due_on": day}
        answer = wren.post(f"{place}/new", sent)
        assert answer.status_code == 422, day
        assert words in answer.text, day
        assert 'value="Run far"' in answer.text
    assert wren.post(f"{place}/new", {"title": "x" * 1_000_000}).status_code == 422
    for name, value in {"owner": str(uuid4()), "depends_on": str(uuid4())}.items():
        assert wren.post(f"{place}/{row.id}/edit", form_of(row, **{name: value})).status_code == 404
    assert wren.post(f"{place}/{row.id}/edit", form_of(row, owner="nobody")).status_code == 404
    assert wren.get(f"{place}/{uuid4()}/edit").status_code == 404
    assert wren.get(f"{place}/{row.id}/remove").status_code == 405
    assert wren.post_bare(f"{place}/{row.id}/remove").status_code == 400


def test_stale_form_merges_and_same_field_shows_both_texts(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk ten minutes")
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones/{row.id}/edit"
    first = form_of(row, title="Walk twenty minutes")
    second = form_of(row, due_on="2026-05-05")
    third = form_of(row, title="Walk to the shop")
    assert wren.post(place, first).status_code == 303
    assert wren.post(place, second).status_code == 303
    clash = wren.post(place, third)
    assert clash.status_code == 409
    assert "Walk to the shop" in clash.text
    assert "Walk twenty minutes" in clash.text
    stored = db.session.get_one(Milestone, row.id)
    assert (stored.title, stored.due_on) == ("Walk twenty minutes", date(2026, 5, 5))


def test_circle_is_named_beside_the_field(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off")
    second = a_step(world, goal, "Walk", after=[first])
    commit(first, second)
    answer = signed_in("wren").post(
        f"/goals/{world.goal_id}/plan/milestones/{first.id}/edit",
        form_of(first, depends_on=str(second.id)),
    )
    assert answer.status_code == 422
    assert "Boot off waits for Walk, Walk waits for Boot off" in answer.text


@pytest.mark.either_database
def test_plan_of_sixty_milestones_costs_what_one_of_three_does(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    for number in range(3):
        a_step(world, goal, f"Step {number}", owner=str(world.seat_id))
    db.session.commit()
    wren, counts = signed_in("wren"), []
    for more in (0, 57):
        goal = hazels_goal(world)
        before = load_plan(world.wren, goal).rows[-1:]
        for number in range(more):
            a_step(world, goal, f"Later {number}", after=before)
        db.session.commit()
        wren.get(f"/goals/{world.goal_id}/plan")
        with statements() as seen:
            assert wren.get(f"/goals/{world.goal_id}/plan").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 24


def test_pages_say_nothing_of_health_in_their_titles(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "weight_loss_ed_history", ["psychologist"])
    row = make_plan(actor=world.wren, goal=goal)[0]
    commit(goal, row)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    for path, title in {
        place: "Plan",
        f"{place}/print": "Plan",
        f"{place}/milestones/{row.id}": "Milestone",
        f"{place}/milestones/{row.id}/edit": "Change a milestone",
    }.items():
        assert f"<title>{title} · Careteam</title>" in wren.get(path).text


def test_text_of_a_megabyte_is_refused_with_a_sentence(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    path = f"/goals/{world.goal_id}/plan/milestones/{row.id}/edit"
    answer = signed_in("wren").post(path, form_of(row, criterion="x" * 1_000_000))
    assert answer.status_code in (413, 422)
    assert "longer than" in answer.text or "too large" in answer.text
