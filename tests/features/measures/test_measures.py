"""Which measures belong to a goal, what may be recorded, and what a course says."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from careteam.features.clients.models import Client, Goal
from careteam.features.measures.models import Measurement
from careteam.features.measures.offered import offered_measures
from careteam.features.measures.operations import record_measurement, take_back_measurement
from careteam.features.measures.parts import progress_of
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound
from tests.personas import World, a_goal


def the_goal(world: World, pathway: str | None = None, **values: object) -> Goal:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway, goal.anchor_on = pathway, date(2026, 3, 1)
    for name, value in values.items():
        setattr(goal, name, value)
    db.session.flush()
    return goal


def recorded(
    world: World, goal: Goal, value: float, on: date = date(2026, 3, 4), measure: str = "pain_nrs"
) -> Measurement:
    return record_measurement(
        actor=world.wren,
        goal=goal,
        measurement_id=uuid4(),
        measure=measure,
        value=value,
        taken_on=on,
    )


def test_measures_are_those_of_the_pathway_and_the_goals_own_first(world: World) -> None:
    goal = the_goal(world, "achilles_rupture_nonoperative", measure="sleep_nrs")
    found = [each.id for each in offered_measures(world.wren, goal)]
    assert found[:3] == ["sleep_nrs", "own_activity", "pain_nrs"]
    assert "weight_kg" not in found
    assert offered_measures(world.wren, the_goal(world, None, measure=None)) == []


def test_hidden_measure_is_neither_collected_nor_shown(world: World) -> None:
    goal = the_goal(world, measure="weight_kg", baseline=90.0, target=80.0)
    recorded(world, goal, 90, measure="weight_kg")
    db.session.get_one(Client, world.client_id).hidden_measures = ["weight_kg"]
    db.session.flush()
    assert progress_of(world.wren, goal).courses == ()
    with pytest.raises(Invalid) as refused:
        recorded(world, goal, 89, measure="weight_kg")
    assert refused.value.field == "measure"
    assert "weight" not in refused.value.message.lower()


def test_wording_set_aside_takes_its_measure_along(world: World) -> None:
    from careteam.kit import clock

    goal = the_goal(world, measure="pain_nrs", set_aside_at=clock.now())
    assert offered_measures(world.wren, goal) == []


def test_measure_of_a_class_ash_may_not_see_is_not_there_for_her(world: World) -> None:
    goal = the_goal(world, "achilles_rupture_nonoperative")
    recorded(world, goal, 6)
    assert progress_of(world.ash, goal).courses == ()
    assert progress_of(world.wren, goal).recorded[0].offered.id == "pain_nrs"


def test_class_of_a_value_is_the_catalogues(world: World) -> None:
    row = recorded(world, the_goal(world, measure="phq9"), 11, measure="phq9")
    assert row.information_class == "mental_health"


@pytest.mark.parametrize(
    ("value", "on", "field"),
    [
        (11.0, date(2026, 3, 4), "value"),
        (-0.1, date(2026, 3, 4), "value"),
        (float("nan"), date(2026, 3, 4), "value"),
        (float("inf"), date(2026, 3, 4), "value"),
        (5.0, date(2026, 3, 5), "taken_on"),
        (5.0, date(1980, 6, 1), "taken_on"),
        (5.0, date(1800, 1, 1), "taken_on"),
    ],
)
def test_value_and_day_that_make_no_sense_are_refused(
    world: World, value: float, on: date, field: str
) -> None:
    db.session.get_one(Client, world.client_id).date_of_birth = date(1980, 6, 2)
    with pytest.raises(Invalid) as refused:
        recorded(world, the_goal(world, measure="pain_nrs"), value, on)
    assert refused.value.field == field


def test_course_says_little_until_there_is_enough(world: World) -> None:
    goal = the_goal(world, measure="pain_nrs", baseline=8.0, target=2.0)
    recorded(world, goal, 7, date(2026, 3, 1))
    course = progress_of(world.wren, goal).courses[0]
    assert (course.trend, course.is_better, course.target) == ("too few to say", None, 2)
    recorded(world, goal, 6, date(2026, 3, 2))
    course = progress_of(world.wren, goal).courses[0]
    assert (course.trend, course.is_better) == ("down 1 since 1 Mar", None)
    assert course.meaning == "A change of 2 points or more is worth noticing; this is less."
    recorded(world, goal, 4.5, date(2026, 3, 4))
    course = progress_of(world.wren, goal).courses[0]
    assert (course.trend, course.is_better) == ("down 2.5 since 1 Mar", True)
    assert course.meaning.endswith("this is one, for the better.")
    assert [point.x for point in course.points] == [0, 33.33, 100]
    assert "7 on 1 Mar, 6 on 2 Mar, 4.5 on 4 Mar. Target 2." in course.summary


def test_measure_without_a_known_important_change_claims_nothing(world: World) -> None:
    goal = the_goal(world, measure="wellbeing_nrs")
    for number, value in enumerate((2, 9), 1):
        recorded(world, goal, value, date(2026, 3, number), "wellbeing_nrs")
    course = progress_of(world.wren, goal).courses[0]
    assert course.is_better is None
    assert course.meaning == "No agreed value; treat a change of 2 as worth a conversation."


def test_pathway_asks_for_the_next_value_on_its_day(world: World) -> None:
    goal = the_goal(world, "achilles_rupture_nonoperative")
    pain = next(
        each for each in progress_of(world.wren, goal).courses if each.offered.id == "pain_nrs"
    )
    assert pain.due_on == date(2026, 3, 15)


def test_wrong_value_is_taken_back_by_the_lead_or_its_author(world: World) -> None:
    goal = the_goal(world, measure="pain_nrs")
    row = recorded(world, goal, 5)
    with pytest.raises((NotFound, Forbidden)):
        take_back_measurement(actor=world.ash, measurement=row)
    with pytest.raises(NotFound):
        take_back_measurement(actor=world.rowan, measurement=row)
    take_back_measurement(actor=world.wren, measurement=row)
    assert progress_of(world.wren, goal).recorded == []


def test_measure_of_another_goal_is_not_offered(world: World) -> None:
    the_goal(world, measure="pain_nrs")
    other = a_goal(db.session.get_one(Client, world.client_id), "Sleep")
    with pytest.raises(Invalid):
        recorded(world, other, 5)
