"""The plan as PDF: as far as its reader may see it, effects without causes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from careteam.access.actor import Actor, Kind
from careteam.audit.models import AccessRead
from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.models import PlanVersion
from careteam.features.teams.models import SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, an_answer, commit, hazels_goal
from tests.personas import World, a_seat
from tests.support.files import pdf_text, pdf_title
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def test_plan_pdf_holds_the_steps_and_says_nothing_in_its_names(
    world: World, signed_in: SignedIn
) -> None:
    step = a_step(world, hazels_goal(world), "Walk for ten minutes")
    a_step(world, hazels_goal(world), "Walk to the shop", after=[step])
    commit(step)
    answer = signed_in("wren").get(f"/goals/{world.goal_id}/plan.pdf")
    words = pdf_text(answer.data)
    assert answer.mimetype == "application/pdf"
    day = clock.today().isoformat()
    assert answer.headers["Content-Disposition"] == f"attachment; filename=plan-{day}.pdf"
    assert pdf_title(answer.data) == "Plan"
    for part in ("Walk for ten minutes", "After Walk for ten minutes", "HS", "Wren Lead"):
        assert part in words
    assert "Hazel Sample" not in words


def test_plan_on_paper_marks_what_is_overdue(world: World, signed_in: SignedIn) -> None:
    goal, day = hazels_goal(world), clock.today()
    a_step(world, goal, "Walk", day - timedelta(days=1))
    a_step(world, goal, "Swim", day)
    db.session.commit()
    wren, plan = signed_in("wren"), f"/goals/{world.goal_id}/plan"
    for paper in (pdf_text(wren.get(f"{plan}.pdf").data), wren.get(f"{plan}/print").text):
        assert "0 of 2 milestones reached, 1 overdue." in paper
        assert paper.count("Planned, overdue") == 1
        assert paper.index("Walk") < paper.index("Planned, overdue") < paper.index("Swim")


def test_a_plan_says_that_its_goal_rests(world: World, signed_in: SignedIn) -> None:
    a_step(world, hazels_goal(world), "Walk")
    db.session.commit()
    wren, ash, plan = signed_in("wren"), signed_in("ash"), f"/goals/{world.goal_id}/plan"
    for turn, words in (("pause", "This goal is paused."), ("end", "This goal has ended.")):
        assert words not in wren.get(plan).text
        wren.post(f"/goals/{world.goal_id}/{turn}")
        assert words in wren.get(plan).text
        assert words in ash.get(plan).text
        assert words in pdf_text(ash.get(f"{plan}.pdf").data)
    wren.post(f"/goals/{world.goal_id}/resume")
    assert "This goal" not in ash.get(plan).text


def test_plan_on_paper_carries_effects_and_no_cause_even_for_the_lead(
    world: World, signed_in: SignedIn
) -> None:
    goal = hazels_goal(world)
    goal.pathway = "skin_flare"
    commit(an_answer(goal, "diagnosed", "no"))
    for name in ("wren", "ash"):
        words = pdf_text(signed_in(name).get(f"/goals/{world.goal_id}/plan.pdf").data)
        assert "The plan cannot start yet." in words
        assert "For safety" in words
        printed = signed_in(name).get(f"/goals/{world.goal_id}/plan/print").text
        assert "For safety" in printed
        for paper in (words, printed):
            assert "Diagnosis first" not in paper
            assert "rash" not in paper.lower()


def test_plan_pdf_names_the_version_and_what_is_not_agreed(
    world: World, signed_in: SignedIn
) -> None:
    goal = hazels_goal(world)
    a_step(world, goal, "Walk")
    version_id = publish_version(actor=world.wren, goal=goal, after=0).id
    db.session.commit()
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/plan.pdf"
    assert "Version 1 of 4 Mar 2026, not yet agreed." in pdf_text(wren.get(path).data)
    hazel = Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)
    version = db.session.get_one(PlanVersion, version_id)
    answer_version(actor=hazel, version=version, said=Said("agreed"))
    a_step(world, hazels_goal(world), "Swim")
    db.session.commit()
    words = pdf_text(wren.get(path).data)
    assert "Version 1 of 4 Mar 2026, agreed. 1 change since is not yet agreed." in words


def test_seat_kept_from_somebody_leaves_their_pdf(world: World, signed_in: SignedIn) -> None:
    seat = a_seat(hazels_goal(world), "counsellor", filled_by=world.juniper)
    step = a_step(world, hazels_goal(world), "Talk it over", owner=str(seat.id))
    ash = world.ash.practitioner_id
    hiding = SeatHiding(seat_id=seat.id, practitioner_id=ash, client_id=world.client_id)
    db.session.add(hiding)
    commit(step)
    path = f"/goals/{world.goal_id}/plan.pdf"
    assert "Talk it over" in pdf_text(signed_in("wren").get(path).data)
    assert "Talk it over" not in pdf_text(signed_in("ash").get(path).data)


def test_plan_pdf_is_written_down_and_for_the_team_only(world: World, signed_in: SignedIn) -> None:
    a_step(world, hazels_goal(world), "Walk")
    db.session.commit()
    path = f"/goals/{world.goal_id}/plan.pdf"
    assert signed_in("ash").get(path).status_code == 200
    reads = db.session.query(AccessRead).filter_by(actor_key=world.ash.key).all()
    assert "goal_plan" in {read.information_class for read in reads}
    for name in ("rowan", "sorrel"):
        assert signed_in(name).get(path).status_code == 404
