"""Days on the plan: what a date pushes, waits for, falls on, has room for and is folded under."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import Milestone
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World
from tests.support.files import pdf_text
from tests.support.visitor import Visitor
from tests.web.plans.forms import form_of

SignIn = Callable[[str], Visitor]


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
    unticked = wren.post(path, form_of(visit, title="", **{typed: "5"}))
    assert unticked.status_code == 422
    assert f'name="{typed}" value="5"' in unticked.text
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
