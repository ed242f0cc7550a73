"""Every effect but an emergency can be set aside with a reason; an emergency is answered."""

from __future__ import annotations

from datetime import date

import pytest

from careteam.domain.pathway import LeftTo
from careteam.domain.pathway.vocabulary import HoldScope
from careteam.features.teams.decisions import (
    answer_asked_again,
    answer_spoken,
    override_effects,
    raise_flag_again,
    take_back_override,
)
from careteam.features.teams.effects import client_safety
from careteam.features.teams.parts import safety_part
from careteam.features.teams.queries import decision_rows
from careteam.kit.db import db
from careteam.kit.errors import CareteamError, Conflict, Invalid
from tests.features.teams.making import answer, client_of, goal_on, outcome_now, states

ED, FLAG = "weight_loss_ed_history", ("r_emergency", "raise_red_flag:ed_emergency")
HOLD = ("r_emergency", "hold_manual_therapy:all:ed_emergency")


def aside(world, goal, *effects, reason="Seen by her doctor on Monday"):
    override_effects(actor=world.wren, goal=goal, effects=effects, reason=reason)


@pytest.fixture
def collapse(world):
    """A goal with an emergency flag raised."""
    goal = goal_on(world, ED)
    answer(world, goal, faint_heart="yes")
    db.session.commit()
    return goal


@pytest.mark.parametrize(
    ("pathway", "answers", "effect", "gone"),
    [
        ("weight_loss", {"low_weight": "yes"}, ("r_low_weight", "block_plan"), "blocked_pathways"),
        (
            "weight_loss",
            {"unplanned_loss": "yes"},
            ("r_unplanned", "raise_red_flag:unexplained_loss"),
            "red_flags",
        ),
        (
            "weight_loss",
            {"unplanned_loss": "yes"},
            ("r_unplanned", "see_first:general_practitioner"),
            "see_first",
        ),
        (
            "weight_loss",
            {"heart": "yes"},
            ("r_heart", "require_clearance:general_practitioner:build"),
            "clearances",
        ),
        ("weight_loss", {"heart": "yes"}, ("r_heart", "add_caution"), "cautions"),
        (
            "weight_loss",
            {"ed_past": "yes"},
            ("r_ed_past", "hide_measure:weight_kg"),
            "hidden_measures",
        ),
        (
            "fertility_ttc",
            {"pregnant_now": "yes"},
            ("r_pregnant", "hold_manual_therapy:abdomen"),
            "holds",
        ),
        (
            "fertility_ttc",
            {"ed_past": "yes"},
            ("r_ed", "restrict_information:body_measures"),
            "restrictions",
        ),
    ],
)
def test_an_effect_set_aside_acts_no_more_until_it_is_taken_back(
    world, pathway, answers, effect, gone
):
    goal = goal_on(world, pathway)
    answer(world, goal, **answers)
    assert getattr(client_safety(client_of(world)), gone)
    aside(world, goal, effect)
    assert getattr(client_safety(client_of(world)), gone) == ()

    lines = safety_part(world.wren, client_of(world), goal).set_aside
    assert [line.reason for line in lines] == ["Seen by her doctor on Monday"]
    take_back_override(actor=world.wren, goal=goal, decision=decision_rows(goal.id)[0])
    assert getattr(client_safety(client_of(world)), gone)


def test_setting_aside_a_hidden_measure_changes_the_stored_fold(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, ed_past="yes")
    aside(world, goal, ("r_ed_past", "hide_measure:weight_kg"))
    assert client_of(world).hidden_measures == []

    take_back_override(actor=world.wren, goal=goal, decision=decision_rows(goal.id)[0])
    assert client_of(world).hidden_measures == ["weight_kg"]


def test_setting_aside_a_role_takes_its_open_seat_away_and_back(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, move_pain="yes")
    assert states(goal)["physiotherapist"] == "open"
    aside(world, goal, ("r_pain", "add_role:physiotherapist"))
    assert states(goal)["physiotherapist"] == "ended"

    take_back_override(actor=world.wren, goal=goal, decision=decision_rows(goal.id)[0])
    assert states(goal)["physiotherapist"] == "open"


def test_setting_aside_a_removal_brings_the_role_back(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, ed_now="yes")
    assert states(goal)["fitness_instructor"] == "ended"

    aside(world, goal, ("r_ed_now", "remove_role:fitness_instructor"))
    assert states(goal)["fitness_instructor"] == "open"


def test_setting_aside_a_switch_and_an_offer(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, ed_past="yes", pregnant="yes")
    aside(
        world,
        goal,
        ("r_ed_past", "switch_pathway:weight_loss_ed_history"),
        ("r_pregnant", "offer_pathway:pregnancy_postnatal"),
    )

    assert safety_part(world.wren, client_of(world), goal).changes == ()


def test_a_hold_kept_by_a_question_left_to_a_role_can_be_set_aside(world):
    goal = goal_on(world, "fertility_ttc")
    answer(world, goal, pregnant_now=LeftTo("gynaecologist"))
    held = safety_part(world.wren, client_of(world), goal).limits
    assert [line.kind for line in held] == ["hold"]
    assert held[0].effects == (("r_pregnant", "hold_manual_therapy:abdomen"),)

    aside(world, goal, *held[0].effects)
    assert client_safety(client_of(world)).holds == ()


