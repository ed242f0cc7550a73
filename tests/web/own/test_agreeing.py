"""The client reads a version of the plan, agrees to it, or says what worries them."""

from __future__ import annotations

from flask import Flask

from careteam.features.plans.agreed import agreement_of
from careteam.features.plans.agreeing import publish_version
from careteam.features.plans.models import PlanAgreement
from careteam.features.today.desk import today_of
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.own_page import her_step, inside
from tests.support.visitor import Visitor


def asked(app: Flask, world: World) -> tuple[Visitor, str, str]:
    """Hazel's browser and home, and the page that asks her about version 1."""
    her_step(world)
    publish_version(actor=world.wren, goal=hazels_goal(world), after=0)
    db.session.commit()
    visitor, home = inside(app, world)
    return visitor, home, f"{home}/goals/{world.goal_id}/agree"


def said() -> list[tuple[str, str, str | None]]:
    rows = db.session.query(PlanAgreement).filter_by(party="client").order_by(PlanAgreement.number)
    found = [(row.answer, row.way, row.comment) for row in rows]
    db.session.rollback()
    return found


def test_plan_without_a_version_asks_nothing(app: Flask, world: World) -> None:
    her_step(world)
    visitor, home = inside(app, world)
    assert "say what you think" not in visitor.get(home).text
    assert visitor.get(f"{home}/goals/{world.goal_id}/agree").location == f"{home}/plan"


def test_version_stands_first_and_runs_once_the_client_agrees(app: Flask, world: World) -> None:
    visitor, home, agree = asked(app, world)
    assert "Read the plan and say what you think" in visitor.get(home).text
    page = visitor.get(agree).text
    assert "Walk ten minutes" in page
    sent = {"answer": "agreed", "version": "0"}
    for _ in range(2):
        assert visitor.post(f"{agree}/1", sent).status_code == 303
    assert said() == [("agreed", "page", None)]
    assert "say what you think" not in visitor.get(home).text
    assert "You agreed to this plan" in visitor.get(agree).text
    running = agreement_of(world.wren, hazels_goal(world)).running
    assert running is not None
    assert running.number == 1


def test_what_is_new_is_new_since_the_clients_own_answer(app: Flask, world: World) -> None:
    visitor, _, agree = asked(app, world)
    visitor.post(f"{agree}/1", {"answer": "agreed", "version": "0"})
    for after, title in ((1, "Sleep six hours"), (2, "Eat at noon")):
        goal = hazels_goal(world)
        a_step(world, goal, title, owner="client")
        publish_version(actor=world.wren, goal=goal, after=after)
        db.session.commit()
    page = visitor.get(agree).text
    news = page[page.index("What is new") : page.index("The steps")]
    assert "since version 1" in news
    assert "Sleep six hours" in news
    assert "Eat at noon" in news


def test_worry_needs_words_and_reaches_the_lead(app: Flask, world: World) -> None:
    visitor, _, agree = asked(app, world)
    refused = visitor.post(f"{agree}/1", {"answer": "objects", "version": "0"})
    assert refused.status_code == 422
    assert "What worries me: Say what worries you" in refused.text
    sent = {"answer": "objects", "comment": "Ten minutes is too long", "version": "0"}
    assert visitor.post(f"{agree}/1", sent).status_code == 303
    assert said() == [("objects", "page", "Ten minutes is too long")]
    line = next(
        each
        for each in agreement_of(world.wren, hazels_goal(world)).lines
        if each.party.key == "client"
    )
    assert (line.state, line.comment) == ("objects", "Ten minutes is too long")


def test_worry_that_cannot_wait_shows_the_number_at_once(app: Flask, world: World) -> None:
    visitor, _, agree = asked(app, world)
    sent = {"answer": "objects", "comment": "My chest hurts when I walk", "version": "0"}
    answer = visitor.post(f"{agree}/1", sent)
    assert answer.status_code == 200
    assert "Call 999 now" in answer.text
    assert said() == [("objects", "page", "My chest hurts when I walk")]
    assert [each.client_id for each in today_of(world.wren).matters] == [world.client_id]


def test_version_that_is_none_and_goal_of_another_are_not_there(app: Flask, world: World) -> None:
    visitor, home, agree = asked(app, world)
    assert visitor.post(f"{agree}/7", {"answer": "agreed", "version": "0"}).status_code == 404
    assert visitor.post(f"{agree}/x", {"answer": "agreed", "version": "0"}).status_code == 404
    other = f"{home}/goals/{world.client_id}/agree"
    assert visitor.get(other).status_code == 404
