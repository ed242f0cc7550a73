"""A page that stays open asks for news: cheap, unlogged, and only of what its reader may see."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from careteam.audit.models import AccessRead
from careteam.features.consents.models import Consent
from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.models import Milestone, PlanVersion
from careteam.features.teams.models import SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World, a_seat
from tests.support.linking import a_linked_referral, a_place, open_link
from tests.support.own_page import inside
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
MARK = re.compile(r'data-watch="([^"]+)" data-watch-mark="([^"]+)"')


def watched(visitor: Visitor, path: str) -> tuple[str, str]:
    """The address that a page asks, and the mark it was made with."""
    found = MARK.search(visitor.get(path).text)
    assert found, path
    return found.group(1), found.group(2)


def news(visitor: Visitor, address: str, mark: str) -> str:
    answer = visitor.get(f"{address}?since={mark}")
    assert answer.status_code == 200
    return str(answer.json["text"])  # type: ignore[index]


def test_nothing_new_is_answered_304_and_no_look_is_written_down(
    world: World, signed_in: SignIn
) -> None:
    commit(a_step(world, hazels_goal(world), "Walk"))
    ash = signed_in("ash")
    address, mark = watched(ash, f"/goals/{world.goal_id}/plan")
    before = db.session.query(AccessRead).count()
    db.session.rollback()
    with statements() as seen:
        answer = ash.get(f"{address}?since={mark}", headers={"If-None-Match": f'"{mark}"'})
    assert (answer.status_code, answer.data) == (304, b"")
    assert len(seen) <= 4
    assert db.session.query(AccessRead).count() == before


def test_change_of_somebody_else_is_told_on_every_open_page(
    world: World, signed_in: SignIn
) -> None:
    row = a_step(world, hazels_goal(world), "Walk", owner=str(world.seat_id))
    commit(row)
    wren, ash, place = signed_in("wren"), signed_in("ash"), f"/goals/{world.goal_id}/plan"
    for path in (place, f"{place}/milestones/{row.id}/edit", f"{place}/milestones/{row.id}/move"):
        address, mark = watched(wren, path)
    ash.post(f"{place}/milestones/{row.id}/move", {"status": "done", "version": 1})
    answer = wren.get(f"{address}?since={mark}", headers={"If-None-Match": f'"{mark}"'})
    assert answer.json == {"text": "Ash Seated changed this plan at 09:30."}
    again = wren.get(f"{address}?since={mark}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert news(ash, address, mark) == ""


def test_version_and_answer_of_others_are_told_on_every_page_that_shows_the_plan(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    a_step(world, hazels_goal(world), "Walk", owner=str(world.seat_id))
    own_step = a_step(world, hazels_goal(world), "Rest", owner="client").id
    version_id = publish_version(actor=world.wren, goal=hazels_goal(world), after=0).id
    db.session.commit()
    hazel, home = inside(app, world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    views = ("", "/month", "/waiting", "/versions", "/versions/1")
    pages = [f"{place}{view}" for view in views] + [f"/clients/{world.client_id}"]
    marks = {watched(wren, page) for page in pages}
    assert len(marks) == 1
    [(address, mark)] = marks
    agree, step = f"{home}/goals/{world.goal_id}/agree", f"{home}/steps/{own_step}"
    [own] = {watched(hazel, page) for page in (home, f"{home}/plan", agree, step)}
    version = db.session.get_one(PlanVersion, version_id)
    with clock.stopped(clock.now() + timedelta(minutes=1)):
        answer_version(actor=world.ash, version=version, said=Said("agreed"))
        db.session.commit()
    assert news(wren, address, mark) == "Ash Seated said what they think of it."
    assert news(hazel, *own) == "Ash Seated said what they think of it."
    assert news(signed_in("ash"), address, mark) == ""
    a_step(world, hazels_goal(world), "Swim")
    with clock.stopped(clock.now() + timedelta(minutes=2)):
        publish_version(actor=world.wren, goal=hazels_goal(world), after=1)
        db.session.commit()
    assert "Version 2 was published." in news(hazel, *own)
    assert "Version 2" not in news(wren, address, mark)


def test_what_a_reader_may_not_see_is_no_news(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    secret = a_seat(goal, "psychologist")
    hiding = SeatHiding(
        seat_id=secret.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
    )
    db.session.add(hiding)
    secret_id = str(secret.id)
    db.session.commit()
    ash = signed_in("ash")
    address, mark = watched(ash, f"/goals/{world.goal_id}/plan")
    a_step(world, hazels_goal(world), "Talk it over", owner=secret_id)
    db.session.commit()
    tag = {"If-None-Match": f'"{mark}"'}
    assert ash.get(f"{address}?since={mark}", headers=tag).status_code == 304
    a_step(world, hazels_goal(world), "Run")
    db.session.commit()
    assert news(ash, address, mark) == "Wren Lead changed this plan at 09:30."


def test_out_of_reach_and_withdrawn_consent_are_not_found(world: World, signed_in: SignIn) -> None:
    address = f"/goals/{world.goal_id}/plan/changed"
    for name in ("rowan", "sorrel"):
        assert signed_in(name).get(address).status_code == 404
    assert signed_in("wren").get(f"/goals/{uuid4()}/plan/changed").status_code == 404
    ash = signed_in("ash")
    assert ash.get(address).status_code == 200
    for consent in db.session.query(Consent).filter_by(practitioner_id=world.ash.practitioner_id):
        consent.withdrawn_at = consent.created_at
    db.session.commit()
    assert ash.get(address).status_code == 404


def test_mangled_mark_is_no_fault(world: World, signed_in: SignIn) -> None:
    wren, address = signed_in("wren"), f"/goals/{world.goal_id}/plan/changed"
    for mark in (
        "",
        "x",
        "1",
        "1.x.1",
        "-1.0.0",
        f"{'9' * 400}.1.1",
        "1.2",
        "1.2.3.4",
        "\u0663.1.1",
    ):
        assert news(wren, address, mark) == ""


def test_link_tells_its_holder_and_nobody_without_the_code(app: Flask, world: World) -> None:
    _, visitor, home = a_place(app, world)
    address, mark = watched(visitor, f"{home}/plan")
    assert address == f"{home}/plan/changed"
    tag = {"If-None-Match": f'"{mark}"'}
    assert visitor.get(f"{address}?since={mark}", headers=tag).status_code == 304
    a_step(world, hazels_goal(world), "Walk")
    db.session.commit()
    assert news(visitor, address, mark) == "Wren Lead changed this plan at 09:30."


def test_link_without_a_code_is_told_nothing(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    assert visitor.get(f"{home}/plan/changed").status_code == 404


def test_refused_form_is_still_judged_by_what_its_page_showed(
    world: World, signed_in: SignIn
) -> None:
    """A wrong day, put right, does not carry off what somebody else wrote meanwhile."""
    row = a_step(world, hazels_goal(world), "Walk", date(2026, 4, 1))
    commit(row)
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/plan/milestones/{row.id}/edit"
    typed = {"title": "Walk", "owner": "lead", "criterion": "There and back", "version": "1"}
    other = {"title": "Walk far", "owner": "lead", "due_on": "2026-04-01", "version": "1"}
    assert wren.post(path, other).status_code == 303
    refused = wren.post(path, typed | {"due_on": "2026-02-30"})
    assert refused.status_code == 422
    found = re.search(r'name="version" value="(\d+)"', refused.text)
    assert found
    again = typed | {"due_on": "2026-04-01", "version": found.group(1)}
    assert wren.post(path, again).status_code == 303
    kept = db.session.get_one(Milestone, row.id)
    assert (kept.title, kept.criterion) == ("Walk far", "There and back")
