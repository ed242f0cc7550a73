"""A new date is shown with all that follows before it is saved; every change offers its inverse."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select

from careteam.features.plans.making import make_plan
from careteam.features.plans.models import Milestone, MilestoneDependency, PlanChange
from careteam.kit.db import db
from tests.features.plans.worlds import a_pathway_goal, a_step, commit, hazels_goal
from tests.personas import World
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
FIELD = re.compile(
    r'<input type="hidden" name="(since|until|version|anchor_on|was)" value="([^"]*)"'
)


def three_in_a_row(world: World) -> list[Milestone]:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan", date(2026, 4, 1))
    visit = a_step(world, goal, "Visit", date(2026, 4, 8), str(world.seat_id), [scan])
    run = a_step(world, goal, "Run", date(2026, 4, 20), "client", [visit])
    commit(scan, visit, run)
    return [scan, visit, run]


def days(*rows: Milestone) -> list[str]:
    db.session.expire_all()
    found = [f"{db.session.get_one(Milestone, row.id).due_on:%d %b}" for row in rows]
    db.session.rollback()
    return found


def sent(row: Milestone, due_on: str, **more: str) -> dict[str, str]:
    fields = {"title": row.title, "owner": "lead", "due_on": due_on, "asks": "1"}
    return fields | {"version": str(row.version), **more}


def print_of(page: str) -> str:
    found = re.search(r'name="moves" value="([^"]+)"', page)
    assert found
    return found.group(1)


def latest_change() -> int:
    number: int = db.session.scalars(select(func.max(PlanChange.number))).one()
    db.session.rollback()
    return number


def undone(visitor: Visitor, place: str, address: str, page: str = "") -> str:
    """Press the Undo that this page offers, or the one at `place`; it posts to `address`."""
    page = page or visitor.get(place).text
    form = page[page.index(f'action="{address}"') :]
    fields = {name: re.sub("&#34;", '"', value) for name, value in FIELD.findall(form[:1500])}
    answer = visitor.post(address, fields)
    assert answer.status_code == 303
    return visitor.get(place).text


def test_later_date_shows_who_moves_and_saves_nothing_yet(world: World, signed_in: SignIn) -> None:
    scan, visit, run = three_in_a_row(world)
    path = f"/goals/{world.goal_id}/plan/milestones/{scan.id}/edit"
    shown = signed_in("wren").post(path, sent(scan, "2026-04-10", title="Second scan"))
    assert shown.status_code == 200
    assert "Nothing is saved yet. 2 milestones of 2 people move by 9 days." in shown.text
    assert "8 Apr → 17 Apr" in shown.text
    assert 'value="Second scan"' in shown.text
    assert days(scan, visit, run) == ["01 Apr", "08 Apr", "20 Apr"]


def test_they_move_along_at_once_and_come_back_at_once(world: World, signed_in: SignIn) -> None:
    rows = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    path = f"{place}/milestones/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    saved = wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow="move"))
    assert saved.status_code == 303
    assert days(*rows) == ["10 Apr", "17 Apr", "29 Apr"]
    told = wren.get(place).text
    assert "2 milestones of 2 people move by 9 days." in told
    page = undone(wren, place, f"{place}/undo", told)
    assert "3 milestones as before." in page
    assert days(*rows) == ["01 Apr", "08 Apr", "20 Apr"]
    undone(wren, place, f"{place}/undo", page)
    assert days(*rows) == ["10 Apr", "17 Apr", "29 Apr"]


def test_choice_is_asked_for_once_the_moves_are_shown(world: World, signed_in: SignIn) -> None:
    rows = three_in_a_row(world)
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    for follow in ("", "elsewhere"):
        answer = wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow=follow))
        assert answer.status_code == 422
        assert "Choose what becomes of their dates." in answer.text
    assert days(*rows) == ["01 Apr", "08 Apr", "20 Apr"]


def test_others_keep_their_dates_where_that_is_chosen(world: World, signed_in: SignIn) -> None:
    rows = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    path = f"{place}/milestones/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow="leave"))
    assert days(*rows) == ["10 Apr", "08 Apr", "20 Apr"]
    assert "It pushes Visit to 17 Apr and Run to 29 Apr" in wren.get(place).text


def test_earlier_date_offers_to_bring_others_forward(world: World, signed_in: SignIn) -> None:
    rows = three_in_a_row(world)
    wren = signed_in("wren")
    path = f"/goals/{world.goal_id}/plan/milestones/{rows[1].id}/edit"
    early = sent(rows[1], "2026-04-03", depends_on=str(rows[0].id), owner=str(world.seat_id))
    page = wren.post(path, early).text
    assert "1 milestone of 1 person can come forward by 5 days." in page
    wren.post(path, early | {"moves": print_of(page), "follow": "move"})
    assert days(*rows) == ["01 Apr", "03 Apr", "15 Apr"]


def test_what_was_shown_is_shown_again_once_it_is_no_longer_so(
    world: World, signed_in: SignIn
) -> None:
    rows = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones"
    path = f"{place}/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    kept = {"owner": str(world.seat_id), "depends_on": str(rows[0].id), "asks": ""}
    assert wren.post(f"{place}/{rows[1].id}/edit", sent(rows[1], "2026-04-09", **kept)).location
    again = wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow="move"))
    assert again.status_code == 200
    assert "9 Apr → 18 Apr" in again.text
    assert days(*rows) == ["01 Apr", "09 Apr", "20 Apr"]


def test_choice_made_on_a_page_that_is_late_is_done_or_told(
    world: World, signed_in: SignIn
) -> None:
    rows = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    path = f"{place}/milestones/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    renamed = {"title": "Second scan", "owner": "lead", "due_on": "2026-04-01", "version": "1"}
    wren.post(path, renamed)
    wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow="move"))
    assert days(*rows) == ["10 Apr", "17 Apr", "29 Apr"]
    wren.post(path, sent(rows[0], "2026-04-12", version="2", moves=moves, follow="move"))
    assert days(*rows) == ["10 Apr", "17 Apr", "29 Apr"]
    db.session.expire_all()
    wren.post(path, renamed | {"title": "Scan", "due_on": "2026-04-10", "version": "3"})
    wren.post(path, sent(rows[0], "2026-04-12", version="3", moves=moves, follow="move"))
    assert days(*rows) == ["12 Apr", "17 Apr", "29 Apr"]
    assert "It pushes Visit to 19 Apr and Run to 1 May" in wren.get(place).text


def test_date_that_has_gone_by_says_what_it_moves(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan", date(2026, 3, 1))
    visit = a_step(world, goal, "Visit", date(2026, 3, 8), after=[scan])
    commit(scan, visit)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones"
    words = "Reached today, it moves others: 1 milestone of 1 person moves by"
    assert words in wren.get(f"{place}/{scan.id}").text
    assert words not in wren.get(f"{place}/{visit.id}").text


def test_undo_of_several_is_refused_once_one_of_them_is_changed(
    world: World, signed_in: SignIn
) -> None:
    rows = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    path = f"{place}/milestones/{rows[0].id}/edit"
    moves = print_of(wren.post(path, sent(rows[0], "2026-04-10")).text)
    wren.post(path, sent(rows[0], "2026-04-10", moves=moves, follow="move"))
    tick = {"status": "done", "version": 2}
    assert signed_in("ash").post(f"{place}/milestones/{rows[1].id}/move", tick).status_code == 303
    assert "there is nothing to turn back" in undone(wren, place, f"{place}/undo")
    assert days(*rows) == ["10 Apr", "17 Apr", "29 Apr"]
    for wrong in ({}, {"since": "x", "until": "9" * 30}, {"since": "9", "until": "1"}):
        answer = wren.post(f"{place}/undo", wrong, follow_redirects=True)
        assert "there is nothing to turn back" in answer.text


def test_undo_of_several_that_would_close_a_circle_leaves_the_plan_as_it_was(
    world: World, signed_in: SignIn
) -> None:
    scan, visit, run = three_in_a_row(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    since = latest_change()
    lone = {"title": "Second visit", "owner": "lead", "due_on": "2026-04-08", "version": "1"}
    assert wren.post(f"{place}/milestones/{visit.id}/edit", lone).status_code == 303
    until = latest_change()
    waits = sent(scan, "2026-04-01", depends_on=str(visit.id), asks="")
    assert wren.post(f"{place}/milestones/{scan.id}/edit", waits).status_code == 303
    span = {"since": str(since), "until": str(until)}
    answer = wren.post(f"{place}/undo", span, follow_redirects=True)
    assert "circle" in answer.text
    assert db.session.get_one(Milestone, visit.id).title == "Second visit"
    edges = db.session.query(MilestoneDependency.milestone_id, MilestoneDependency.depends_on_id)
    assert {*edges} == {(scan.id, visit.id), (run.id, visit.id)}


def test_plan_made_from_the_pathway_is_taken_back_in_one(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    commit(goal)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    assert wren.post(f"{place}/make").status_code == 303
    assert "9 milestones as before." in undone(wren, place, f"{place}/undo")
    assert db.session.query(Milestone).filter_by(goal_id=goal.id, removed_at=None).count() == 0


def test_moved_start_offers_the_way_back(world: World, signed_in: SignIn) -> None:
    goal = a_pathway_goal(world, "fertility_ttc", ["mld_therapist", "counsellor"])
    row = make_plan(actor=world.wren, goal=goal)[0]
    commit(goal, row)
    wren, place = signed_in("wren"), f"/goals/{goal.id}/plan"
    wren.post(f"{place}/anchor", {"anchor_on": "2026-03-15", "version": goal.version})
    assert days(row) == ["22 Mar"]
    assert "counts from 1 March 2026 now" in undone(wren, place, f"{place}/anchor")
    assert days(row) == ["08 Mar"]


def test_nobody_else_turns_back_what_the_lead_did(world: World, signed_in: SignIn) -> None:
    rows = three_in_a_row(world)
    place = f"/goals/{world.goal_id}/plan/undo"
    span = {"since": "0", "until": "99"}
    assert signed_in("ash").post(place, span).status_code == 403
    assert signed_in("rowan").post(place, span).status_code == 404
    assert days(*rows) == ["01 Apr", "08 Apr", "20 Apr"]
