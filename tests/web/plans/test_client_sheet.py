"""The plan on one page for the client: plain words, everything neutral in its names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import Flask

from careteam.audit.models import AccessRead
from careteam.features.plans.checking import Progress
from careteam.features.plans.operations import move_milestone
from careteam.kit.db import db
from tests.features.plans.worlds import a_pathway_goal, a_step, an_answer, commit, hazels_goal
from tests.personas import World
from tests.support.files import pages_of, pdf_text, pdf_title
from tests.support.linking import a_place
from tests.support.own_page import inside
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def a_whole_plan(world: World) -> None:
    goal = hazels_goal(world)
    done = a_step(world, goal, "First talk", date(2026, 3, 2))
    raises = a_step(world, goal, "Heel raises", date(2026, 3, 20), owner=str(world.seat_id))
    a_step(world, goal, "Walk to the shop", date(2026, 4, 10), "client", after=[raises])
    a_step(world, goal, "Look back together", date(2026, 5, 1))
    progress = Progress("done", None, date(2026, 3, 3))
    move_milestone(actor=world.wren, milestone=done, version=1, progress=progress)
    db.session.commit()


def test_lead_prints_the_clients_page(world: World, signed_in: SignIn) -> None:
    a_whole_plan(world)
    path = f"/goals/{world.goal_id}/plan/client.pdf"
    wren = signed_in("wren")
    paper = wren.get(f"/goals/{world.goal_id}/plan/print").text
    assert path in paper
    assert "Wren Lead" in paper
    assert ">You<" not in paper
    answer = wren.get(path)
    words = " ".join(pdf_text(answer.data).split())
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-plan-2026-03-04.pdf"
    assert (pdf_title(answer.data), pages_of(answer.data)) == ("My plan", 1)
    for part in (
        "HS, 4 March 2026",
        "Walk to the shop, by 10 Apr 2026",
        "After Heel raises",
        "Ash Seated: Heel raises, by 20 Mar 2026",
        "Wren Lead: Look back together, by 1 May 2026",
        "Reached already • First talk",
        "Do I agree?",
        "Give this to Wren Lead",
    ):
        assert part in words, (part, words)
    assert "Hazel Sample" not in words
    assert "You:" not in words


def test_clients_page_is_for_the_lead_and_the_client(world: World, signed_in: SignIn) -> None:
    a_whole_plan(world)
    path = f"/goals/{world.goal_id}/plan/client.pdf"
    for name in ("ash", "rowan", "sorrel"):
        assert signed_in(name).get(path).status_code == 404, name


def test_client_prints_it_with_the_appointments_to_come(app: Flask, world: World) -> None:
    _, juniper, place = a_place(app, world)
    booked = {"start_at": "2026-03-30T09:00", "place": "Mill Lane 3"}
    assert juniper.post(f"{place}/book", booked).status_code == 303
    a_whole_plan(world)
    visitor, home = inside(app, world)
    path = f"{home}/goals/{world.goal_id}/plan.pdf"
    assert path in visitor.get(f"{home}/plan").text
    words = " ".join(pdf_text(visitor.get(path).data).split())
    assert "30 Mar at 09:00 with Juniper Outside, Mill Lane 3" in words
    assert "Juniper Outside Dietitian" in words
    assert visitor.get(f"{home}/goals/{world.seat_id}/plan.pdf").status_code == 404
    classes = {row.information_class for row in db.session.query(AccessRead)}
    db.session.rollback()
    assert "goal_plan" in classes


def test_long_plan_stays_on_one_page_and_counts_what_it_leaves_out(
    world: World, signed_in: SignIn
) -> None:
    for number in range(12):
        a_step(world, hazels_goal(world), f"Mine {number}", date(2026, 4, 1 + number), "client")
        a_step(world, hazels_goal(world), f"Theirs {number}", date(2026, 4, 1 + number))
    db.session.commit()
    data = signed_in("wren").get(f"/goals/{world.goal_id}/plan/client.pdf").data
    assert pages_of(data) == 1
    words = pdf_text(data)
    assert "and 5 more" in words
    assert "and 6 more" in words


def test_empty_plan_and_blocked_plan_say_so(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    words = pdf_text(wren.get(f"/goals/{world.goal_id}/plan/client.pdf").data)
    assert "Nothing just now." in words
    goal = a_pathway_goal(world, "achilles_rupture_nonoperative", ())
    an_answer(goal, "confirmed", "no")
    commit(goal)
    words = " ".join(pdf_text(wren.get(f"/goals/{goal.id}/plan/client.pdf").data).split())
    assert "The plan cannot start yet. Please ask Wren Lead why." in words
