"""Goals: made, reworded, set aside, paused, ended, replaced, and what of them is shown to whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from careteam.access.actor import Actor
from careteam.access.reach import forget
from careteam.features.clients import goals
from careteam.features.clients.goals import Wording
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import list_wordings
from careteam.features.clients.shown import SET_ASIDE, shown_goal
from careteam.features.consents.models import Consent
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World


def client_of(world: World) -> Client:
    return db.session.get_one(Client, world.client_id)


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def add(world: World, **more: Any) -> Goal:
    given: dict[str, Any] = {"wording": Wording("Sleep through"), "goal_id": uuid4(), **more}
    return goals.add_goal(actor=world.wren, client=client_of(world), **given)


def test_goal_without_pathway_counts_from_today(world: World) -> None:
    goal = add(world)
    assert (goal.anchor_on, goal.pathway, goal.status) == (date(2026, 3, 4), None, "active")


def test_pathway_that_counts_from_an_injury_asks_for_its_day(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, pathway="achilles_rupture_nonoperative")
    assert refused.value.field == "anchor_on"
    goal = add(world, pathway="achilles_rupture_nonoperative", anchor_on=date(2026, 2, 20))
    assert (goal.anchor_on, goal.pathway_version) == (date(2026, 2, 20), "0.2.0")


def test_unknown_pathway_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        add(world, pathway="made_up")
    assert refused.value.field == "pathway"


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording(""), "statement"),
        (Wording("Walk", measure="made_up"), "measure"),
        (Wording("Walk", target=3), "measure"),
        (Wording("Walk", measure="pain_nrs", target=11), "target"),
        (Wording("Walk", measure="pain_nrs", baseline=-1), "baseline"),
        (Wording("Walk", measure="pain_nrs", target=float("nan")), "target"),
    ],
)
def test_wording_that_cannot_be_used(world: World, wording: Wording, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        goals.reword_goal(actor=world.wren, goal=goal_of(world), wording=wording)
    assert refused.value.field == field


def test_rewording_keeps_the_old_words_with_the_lead(world: World) -> None:
    goal = goal_of(world)
    goals.reword_goal(
        actor=world.wren, goal=goal, wording=Wording("Dance at the wedding"), reason="Better now"
    )
    [old] = list_wordings(world.wren, goal)
    assert (old.statement, old.reason) == ("Walk to the shop without pain", "Better now")
    assert goal.statement == "Dance at the wedding"
    assert list_wordings(world.ash, goal) == []


def test_same_words_again_keep_no_second_copy(world: World) -> None:
    goal = goal_of(world)
    goals.reword_goal(actor=world.wren, goal=goal, wording=Wording(goal.statement))
    assert list_wordings(world.wren, goal) == []


@pytest.mark.parametrize("name", ["ash", "rowan", "sorrel"])
def test_only_the_lead_changes_a_goal(world: World, name: str) -> None:
    actor: Actor = world.cast[name]
    with pytest.raises(Forbidden if name == "ash" else NotFound):
        goals.pause_goal(actor=actor, goal=goal_of(world))
    assert goal_of(world).status == "active"


def test_paused_goal_is_taken_up_again_and_ended_one_too(world: World) -> None:
    goal = goal_of(world)
    goals.pause_goal(actor=world.wren, goal=goal, reason="Holiday")
    assert (goal.status, goal.status_reason) == ("paused", "Holiday")
    goals.resume_goal(actor=world.wren, goal=goal)
    goals.end_goal(actor=world.wren, goal=goal)
    db.session.commit()
    with pytest.raises(Invalid):
        goals.pause_goal(actor=world.wren, goal=goal)
    goals.resume_goal(actor=world.wren, goal=goal)
    assert (goal.status, goal.status_reason) == ("active", None)


def test_replaced_goal_names_the_one_in_its_place(world: World) -> None:
    old, new = goal_of(world), add(world)
    goals.replace_goal(actor=world.wren, goal=old, replacement=new)
    assert (old.status, old.replaced_by_id) == ("replaced", new.id)
    with pytest.raises(Invalid):
        goals.resume_goal(actor=world.wren, goal=old)


def measured(world: World, measure: str) -> Goal:
    goal = goal_of(world)
    goal.measure, goal.baseline, goal.target, goal.target_on = measure, 2, 8, date(2026, 9, 1)
    db.session.commit()
    return goal


def consent_to(world: World, *classes: str) -> None:
    db.session.get_one(Consent, world.consent_id).classes = list(classes)
    db.session.commit()
    forget()


def test_measure_is_shown_to_whom_its_class_is_open(world: World) -> None:
    goal = measured(world, "own_activity")
    seen = shown_goal(world.wren, goal)
    assert (seen.measure, seen.baseline, seen.target) == ("own_activity", 2, 8)
    narrow = shown_goal(world.ash, goal)
    assert (narrow.measure, narrow.baseline, narrow.target) == (None, None, None)
    consent_to(world, "goal_plan", "functional_status")
    assert shown_goal(world.ash, goal_of(world)).target == 8


def test_hidden_measure_is_shown_to_nobody(world: World) -> None:
    measured(world, "weight_kg")
    client_of(world).hidden_measures = ["weight_kg"]
    db.session.commit()
    consent_to(world, "goal_plan", "body_measures")
    for actor in (world.wren, world.ash):
        seen = shown_goal(actor, goal_of(world))
        assert (seen.measure, seen.target) == (None, None)
        assert seen.statement == "Walk to the shop without pain"


def test_goal_set_aside_shows_neutral_words_to_everybody(world: World) -> None:
    goal = measured(world, "own_activity")
    goals.set_goal_aside(goal)
    db.session.commit()
    for actor in (world.wren, world.ash):
        seen = shown_goal(actor, goal_of(world))
        assert seen.statement == SET_ASIDE
        assert (seen.measure, seen.target, seen.target_on) == (None, None, None)


def test_new_words_end_that_a_goal_is_set_aside(world: World) -> None:
    goal = goal_of(world)
    goals.set_goal_aside(goal)
    goals.reword_goal(actor=world.wren, goal=goal, wording=Wording("Feel at home in my body"))
    assert goal.set_aside_at is None
    assert shown_goal(world.ash, goal).statement == "Feel at home in my body"


def test_setting_aside_twice_keeps_the_first_moment(world: World) -> None:
    goal = goal_of(world)
    goals.set_goal_aside(goal)
    first = goal.set_aside_at
    with clock.stopped(clock.now().replace(hour=18)):
        goals.set_goal_aside(goal)
    assert goal.set_aside_at == first


def test_title_of_the_pathway_is_neutral_for_those_not_told_the_problem(world: World) -> None:
    goal = goal_of(world)
    goal.pathway = "fertility_ttc"
    db.session.commit()
    assert shown_goal(world.wren, goal_of(world)).pathway_title == "Trying to conceive"
    assert shown_goal(world.ash, goal_of(world)).pathway_title == "Wellbeing plan"
    consent_to(world, "goal_plan", "presenting_problem")
    assert shown_goal(world.ash, goal_of(world)).pathway_title == "Wellbeing plan"
    consent_to(world, "goal_plan", "presenting_problem", "reproductive_sexual")
    assert shown_goal(world.ash, goal_of(world)).pathway_title == "Trying to conceive"


def test_key_of_a_goal_is_the_one_proposed(world: World) -> None:
    key = UUID("00000000-0000-0000-0000-00000000beef")
    assert add(world, goal_id=key).id == key
