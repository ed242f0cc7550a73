"""A version that waits for an answer, and an objection, on the first page of whom they concern."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from careteam.features.consents.models import Consent
from careteam.features.plans.agreeing import Said, answer_version, publish_version
from careteam.features.plans.checking import Structure
from careteam.features.plans.models import Milestone, PlanVersion
from careteam.features.plans.operations import change_milestone
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
WAITS = "Plans that wait for your answer"
OBJECTS = "Somebody objects to a plan"


def publish(world: World, after: int = 0) -> PlanVersion:
    version = publish_version(actor=world.wren, goal=hazels_goal(world), after=after)
    db.session.commit()
    return db.session.get_one(PlanVersion, version.id)


def two_steps(world: World) -> None:
    goal = hazels_goal(world)
    a_step(world, goal, "Heel raises", owner=str(world.seat_id))
    a_step(world, goal, "Sleep well")


def put_off(world: World, title: str, owner: str) -> None:
    row = db.session.query(Milestone).filter_by(title=title).one()
    change_milestone(
        actor=world.wren,
        milestone=row,
        version=row.version,
        structure=Structure(row.title, owner, date(2026, 6, 1)),
    )


def test_version_waits_on_todays_page_until_it_is_answered(world: World, signed_in: SignIn) -> None:
    two_steps(world)
    version = publish(world)
    ash = signed_in("ash")
    assert WAITS in ash.get("/").text
    for name in ("wren", "rowan", "sorrel"):
        assert WAITS not in signed_in(name).get("/").text
    answer_version(actor=world.ash, version=version, said=Said("agreed"))
    db.session.commit()
    assert WAITS not in ash.get("/").text


def test_only_whom_a_new_version_concerns_is_asked_again(world: World, signed_in: SignIn) -> None:
    two_steps(world)
    answer_version(actor=world.ash, version=publish(world), said=Said("agreed"))
    put_off(world, "Sleep well", "lead")
    publish(world, after=1)
    ash = signed_in("ash")
    assert WAITS not in ash.get("/").text
    put_off(world, "Heel raises", str(world.seat_id))
    publish(world, after=2)
    assert WAITS in ash.get("/").text


def test_objection_stands_on_the_leads_page_without_its_words(
    world: World, signed_in: SignIn
) -> None:
    two_steps(world)
    version = publish(world)
    answer_version(actor=world.ash, version=version, said=Said("objects", "Far too early"))
    db.session.commit()
    shown = signed_in("wren").get("/").text
    assert OBJECTS in shown
    assert "Ash Seated objects to version 1" in shown
    assert "Far too early" not in shown
    assert OBJECTS not in signed_in("ash").get("/").text
    version = db.session.query(PlanVersion).one()
    answer_version(actor=world.ash, version=version, said=Said("agreed", seen=1))
    db.session.commit()
    assert OBJECTS not in signed_in("wren").get("/").text


def test_objection_to_an_earlier_version_stands_while_nobody_asks_again(
    world: World, signed_in: SignIn
) -> None:
    two_steps(world)
    said = Said("objects", "Far too early")
    answer_version(actor=world.ash, version=publish(world), said=said)
    put_off(world, "Sleep well", "lead")
    publish(world, after=1)
    assert "Ash Seated objects to version 1" in signed_in("wren").get("/").text
    put_off(world, "Heel raises", str(world.seat_id))
    publish(world, after=2)
    assert OBJECTS not in signed_in("wren").get("/").text


def test_withdrawn_consent_takes_the_line_away(world: World, signed_in: SignIn) -> None:
    two_steps(world)
    publish(world)
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert WAITS not in signed_in("ash").get("/").text
