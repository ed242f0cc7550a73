"""The community's own pathways: published in versions, which goals keep."""

from __future__ import annotations

import logging
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import update

from careteam.features.clients.goals import Wording, add_goal
from careteam.features.clients.models import Client, Goal
from careteam.features.pathways import operations
from careteam.features.pathways.content import (
    broken_versions,
    keep_up,
    load_content,
    pathway_of,
    shipped,
)
from careteam.features.pathways.drafting import values_of
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.features.pathways.published_queries import current_stamp
from careteam.features.plans.making import make_plan
from careteam.features.teams.effects import goal_outcome
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.personas import World
from tests.support.own_pathways import (
    NAME,
    a_copy,
    publish,
    reword_first_milestone,
    take_in,
)
from tests.support.statements import statements


@pytest.fixture(autouse=True)
def _nothing_held(world: World):
    keep_up(None)
    yield
    keep_up(None)


def a_goal_on_it(world: World, pathway: str = NAME) -> Goal:
    return add_goal(
        actor=world.wren,
        client=db.session.get_one(Client, world.client_id),
        goal_id=uuid4(),
        wording=Wording("Sit through a meeting"),
        pathway=pathway,
        anchor_on=date(2026, 3, 4),
    )


def first_step(goal: Goal) -> str:
    found = pathway_of(goal)
    assert found is not None
    return found.milestones[0].name


def test_a_copy_is_a_draft_that_nobody_can_choose(world: World) -> None:
    own = a_copy(world)
    take_in()

    assert (own.pathway, own.newest, own.copied_from) == (NAME, 0, "chronic_low_back_pain")
    assert NAME not in load_content().pathways
    assert values_of(own.source)["status"] == "draft_for_clinical_review"
    with pytest.raises(Invalid):
        a_goal_on_it(world)


def test_a_published_pathway_is_offered_with_its_number(world: World) -> None:
    publish(world, a_copy(world))
    found = load_content().pathways[NAME]

    assert (found.title, found.version) == ("Desk backs", "1.0.0")
    assert a_goal_on_it(world).pathway_version == "1.0.0"


def test_goal_and_plan_keep_the_version_they_were_made_from(world: World) -> None:
    own = a_copy(world)
    publish(world, own)
    old = a_goal_on_it(world)
    before = first_step(old)
    reword_first_milestone(world, own, "Quite another beginning")
    publish(world, own, "Another beginning")
    new = a_goal_on_it(world)

    assert (first_step(old), first_step(new)) == (before, "Quite another beginning")
    assert before in {row.title for row in make_plan(actor=world.wren, goal=old)}
    assert "Quite another beginning" in {row.title for row in make_plan(actor=world.wren, goal=new)}


def test_outcomes_of_two_versions_are_kept_apart(world: World) -> None:
    own = a_copy(world)
    publish(world, own)
    old = a_goal_on_it(world)
    values = values_of(own.source)
    ours = {
        "id": "r_ours",
        "when": {"always": True},
        "then": [{"effect": "block_plan", "reason": "Ours"}],
    }
    values["rules"].append(values["rules"][0] | ours)
    operations.change_parts(actor=world.sorrel, own=own, parts={"rules": values["rules"]})
    publish(world, own, "Blocks")
    new = a_goal_on_it(world)
    db.session.flush()
    outcomes = [goal_outcome(goal) for goal in (old, new, old)]

    assert [bool(found and found.outcome.is_blocked) for found in outcomes] == [False, True, False]


def test_a_goal_younger_than_what_the_process_knows_is_found(world: World) -> None:
    """Another process published it and made the goal; this one has had no request since."""
    publish(world, a_copy(world))
    goal = a_goal_on_it(world)
    keep_up(None)
    assert NAME not in load_content().pathways

    assert pathway_of(goal) is not None
    assert NAME in load_content().pathways


def test_nothing_is_asked_while_nothing_was_published(world: World) -> None:
    publish(world, a_copy(world))
    goal, stamp = a_goal_on_it(world), current_stamp()
    with statements() as seen:
        keep_up(stamp)
        pathway_of(goal)

    assert seen == []


