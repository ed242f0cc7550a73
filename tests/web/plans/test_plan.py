"""The plan in a browser without scripts: who sees it, how it is made, ticked and changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from careteam.features.directory.models import Practitioner
from careteam.features.plans.making import make_plan
from careteam.features.plans.models import Milestone
from careteam.features.plans.schedule import load_plan
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_pathway_goal, a_step, an_answer, commit, hazels_goal
from tests.personas import World
from tests.support.files import pdf_text
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def form_of(row: Milestone, **values: object) -> dict[str, object]:
    return {
        "title": row.title,
        "owner": "lead",
        "due_on": row.due_on.isoformat(),
        "version": row.version,
    } | values


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


def test_later_date_says_what_it_pushes(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Boot off", due_on=date(2026, 5, 4))
    second = a_step(world, goal, "Walk", after=[first], due_on=date(2026, 5, 11))
    commit(first, second)
    wren, plan = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    place = f"{plan}/milestones/{first.id}/edit"
    wren.post(place, form_of(first, due_on="2026-05-18"))
    words = "Boot off is saved. It pushes Walk to 25 May; those dates stay until you change them."
    assert words in wren.get(plan).text
    assert db.session.get_one(Milestone, second.id).due_on == date(2026, 5, 11)
    db.session.commit()

    wren.post(place, form_of(db.session.get_one(Milestone, first.id), due_on="2026-05-01"))
    assert "It pushes" not in wren.get(plan).text


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


def test_days_in_between_are_typed_beside_the_tick_and_told(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan", date(2026, 4, 1))
    visit = a_step(world, goal, "Visit", date(2026, 4, 3))
    commit(scan, visit)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    path = f"{place}/milestones/{visit.id}/edit"
    typed = f"days-{scan.id}"
    for wrong in ("three", "-1", "731", "1" * 4000):
        answer = wren.post(path, form_of(visit, depends_on=str(scan.id), **{typed: wrong}))
        assert answer.status_code == 422, wrong
        assert "Give whole days from 0 to 730." in answer.text
        assert f'value="{wrong}"' in answer.text
    sent = form_of(visit, depends_on=str(scan.id), **{typed: "3"})
    assert wren.post(path, sent).status_code == 303
    shown = wren.get(place).text
    assert "3 days after Scan" in shown
    assert "What it waits for allows it from 4 Apr on." in shown
    assert re.search(rf'name="{typed}" value="3"', wren.get(path).text)
    assert "Days in between: 3 days after Scan (was nothing)" in wren.get(path[:-5]).text
    assert wren.post(path, form_of(visit, version=2, depends_on=str(scan.id))).status_code == 303
    for paper in (wren.get(f"{place}/print").text, pdf_text(wren.get(f"{place}.pdf").data)):
        assert "3 days after Scan" in paper
    assert "3 days after Scan" in wren.get(place).text
    done = {"status": "done", "version": 1}
    wren.post(f"{place}/milestones/{scan.id}/move", done)
    assert "From 7 Mar, 3 days after Scan." in wren.get(place).text


def test_weekend_and_absence_are_shown_and_move_nothing(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Scan", date(2026, 4, 4), owner=str(world.seat_id))
    ash = db.session.get_one(Practitioner, world.ash.practitioner_id)
    ash.away_until = date(2026, 4, 6)
    wren_herself = db.session.get_one(Practitioner, world.wren.practitioner_id)
    wren_herself.away_until = date(2026, 5, 3)
    a_step(world, hazels_goal(world), "Look back", date(2026, 4, 30))
    commit(row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    for path in (place, f"{place}/milestones/{row.id}"):
        shown = wren.get(path).text
        assert "4 Apr is a Saturday" in shown
        assert "Ash Seated: away until 6 Apr" in shown
    assert "Wren Lead: away until 3 May" in signed_in("ash").get(place).text
    assert db.session.get_one(Milestone, row.id).due_on == date(2026, 4, 4)


def test_milestone_says_how_much_room_it_has(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan", date(2026, 4, 1))
    diet = a_step(world, goal, "Diet", date(2026, 4, 3), after=[scan])
    walk = a_step(world, goal, "Walk", date(2026, 4, 20), after=[scan, diet])
    commit(scan, diet, walk)
    rest = a_step(world, hazels_goal(world), "Rest", date(2026, 4, 11))
    commit(rest)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones"
    critical = "None: it decides when the plan ends. Earliest 3 Apr, latest 3 Apr"
    assert critical in wren.get(f"{place}/{diet.id}").text
    free = "9 days before the end of the plan moves. Earliest 11 Apr, latest 20 Apr"
    assert free in wren.get(f"{place}/{rest.id}").text


def test_long_plan_is_folded_by_month_and_every_line_is_there(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    days = [date(2026, 4, 1) + timedelta(days=number) for number in range(70)]
    steps = [a_step(world, goal, f"Step {at:02}.", day) for at, day in enumerate(days)]
    commit(steps[-1])
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    page = wren.get(place).text
    assert all(page.count(f">Step {number:02}.</a>") for number in range(70))
    assert folds_in(page) == [(" open", "April 2026"), ("", "May 2026"), ("", "June 2026")]
    assert page.count("gantt-row") == 30
    opened = wren.get(f"{place}?fold=2026-06").text
    assert folds_in(opened) == [(" open", "April 2026"), ("", "May 2026"), (" open", "June 2026")]
    assert opened.count("gantt-row") == 39
    ticked = {"tick": "1 done", "fold": "2026-06"}
    answer = wren.post(f"{place}/milestones/{steps[-1].id}/move", ticked)
    assert answer.headers["Location"].endswith("/plan?fold=2026-06#fold-2026-06")


def folds_in(page: str) -> list[tuple[str, str]]:
    """Whether each fold is open, and its word."""
    found = r"<details class=\"disclosure\"( open)?[^>]*>\s*<summary>.*?<span>(\w+ 2026)<"
    return re.findall(found, page)


def test_text_of_a_megabyte_is_refused_with_a_sentence(world: World, signed_in: SignIn) -> None:
    row = a_step(world, hazels_goal(world), "Walk")
    commit(row)
    path = f"/goals/{world.goal_id}/plan/milestones/{row.id}/edit"
    answer = signed_in("wren").post(path, form_of(row, criterion="x" * 1_000_000))
    assert answer.status_code in (413, 422)
    assert "longer than" in answer.text or "too large" in answer.text
