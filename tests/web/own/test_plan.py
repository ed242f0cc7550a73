"""The client's plan: read in plain words, one's own steps moved, the rest left alone."""

from __future__ import annotations

from flask import Flask

from careteam.features.clients.models import Goal
from careteam.features.plans.models import Milestone
from careteam.features.today.models import UrgentMatter
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.own_page import her_step, inside


def test_hello_names_the_next_own_step(app: Flask, world: World) -> None:
    a_step(world, hazels_goal(world), "Measure the knee", owner=str(world.seat_id))
    her_step(world)
    visitor, home = inside(app, world)
    page = visitor.get(home).text
    assert "Walk ten minutes" in page
    assert "Measure the knee" not in page


def test_client_moves_an_own_step_and_takes_it_back(app: Flask, world: World) -> None:
    step = her_step(world)
    visitor, home = inside(app, world)
    sent = {"status": "done", "version": "1"}
    assert visitor.post(f"{home}/steps/{step}", sent).status_code == 303
    assert db.session.get_one(Milestone, step).status == "done"
    db.session.rollback()
    assert visitor.post(f"{home}/steps/{step}/undo", {"version": "2"}).status_code == 303
    assert db.session.get_one(Milestone, step).status == "planned"


def test_step_left_out_needs_a_word_and_keeps_what_was_typed(app: Flask, world: World) -> None:
    step = her_step(world)
    visitor, home = inside(app, world)
    answer = visitor.post(f"{home}/steps/{step}", {"status": "skipped", "version": "1"})
    assert answer.status_code == 422
    sent = {"status": "planned", "reason": "Too cold to walk", "version": "1"}
    answer = visitor.post(f"{home}/steps/{step}", sent)
    assert answer.status_code == 422
    assert "Too cold to walk" in answer.text


def test_steps_of_others_are_read_and_not_moved(app: Flask, world: World) -> None:
    step = a_step(world, hazels_goal(world), "Measure the knee", owner=str(world.seat_id)).id
    db.session.commit()
    visitor, home = inside(app, world)
    assert "Measure the knee" in visitor.get(f"{home}/plan").text
    assert visitor.get(f"{home}/steps/{step}").status_code == 403
    sent = {"status": "done", "version": "1"}
    assert visitor.post(f"{home}/steps/{step}", sent).status_code == 403


def test_word_that_cannot_wait_shows_the_number_and_tells_the_lead(
    app: Flask, world: World
) -> None:
    step = her_step(world)
    visitor, home = inside(app, world)
    sent = {"status": "unable", "reason": "I had chest pain on the stairs", "version": "1"}
    answer = visitor.post(f"{home}/steps/{step}", sent)
    assert answer.status_code == 200
    assert "Call 999 now" in answer.text
    assert 'href="tel:999"' in answer.text
    assert db.session.get_one(Milestone, step).status == "unable"
    matter = db.session.query(UrgentMatter).one()
    assert (matter.author_id, matter.client_id) == (world.wren.practitioner_id, world.client_id)


def test_team_has_names_roles_and_telephones(app: Flask, world: World) -> None:
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/team").text
    for words in ("Wren Lead", "Leads your team", "Ash Seated", "Physiotherapist", "tel:"):
        assert words in page
    assert "Rowan" not in page


def test_a_goal_that_has_ended_is_not_called_missing(app: Flask, world: World) -> None:
    hazel, home = inside(app, world)
    db.session.get_one(Goal, world.goal_id).status = "ended"
    db.session.commit()
    assert "Your goal has ended." in hazel.get(f"{home}/plan").text
    assert "not made yet" not in hazel.get(home).text
