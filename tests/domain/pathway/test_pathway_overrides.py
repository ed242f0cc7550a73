"""Effects set aside with a reason, and emergencies that are answered instead."""

from datetime import date

import pytest

from careteam.domain.pathway import (
    AskedAgain,
    LeftTo,
    Override,
    OverrideRefused,
    SpokenTo,
    check_override,
    evaluate,
)
from careteam.domain.pathway.effects import (
    AddRole,
    BlockPlan,
    HoldManualTherapy,
    RaiseRedFlag,
    RemoveRole,
    SeeFirst,
)
from careteam.domain.pathway.vocabulary import HoldScope, Requirement, Urgency
from tests.support.pathways import pathway, rule, says

PAIN = says("pain", "yes")
YES = {"pain": "yes"}
HEART = pathway(
    rule(
        "r",
        PAIN,
        RaiseRedFlag("heart"),
        SeeFirst("general_practitioner", Urgency.URGENT, "Check."),
        BlockPlan("Heart first."),
    )
)


def test_override_sets_aside_one_effect_of_one_rule() -> None:
    own = pathway(
        rule("r1", PAIN, BlockPlan("One."), RemoveRole("massage_therapist", "No.")),
        rule("r2", PAIN, BlockPlan("Two.")),
    )
    outcome = evaluate(
        own, YES, overrides=[Override("r1", "block_plan", "GP agrees, letter 3 May")]
    )
    assert [cause.reason for cause in outcome.blocks] == ["Two."]
    assert [item.refused for item in outcome.overrides] == [""]
    assert "massage_therapist" not in [role.discipline for role in outcome.asked_roles]


def test_override_of_a_removal_brings_the_role_back() -> None:
    own = pathway(rule("r", PAIN, RemoveRole("massage_therapist", "No.")))
    override = Override("r", "remove_role:massage_therapist", "The psychologist agrees")
    names = [role.discipline for role in evaluate(own, YES, overrides=[override]).asked_roles]
    assert "massage_therapist" in names


def test_override_of_an_addition_leaves_the_role_possible() -> None:
    own = pathway(rule("r", PAIN, AddRole("psychologist", Requirement.REQUIRED, "Help.")))
    override = Override("r", "add_role:psychologist", "She has one already")
    outcome = evaluate(own, YES, overrides=[override])
    states = {role.discipline: role.state for role in outcome.roles}
    assert states["psychologist"] == "possible"


def test_override_of_a_flag_takes_its_hold_along() -> None:
    own = pathway(rule("r", PAIN, RaiseRedFlag("clot")))
    outcome = evaluate(own, YES, overrides=[Override("r", "raise_red_flag:clot", "Scan was clear")])
    assert outcome.red_flags == ()
    assert outcome.holds == ()


def test_hold_of_a_flag_that_is_no_emergency_can_go_alone() -> None:
    own = pathway(rule("r", PAIN, RaiseRedFlag("clot")))
    override = Override("r", "hold_manual_therapy:limb:clot", "Arms only, vascular clinic agrees")
    outcome = evaluate(own, YES, overrides=[override])
    assert [raised.flag.id for raised in outcome.red_flags] == ["clot"]
    assert outcome.holds == ()


def test_emergency_flag_cannot_be_set_aside() -> None:
    override = Override("r", "raise_red_flag:heart", "I think it is fine")
    outcome = evaluate(HEART, YES, overrides=[override])
    assert [raised.flag.id for raised in outcome.red_flags] == ["heart"]
    assert outcome.overrides[0].refused == (
        "An emergency is answered, not set aside: ask again, or say to whom you spoke."
    )


def test_hold_of_an_emergency_waits_for_its_answer() -> None:
    override = Override("r", "hold_manual_therapy:all:heart", "Cardiology letter of 3 May")
    before = evaluate(HEART, YES, overrides=[override])
    assert [hold.scope for hold in before.standing_holds] == ["all"]
    assert before.overrides[0].refused == ("Answer the emergency first: its hold stays until then.")
    answer = AskedAgain("heart", "in March, once")
    after = evaluate(HEART, YES, overrides=[override], flag_answers=[answer])
    assert after.standing_holds == ()
    assert after.overrides[0].refused == ""


def test_answered_emergency_stays_with_its_answer_and_presses_no_more() -> None:
    answer = SpokenTo("heart", "Dr Sample, emergency unit", date(2026, 5, 3), "Seen, muscle pain")
    outcome = evaluate(HEART, YES, flag_answers=[answer])
    assert [(raised.is_active, raised.answer) for raised in outcome.red_flags] == [(False, answer)]
    assert [order.urgency for order in outcome.see_first] == ["urgent"]
    assert not outcome.leads_to_now
    assert outcome.is_blocked
    assert [hold.scope for hold in outcome.standing_holds] == ["all"]


def test_answered_same_day_flag_presses_no_more_and_keeps_its_hold() -> None:
    own = pathway(rule("r", PAIN, RaiseRedFlag("clot")))
    answer = SpokenTo("clot", "Dr Sample", date(2026, 5, 3), "Scan at three")
    outcome = evaluate(own, YES, flag_answers=[answer])
    assert [(raised.is_active, raised.answer) for raised in outcome.red_flags] == [(False, answer)]
    assert not outcome.leads_to_now
    assert [hold.scope for hold in outcome.standing_holds] == ["limb"]


def test_flag_that_can_wait_carries_no_answer() -> None:
    own = pathway(rule("r", PAIN, RaiseRedFlag("sad")))
    (raised,) = evaluate(own, YES, flag_answers=[AskedAgain("sad", "never")]).red_flags
    assert raised.is_active


def test_overridden_hold_no_longer_keeps_an_open_question_waiting() -> None:
    own = pathway(rule("r", PAIN, HoldManualTherapy(HoldScope.LIMB, "Seen")))
    override = Override("r", "hold_manual_therapy:limb", "Arms only")
    outcome = evaluate(own, {"pain": LeftTo("psychologist")}, overrides=[override])
    assert outcome.holds == ()
    assert outcome.is_hands_on_ready


@pytest.mark.parametrize(
    ("rule_id", "effect"), [("gone", "block_plan"), ("r", "add_role:midwife"), ("r", "")]
)
def test_override_of_what_is_not_there_changes_nothing(rule_id: str, effect: str) -> None:
    override = Override(rule_id, effect, "Because")
    with pytest.raises(OverrideRefused, match="no such effect"):
        check_override(HEART, override)
    outcome = evaluate(HEART, YES, overrides=[override])
    assert outcome.is_blocked
    assert outcome.overrides[0].refused == "This pathway has no such effect any more."


def test_check_override_returns_the_effect() -> None:
    assert check_override(HEART, Override("r", "block_plan", "Seen")) == BlockPlan("Heart first.")


def test_decisions_need_their_words() -> None:
    with pytest.raises(ValueError, match="Write why"):
        Override("r", "block_plan", "  ")
    with pytest.raises(ValueError, match="when it last was so"):
        AskedAgain("heart", "")
    with pytest.raises(ValueError, match="what they said"):
        SpokenTo("heart", "Dr Sample", date(2026, 5, 3), " ")
