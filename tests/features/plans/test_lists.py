"""Lists outside the plan's own page show what the plan shows, and nothing that has left it."""

from __future__ import annotations

from datetime import date

import pytest

from careteam.access.actor import Actor
from careteam.features.clients.models import Client
from careteam.features.plans.next_queries import next_milestones
from careteam.features.plans.operations import remove_milestone
from careteam.features.today.queries import list_due_milestones
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World


def next_title(actor: Actor, world: World) -> str | None:
    found = next_milestones(actor, [world.client_id]).get(world.client_id)
    return found.title if found else None


def due(actor: Actor) -> list[str]:
    return [each.title for each in list_due_milestones(actor)]


@pytest.mark.parametrize("way_out", ["removed", "left pathway", "hidden measure"])
def test_milestone_out_of_the_plan_is_in_no_list(world: World, way_out: str) -> None:
    goal = hazels_goal(world)
    goal.pathway = "weight_loss_ed_history"
    first = a_step(world, goal, "Lose five kilos", date(2026, 3, 5))
    first.template, first.measure = "weight_loss_ed_history:lose", "weight_kg"
    a_step(world, goal, "Sleep log", date(2026, 3, 6))
    db.session.flush()
    assert next_title(world.wren, world) == "Lose five kilos"
    assert due(world.wren) == ["Lose five kilos", "Sleep log"]
    match way_out:
        case "removed":
            remove_milestone(actor=world.wren, milestone=first, version=first.version)
        case "left pathway":
            goal.pathway = "fertility_ttc"
        case _:
            client = db.session.get_one(Client, world.client_id)
            client.hidden_measures = ["waist_to_height", "weight_kg"]
    db.session.flush()
    assert next_title(world.wren, world) == "Sleep log"
    assert due(world.wren) == ["Sleep log"]


def test_other_members_get_no_lines(world: World) -> None:
    a_step(world, hazels_goal(world), "Sleep log", date(2026, 3, 6))
    assert next_title(world.rowan, world) is None
    assert due(world.rowan) == []