def test_the_hold_of_an_emergency_left_to_a_role_waits_for_its_question(world):
    goal = goal_on(world, ED)
    answer(world, goal, faint_heart=LeftTo("general_practitioner"))

    line = safety_part(world.wren, client_of(world), goal).limits[0]
    assert (line.kind, line.effects) == ("hold", ())
    assert (line.answer_first, line.ask_first) == ("", True)
    with pytest.raises(Invalid, match="Answer the emergency first"):
        aside(world, goal, HOLD)


def test_an_emergency_flag_cannot_be_set_aside(world, collapse):
    with pytest.raises(Invalid, match="answered, not set aside"):
        aside(world, collapse, FLAG)
    with pytest.raises(Invalid, match="Answer the emergency first"):
        aside(world, collapse, HOLD)

    line = safety_part(world.wren, client_of(world), collapse).alerts[0]
    assert (line.is_emergency, line.effects, line.leads_to_now) == (True, (), True)
    assert line.card is not None
    assert line.card.call == "999"
    assert client_safety(client_of(world)).red_flags[0].item.is_active


def test_an_emergency_slipped_in_beside_others_sets_nothing_aside(world, collapse):
    with pytest.raises(Invalid):
        aside(world, collapse, ("r_emergency", "block_plan"), FLAG)


def test_an_emergency_asked_again_is_answered_and_its_hold_stays(world, collapse):
    answer_asked_again(
        actor=world.wren, goal=collapse, red_flag="ed_emergency", last="Once, two years ago"
    )

    line = safety_part(world.wren, client_of(world), collapse).alerts[0]
    assert line.answered == "Asked again: not now. Last: Once, two years ago"
    assert not line.leads_to_now
    assert client_safety(client_of(world)).held == (HoldScope.ALL,)
    aside(world, collapse, HOLD)
    assert client_safety(client_of(world)).held == ()


def test_an_emergency_spoken_about_names_whom_when_and_what(world, collapse):
    answer_spoken(
        actor=world.wren,
        goal=collapse,
        red_flag="ed_emergency",
        spoken_to="Dr Moss, on call",
        happened_on=date(2026, 3, 1),
        said="Bloods today, home tonight",
    )

    line = safety_part(world.wren, client_of(world), collapse).alerts[0]
    assert line.answered == "Spoke to Dr Moss, on call on 1 March: Bloods today, home tonight"


def test_an_answered_emergency_stands_again_when_it_is_so_again(world, collapse):
    answer_asked_again(actor=world.wren, goal=collapse, red_flag="ed_emergency", last="Never")
    line = safety_part(world.wren, client_of(world), collapse).alerts[0]
    decision = decision_rows(collapse.id)[0]
    assert line.answer_id == decision.id

    raise_flag_again(actor=world.wren, goal=collapse, decision=decision)
    assert safety_part(world.wren, client_of(world), collapse).alerts[0].answered == ""


def test_a_new_answer_to_the_question_asks_the_flag_anew(world, collapse):
    answer_asked_again(actor=world.wren, goal=collapse, red_flag="ed_emergency", last="Never")
    answer(world, collapse, faint_heart="unsure")

    flags = client_safety(client_of(world)).red_flags
    assert [(item.item.flag.id, item.item.is_active) for item in flags] == [("ed_emergency", True)]


def test_the_same_answer_again_leaves_the_flag_answered(world, collapse):
    answer_asked_again(actor=world.wren, goal=collapse, red_flag="ed_emergency", last="Never")
    answer(world, collapse, faint_heart="yes", insulin="no")

    assert not client_safety(client_of(world)).red_flags[0].item.is_active


def test_a_flag_that_can_wait_is_not_answered_but_set_aside(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, unplanned_loss="yes")

    with pytest.raises(Invalid, match="Only emergency and same day"):
        answer_asked_again(
            actor=world.wren, goal=goal, red_flag="unexplained_loss", last="Last week"
        )


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(world, reason):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, low_weight="yes")

    with pytest.raises(Invalid) as refused:
        aside(world, goal, ("r_low_weight", "block_plan"), reason=reason)
    assert refused.value.field == "reason"


def test_what_does_not_act_cannot_be_set_aside(world):
    goal = goal_on(world, "weight_loss")
    answer(world, goal, low_weight="no", heart="yes")
    db.session.commit()

    with pytest.raises(Invalid):
        aside(world, goal, ("r_low_weight", "block_plan"))
    with pytest.raises(Invalid):
        aside(world, goal, ("no_rule", "block_plan"))
    aside(world, goal, ("r_heart", "add_caution"))
    db.session.commit()
    with pytest.raises(Conflict):
        aside(world, goal, ("r_heart", "add_caution"))


def test_a_day_still_to_come_is_refused(world, collapse):
    with pytest.raises(Invalid) as refused:
        answer_spoken(
            actor=world.wren,
            goal=collapse,
            red_flag="ed_emergency",
            spoken_to="Dr Moss",
            happened_on=date(2030, 1, 1),
            said="Come in",
        )
    assert refused.value.field == "happened_on"


@pytest.mark.parametrize("who", ["ash", "rowan", "sorrel"])
def test_nobody_but_the_lead_decides(world, collapse, who):
    with pytest.raises(CareteamError) as refused:
        override_effects(
            actor=world.cast[who],
            goal=collapse,
            effects=[("r_emergency", "block_plan")],
            reason="No",
        )
    assert refused.value.status in (403, 404)
    assert outcome_now(collapse).blocks
