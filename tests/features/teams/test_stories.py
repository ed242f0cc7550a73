"""The three stories: from goal and answers to team and safety."""

from __future__ import annotations

from uuid import uuid4

import pytest

from careteam.domain.pathway.vocabulary import HoldScope, Urgency
from careteam.features.clients.shown import SET_ASIDE, shown_goal
from careteam.features.teams.effects import client_safety, folds_that_disagree
from careteam.features.teams.operations import add_seat, fill_seat, mark_referred
from careteam.features.teams.parts import safety_part, team_part
from careteam.features.teams.proposing import is_asked_for, switch_pathway
from careteam.features.teams.queries import answer_rows, seats_of
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid
from tests.features.teams.making import (
    answer,
    client_of,
    goal_on,
    open_required,
    outcome_now,
    seat_for,
    states,
)
from tests.personas import a_practitioner


def test_ruptured_achilles_without_a_confirmed_plan_goes_to_the_telephone(world):
    goal = goal_on(world, "achilles_rupture_nonoperative", "Run again without surgery")
    answer(world, goal, confirmed="no", sudden_pop="yes")

    safety = client_safety(client_of(world))
    assert [item.item.flag.id for item in safety.red_flags] == ["complete_rupture"]
    assert safety.leads_to_now
    assert safety.held == (HoldScope.LIMB,)
    assert safety.blocked_pathways == ("achilles_rupture_nonoperative",)
    assert [(o.item.discipline, o.item.urgency) for o in safety.see_first] == [
        ("emergency_care", Urgency.SAME_DAY)
    ]
    assert "emergency_care" not in states(goal)


def test_ruptured_achilles_with_a_confirmed_plan_has_its_team(world):
    goal = goal_on(world, "achilles_rupture_nonoperative", "Run again without surgery")
    answer(world, goal, confirmed="yes", sudden_pop="yes", days_since=20.0, fear_mood="yes")

    assert states(goal) == {
        "orthopaedic_surgeon": "open",
        "physiotherapist": "open",
        "massage_therapist": "filled",
        "general_practitioner": "open",
        "nutritionist": "open",
        "psychologist": "open",
    }
    assert open_required(goal) == {"orthopaedic_surgeon", "physiotherapist"}
    assert seat_for(goal, "massage_therapist").practitioner_id == world.wren.practitioner_id
    safety = client_safety(client_of(world))
    assert not safety.leads_to_now
    assert [item.item.before_phase for item in safety.clearances] == ["protect"]


def test_trying_for_a_baby_changes_with_age_and_months(world):
    goal = goal_on(world, "fertility_ttc", "Have a baby")
    before = states(goal)
    answer(world, goal, age_36="yes", months_trying=7.0, pregnant_now="unsure")

    assert "fertility_clinic" not in before
    assert seat_for(goal, "fertility_clinic").requirement == "required"
    assert seat_for(goal, "fertility_clinic").origin == "rule"
    assert client_safety(client_of(world)).held == (HoldScope.ABDOMEN,)
    answer(world, goal, pregnant_now="no")
    assert client_safety(client_of(world)).held == ()


def test_a_past_eating_disorder_hides_weight_and_asks_for_two_people(world):
    goal = goal_on(
        world, "weight_loss", "Lose eight kilos", measure="weight_kg", baseline=92, target=84
    )
    assert shown_goal(world.wren, goal).measure == "weight_kg"
    answer(world, goal, ed_past="yes")

    assert {"counsellor", "psychologist"} <= open_required(goal)
    assert client_of(world).hidden_measures == ["weight_kg"]
    assert shown_goal(world.wren, goal).measure is None
    outcome = outcome_now(goal)
    assert [change.pathway for change in outcome.switches] == ["weight_loss_ed_history"]
    assert goal.pathway == "weight_loss"


