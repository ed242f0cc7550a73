"""What cannot wait: open warning signs and who comes first, until somebody has answered them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from careteam.access.reach import forget
from careteam.features.teams.decisions import answer_spoken, override_effects
from careteam.features.teams.effects import GoalOutcome, goal_outcome
from careteam.features.teams.pressing import Pressing, first_of, first_sign, led_goals, pressing
from careteam.kit.db import db
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import a_client
from tests.support.statements import statements


def open_now(goal) -> list[tuple[str, str]]:
    return [(item.key, item.urgency.value) for item in pressing(outcome_of(goal))]


def outcome_of(goal) -> GoalOutcome:
    found = goal_outcome(goal)
    assert found is not None
    return found


def led(world) -> list[Pressing]:
    return [item for each in led_goals(world.wren) for item in each.pressing]


def test_the_most_urgent_comes_first_and_a_sign_speaks_for_its_own_see_first(world):
    goal = goal_on(world, "weight_loss_ed_history")
    answer(world, goal, faint_heart="yes", rapid_loss="yes")

    assert open_now(goal) == [("ed_emergency", "emergency"), ("ed_rapid_loss", "same_day")]


def test_a_call_answers_the_sign_and_what_it_holds_stays(world):
    goal = goal_on(world, "weight_loss_ed_history")
    answer(world, goal, rapid_loss="yes")
    first = first_of(outcome_of(goal))
    assert first is not None
    assert first.comes_first == "the warning sign, today, by telephone."
    answer_spoken(
        actor=world.wren,
        goal=goal,
        red_flag="ed_rapid_loss",
        spoken_to="Dr Moss",
        happened_on=date(2026, 3, 4),
        said="Bloods at three",
    )

    assert open_now(goal) == []
    assert first_of(outcome_of(goal)) is None
    assert [hold.scope for hold in outcome_of(goal).outcome.standing_holds] == ["all"]


def test_somebody_to_see_first_without_a_sign_presses_until_it_is_set_aside(world):
    goal = goal_on(world, "achilles_rupture_nonoperative")
    answer(world, goal, confirmed="no")
    assert open_now(goal) == [("first:emergency_care", "same_day")]
    effects = pressing(outcome_of(goal))[0].effects
    override_effects(actor=world.wren, goal=goal, effects=effects, reason="Seen on Monday")

    assert open_now(goal) == []


def test_a_see_first_is_worded_as_a_sign_for_the_telephone(world):
    goal = goal_on(world, "achilles_rupture_nonoperative")
    answer(world, goal, confirmed="no")
    sign = first_sign(outcome_of(goal), "first:emergency_care")

    assert sign is not None
    assert sign.urgency == "same_day"
    assert sign.action.startswith("First the emergency")
    assert first_sign(outcome_of(goal), "first:podiatrist") is None


def test_what_can_wait_some_days_is_answered_once_that_place_is_asked(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, unplanned_loss="yes")
    assert [item.urgency.value for item in led(world)] == ["urgent"]
    seat = seat_for(goal, "general_practitioner")
    seat.state, seat.practitioner_id, seat.is_own = "filled", world.juniper, True
    db.session.flush()
    assert [item.urgency.value for item in led(world)] == ["urgent"]
    seat.is_own = False
    db.session.flush()

    assert led(world) == []


def test_others_are_told_nothing_of_it(world):
    answer(world, goal_on(world, "weight_loss_ed_history"), faint_heart="yes")

    for actor in (world.ash, world.rowan, world.sorrel):
        assert led_goals(actor) == []


@pytest.mark.either_database
def test_three_clients_cost_the_statements_of_one(world):
    answer(world, goal_on(world, "weight_loss_ed_history"), faint_heart="yes")
    db.session.commit()
    forget()
    with statements() as one:
        assert len(led(world)) == 1
    for name in ("Elm Made", "Oak Made"):
        client_id = a_client(world.wren.practitioner_id, name).id
        db.session.commit()
        forget()
        world_of = replace(world, client_id=client_id)
        answer(world_of, goal_on(world_of, "weight_loss_ed_history"), faint_heart="yes")
    db.session.commit()
    forget()
    with statements() as three:
        assert len(led(world)) == 3
    assert len(three) == len(one) == 4  # the reach, then three
