"""Versions in a browser without scripts: published, read, answered, entered by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.checking import Structure
from careteam.features.plans.models import Milestone, PlanAgreement, PlanVersion
from careteam.features.plans.operations import change_milestone
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def a_plan(world: World) -> Milestone:
    row = a_step(world, hazels_goal(world), "Heel raises", owner=str(world.seat_id))
    commit(row)
    return row


def published(world: World) -> PlanVersion:
    version = publish_version(actor=world.wren, goal=hazels_goal(world), after=0)
    commit(version)
    return version


def put_off(world: World, row: Milestone) -> None:
    change_milestone(
        actor=world.wren,
        milestone=db.session.get_one(Milestone, row.id),
        version=1,
        structure=Structure("Heel raises", str(world.seat_id), date(2026, 4, 10)),
    )
    db.session.commit()


def answers(world: World) -> list[tuple[str, str, str, str | None]]:
    db.session.expire_all()
    rows = db.session.query(PlanAgreement).filter(PlanAgreement.party != "lead")
    return sorted((row.party, row.answer, row.way, row.comment) for row in rows)


def test_lead_publishes_and_the_page_says_first_who_is_asked_and_how(
    world: World, signed_in: SignIn
) -> None:
    a_plan(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    assert "Not published yet" in wren.get(place).text
    shown = wren.get(f"{place}/versions/new").text
    for words in ("Publish version 1", "Hazel Sample", "You tell them", "Ash Seated", "Mail: sign"):
        assert words in shown
    assert wren.post(f"{place}/versions/new", {"version": 0}).status_code == 303
    shown = wren.get(place).text
    assert "Version 1 is published." in shown
    assert "Runs once the client agrees" in shown
    assert "Nothing has changed since" in wren.get(f"{place}/versions/new").text
    assert wren.post(f"{place}/versions/new", {"version": 1}).status_code == 422


def test_publishing_again_from_an_old_page_says_so(world: World, signed_in: SignIn) -> None:
    row = a_plan(world)
    published(world)
    put_off(world, row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    assert wren.post(f"{place}/versions/new", {"version": 0}).status_code == 303
    assert "Version 1 was published meanwhile" in wren.get(place).text
    assert db.session.query(PlanVersion).count() == 1


def test_what_changed_after_the_page_was_opened_is_not_published_unseen(
    world: World, signed_in: SignIn
) -> None:
    row = a_plan(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan/versions/new"
    fields = {"version": 0, "seen": print_in(wren.get(place).text)}
    put_off(world, row)
    assert wren.post(place, fields).status_code == 303
    shown = wren.get(place).text
    assert "The plan was changed meanwhile" in shown
    assert db.session.query(PlanVersion).count() == 0
    wren.post(place, fields | {"seen": print_in(shown)})
    assert db.session.query(PlanVersion).count() == 1


def print_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found.group(1)


def test_seated_practitioner_agrees_or_objects_on_the_plan(world: World, signed_in: SignIn) -> None:
    a_plan(world)
    published(world)
    ash, place = signed_in("ash"), f"/goals/{world.goal_id}/plan"
    shown = ash.get(place).text
    for words in ("Version 1 of this plan waits for your answer", "I agree", "I object"):
        assert words in shown
    assert "Publish" not in shown
    refused = ash.post(f"{place}/versions/1/answer", {"answer": "objects", "version": 0})
    assert refused.status_code == 422
    assert "Say what worries you" in refused.text
    fields = {"answer": "objects", "comment": "Too early for her", "version": 0}
    assert ash.post(f"{place}/versions/1/answer", fields).status_code == 303
    assert answers(world) == [(str(world.seat_id), "objects", "account", "Too early for her")]
    shown = signed_in("wren").get(place).text
    assert "Objects" in shown
    assert "Too early for her" in shown
    agreed = {"answer": "agreed", "version": 1}
    assert ash.post(f"{place}/versions/1/answer", agreed).status_code == 303
    assert "Thank you. You agree to version 1." in ash.get(place).text


def test_lead_enters_the_answer_of_the_client(world: World, signed_in: SignIn) -> None:
    a_plan(world)
    published(world)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    page = f"{place}/versions/1/answers/client"
    asked = wren.get(page).text
    assert "The answer of Hazel Sample" in asked
    assert "Gets a copy" not in asked
    assert "Gets a copy" in wren.get(page.replace("client", str(world.seat_id))).text
    fields = {"answer": "agreed", "way": "phone", "given_on": "2026-03-02", "version": 0}
    assert wren.post(page, {**fields, "way": ""}).status_code == 422
    assert wren.post(page, {**fields, "answer": "copied"}).status_code == 422
    kept = wren.post(page, {**fields, "given_on": "2026-03-09", "comment": "She laughed"})
    assert kept.status_code == 422
    assert "She laughed" in kept.text
    assert wren.post(page, fields).status_code == 303
    shown = wren.get(place).text
    assert "Agreed: it runs" in shown
    assert "2 Mar, by telephone, entered by Wren Lead" in shown
    assert wren.get(f"{place}/versions/1/answers/lead").status_code == 404
    assert signed_in("ash").get(page).status_code == 403


def test_change_is_marked_and_the_next_version_tells_it(world: World, signed_in: SignIn) -> None:
    row = a_plan(world)
    published(world)
    put_off(world, row)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    words = "Moved by 9 days, to 10 Apr."
    for path in (place, f"{place}/milestones/{row.id}"):
        shown = wren.get(path).text
        assert "Not yet agreed" in shown
        assert words in shown
    assert "Concerns Ash Seated." in wren.get(place).text
    assert wren.post(f"{place}/versions/new", {"version": 1}).status_code == 303
    shown = wren.get(f"{place}/versions/2").text
    assert words in shown
    assert "10 April 2026" in shown
    assert "1 April 2026" in wren.get(f"{place}/versions/1").text
    shown = wren.get(f"{place}/versions").text
    assert "Version 1" in shown
    assert "1 change to version 1" in shown


def test_versions_are_for_lead_and_team_and_nobody_else(world: World, signed_in: SignIn) -> None:
    a_plan(world)
    published(world)
    place = f"/goals/{world.goal_id}/plan/versions"
    for name, status in {"wren": 200, "ash": 200, "rowan": 404, "sorrel": 404}.items():
        visitor = signed_in(name)
        for path in (place, f"{place}/1", f"{place}/1/print"):
            assert visitor.get(path).status_code == status, (name, path)
    wren = signed_in("wren")
    for number in ("2", "0", "x", "1.0", "9" * 30, "-1", "%C2%B2"):
        assert wren.get(f"{place}/{number}").status_code == 404, number
    assert signed_in("ash").get(f"{place}/new").status_code == 403


def test_version_on_paper_names_the_client_by_initials(world: World, signed_in: SignIn) -> None:
    a_plan(world)
    published(world)
    shown = signed_in("wren").get(f"/goals/{world.goal_id}/plan/versions/1/print").text
    assert "<title>Plan · Careteam</title>" in shown
    assert "HS, client" in shown
    assert "Hazel Sample" not in shown
    assert "Heel raises" in shown


@pytest.mark.either_database
def test_plan_costs_the_same_however_many_versions_there_are(
    world: World, signed_in: SignIn
) -> None:
    row = a_plan(world)
    version = published(world)
    answer_version(actor=world.ash, version=version, said=Said("agreed"))
    db.session.commit()
    wren, counts, of_list = signed_in("wren"), [], []
    for number in range(2):
        if number:
            put_off(world, row)
            publish_version(actor=world.wren, goal=hazels_goal(world), after=1)
            db.session.commit()
        wren.get(f"/goals/{world.goal_id}/plan")
        with statements() as seen:
            wren.get(f"/goals/{world.goal_id}/plan")
        counts.append(len(seen))
        with statements() as seen:
            wren.get(f"/goals/{world.goal_id}/plan/versions")
        of_list.append(len(seen))
    assert counts[0] == counts[1]
    assert of_list[0] == of_list[1]