def test_a_version_is_read_once(world: World) -> None:
    own = a_copy(world)
    publish(world, own)
    first = load_content().pathways[NAME]
    reword_first_milestone(world, own, "Quite another beginning")
    publish(world, own, "Another beginning")

    assert load_content().kept[NAME][0] is first


def test_a_retired_pathway_is_kept_by_its_goals_and_offered_to_nobody(world: World) -> None:
    own = a_copy(world)
    publish(world, own)
    goal = a_goal_on_it(world)
    operations.retire_pathway(actor=world.sorrel, own=own)
    take_in()

    assert NAME not in load_content().pathways
    assert first_step(goal)
    operations.restore_pathway(actor=world.sorrel, own=own)
    take_in()
    assert NAME in load_content().pathways


def test_what_cannot_be_read_any_more_is_left_out_and_named(world: World, caplog) -> None:
    own = a_copy(world)
    publish(world, own)
    goal = a_goal_on_it(world)
    reword_first_milestone(world, own, "Quite another beginning")
    publish(world, own, "Another beginning")
    db.session.execute(update(PathwayVersion).where(PathwayVersion.number == 2).values(source="]"))
    db.session.execute(update(PathwayVersion).where(PathwayVersion.number == 2).values(id=uuid4()))
    keep_up(None)
    with caplog.at_level(logging.ERROR):
        take_in()

    assert [each.published.number for each in broken_versions()] == [2]
    assert "published pathway left out" in caplog.text
    assert load_content().pathways[NAME].version == "1.0.0"
    assert first_step(goal)


def test_a_draft_with_problems_is_not_published_and_all_are_named(world: World) -> None:
    own = a_copy(world)
    values = values_of(own.source)
    values["milestones"][0]["owner"] = "juggler"
    values["milestones"][1]["target_day"] = 4000
    operations.change_parts(actor=world.sorrel, own=own, parts={"milestones": values["milestones"]})
    db.session.commit()
    with pytest.raises(Invalid) as caught:
        publish(world, own)

    named = " ".join(each.message for each in caught.value.every)
    assert "juggler" in named
    assert "4000" in named
    assert own.newest == 0


def test_nobody_publishes_a_draft_they_have_not_seen(world: World) -> None:
    own = a_copy(world)
    with pytest.raises(Conflict):
        operations.publish_pathway(actor=world.sorrel, own=own, note="x", version=own.version - 1)


def test_a_brought_file_becomes_a_draft_under_an_own_id(world: World) -> None:
    source = operations.source_of(world.wren, "skin_flare")
    own = operations.bring_pathway(actor=world.sorrel, source=source)

    assert (own.pathway, own.title) == ("own_skin_flare", shipped().pathways["skin_flare"].title)
    with pytest.raises(Invalid):
        operations.bring_pathway(actor=world.sorrel, source=source)


def test_what_is_exported_can_be_brought_again_unchanged(world: World) -> None:
    own = a_copy(world)
    publish(world, own)
    text = operations.source_of(world.wren, NAME)
    own.pathway = "own_elsewhere"
    again = operations.bring_pathway(actor=world.sorrel, source=text)

    assert again.source == text


@pytest.mark.parametrize(
    "source", ["id: own_x\ntitle: T\n", "title: T", "id: [a]\ntitle: T", "]", "id: '!'\ntitle: T"]
)
def test_a_wrong_file_leaves_nothing(world: World, source: str) -> None:
    with pytest.raises(Invalid):
        operations.bring_pathway(actor=world.sorrel, source=source)

    assert db.session.query(OwnPathway).count() == 0


def test_only_stewards_change_pathways(world: World) -> None:
    own = a_copy(world)
    with pytest.raises(Forbidden):
        operations.copy_pathway(actor=world.wren, pathway="skin_flare", title="Mine")
    for change in (operations.retire_pathway, operations.restore_pathway):
        with pytest.raises(NotFound):
            change(actor=world.wren, own=own)
