"""A goal follows a newer version of its pathway when the lead takes it, and never by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from careteam.access.reach import forget
from careteam.features.clients.models import Client, Goal
from careteam.features.pathways import operations
from careteam.features.pathways.content import keep_up, load_content
from careteam.features.pathways.drafting import values_of
from careteam.features.plans.making import make_plan
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Seat
from careteam.features.teams.proposing import propose_team
from careteam.kit.db import db
from tests.personas import World, a_goal
from tests.support.own_pathways import NAME, a_copy, publish
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


@pytest.fixture(autouse=True)
def _nothing_held():
    yield
    keep_up(None)


@pytest.fixture
def path(world: World) -> str:
    """A goal of Hazel's with team and plan from version 1, while version 2 is published."""
    own = a_copy(world)
    publish(world, own)
    goal = a_goal(db.session.get_one(Client, world.client_id), "Sit without pain", NAME)
    goal.pathway_version = load_content().pathways[NAME].version
    goal.anchor_on = date(2026, 3, 1)
    forget()
    propose_team(actor=world.wren, goal=goal)
    make_plan(actor=world.wren, goal=goal)
    goal_id = goal.id
    db.session.commit()
    values = values_of(own.source)
    steps = values["milestones"]
    first = steps[0]
    later = {**first, "id": "walk_far", "name": "Walk to the mill", "depends_on": [first["id"]]}
    changed = [
        {**first, "name": "Another beginning"},
        {**steps[1], "name": "Theirs to name"},
        *steps[2:],
        {**later, "phase": steps[-1]["phase"], "target_day": steps[-1]["target_day"]},
    ]
    roles = [*values["roles"], meals(values)]
    operations.change_parts(
        actor=world.sorrel, own=own, parts={"milestones": changed, "roles": roles}
    )
    db.session.commit()
    db.session.refresh(own)
    publish(world, own, "Second")
    return f"/goals/{goal_id}"


def meals(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "discipline": "dietitian",
        "requirement": "required",
        "purpose": "Meals",
        "covers": [values["factors"][0]["id"]],
        "count": {"min": 1, "max": 1},
        "bring_in_phase": values["phases"][0]["id"],
    }


def plan_of(path: str) -> list[Milestone]:
    db.session.expire_all()
    goal_id = db.session.query(Goal.id).filter_by(statement="Sit without pain").scalar()
    return db.session.query(Milestone).filter_by(goal_id=goal_id).order_by(Milestone.due_on).all()


def titles(path: str) -> set[str]:
    return {row.title for row in plan_of(path)}


def test_what_would_change_is_shown_and_then_taken(
    world: World, signed_in: SignedIn, path: str
) -> None:
    wren = signed_in("wren")
    templates = load_content().kept[NAME][0].milestones
    by_hand = next(row for row in plan_of(path) if row.title == templates[1].name)
    by_hand.title = "Our own words"
    db.session.commit()
    before = titles(path)
    assert "See what would change" in wren.get(f"{path}/plan").text
    shown = wren.get(f"{path}/pathway/newer").text
    for words in ("Another beginning", "Walk to the mill", "Dietitian", "Our own words"):
        assert words in shown
    assert titles(path) == before

    taken = wren.post(f"{path}/pathway/newer", {"pathway_version": "2.0.0"})
    assert taken.status_code == 303
    after = titles(path)
    assert {"Another beginning", "Walk to the mill", "Our own words"} <= after
    assert templates[0].name not in after
    assert "Theirs to name" not in after
    new = next(row for row in plan_of(path) if row.title == "Walk to the mill")
    assert db.session.query(Seat).filter_by(goal_id=new.goal_id, discipline="dietitian").one()
    goal = db.session.get_one(Goal, new.goal_id)
    assert (goal.pathway_version, goal.set_aside_at) == ("2.0.0", None)
    assert wren.get(f"{path}/pathway/newer").status_code == 404
    assert "See what would change" not in wren.get(f"{path}/plan").text


def test_a_version_that_was_not_looked_at_is_not_taken(
    world: World, signed_in: SignedIn, path: str
) -> None:
    before = titles(path)
    answer = signed_in("wren").post(f"{path}/pathway/newer", {"pathway_version": "3.0.0"})
    assert answer.status_code == 409
    assert signed_in("ash").get(f"{path}/pathway/newer").status_code == 404
    assert titles(path) == before