def test_switching_keeps_people_and_answers_and_sets_the_wording_aside(world):
    goal = goal_on(
        world, "weight_loss", "Lose eight kilos", measure="weight_kg", baseline=92, target=84
    )
    answer(world, goal, ed_past="yes", age_18="no", pregnant="no")
    dietician = a_practitioner("Juniper Food", "nutritionist")
    mark_referred(
        actor=world.wren, seat=seat_for(goal, "nutritionist"), practitioner_id=dietician.id
    )
    own = add_seat(
        actor=world.wren,
        goal=goal,
        seat_id=uuid4(),
        discipline="acupuncturist",
        purpose="Calm.",
    )
    switch_pathway(actor=world.wren, goal=goal, pathway="weight_loss_ed_history")

    assert shown_goal(world.wren, goal).statement == SET_ASIDE
    assert shown_goal(world.ash, goal).statement == SET_ASIDE
    assert goal.statement == "Lose eight kilos"
    now = states(goal)
    assert now["counsellor"] == now["psychologist"] == now["dietitian"] == "open"
    assert now["nutritionist"] == "referred"
    assert now["fitness_instructor"] == "ended"
    assert now["acupuncturist"] == "open"
    outcome = outcome_now(goal)
    assert not is_asked_for(seat_for(goal, "nutritionist"), outcome)
    assert is_asked_for(own, outcome)
    assert answer_rows(goal.id)["age_18"].value == "no"
    assert client_of(world).hidden_measures == ["waist_to_height", "weight_kg"]
    assert {seat.discipline for seat in seats_of(goal.id) if seat.is_own} == set()


def test_after_the_switch_the_effects_of_the_old_pathway_are_gone(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, ed_past="yes", heart="yes")
    switch_pathway(actor=world.wren, goal=goal, pathway="weight_loss_ed_history")

    part = safety_part(world.wren, client_of(world), goal)
    assert part.changes == ()
    assert [line.kind for line in part.limits] == ["hidden", "hidden"]
    assert folds_that_disagree([world.client_id]) == []


def test_switching_twice_is_refused(world):
    goal = goal_on(world, "weight_loss")
    switch_pathway(actor=world.wren, goal=goal, pathway="weight_loss_ed_history")
    db.session.commit()

    with pytest.raises(Conflict):
        switch_pathway(actor=world.wren, goal=goal, pathway="weight_loss_ed_history")
    with pytest.raises(Invalid):
        switch_pathway(actor=world.wren, goal=goal, pathway="no_such_pathway")


def test_safety_is_that_of_the_person_whichever_goal_is_looked_at(world):
    belly = goal_on(world, "fertility_ttc", "Have a baby")
    leg = goal_on(world, "achilles_rupture_nonoperative", "Run again")
    answer(world, belly, pregnant_now="yes")
    answer(world, leg, confirmed="yes", new_pop="yes")

    kinds = [line.strong for line in safety_part(world.wren, client_of(world), belly).limits]
    assert "No hands-on work on belly, pelvis or low back." in kinds
    assert "No hands-on work on that limb." in kinds


def test_pausing_a_goal_makes_nobody_safer_and_ending_uncovers_nothing(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, ed_past="yes", heart="yes")
    goal.status = "paused"
    assert client_safety(client_of(world)).clearances
    goal.status = "ended"

    assert client_safety(client_of(world)).clearances == ()
    assert client_of(world).hidden_measures == ["weight_kg"]
    assert folds_that_disagree([world.client_id]) == []


def test_factors_name_who_covers_them(world):
    goal = goal_on(world, "weight_loss")
    fill_seat(
        actor=world.wren,
        seat=seat_for(goal, "general_practitioner"),
        practitioner_id=a_practitioner("Alder Moss", "general_practitioner").id,
        is_own=True,
    )
    team = team_part(world.wren, client_of(world), goal)

    people = {factor.label: factor.people for factor in team.factors}
    assert people["Hormones and cycle"] == ("Alder Moss",)
    assert people["Pain"] == ("you",)
    assert people["Nutrition and hydration"] == ()
    assert "Nutrition and hydration" in {factor.label for factor in team.uncovered}
    assert team.filled == 2
