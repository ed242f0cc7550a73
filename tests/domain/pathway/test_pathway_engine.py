"""What fired rules add up to, with the stricter winning."""

from careteam.domain.pathway import LeftTo, evaluate
from careteam.domain.pathway.effects import (
    AddCaution,
    AddRole,
    BlockPlan,
    HideMeasure,
    HoldManualTherapy,
    OfferPathway,
    RaiseRedFlag,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
    SwitchPathway,
)
from careteam.domain.pathway.outcome import RefusalKind
from careteam.domain.pathway.screening import cards, none_of_these, screening_groups
from careteam.domain.pathway.vocabulary import HoldScope, Quantifier, Requirement, Urgency
from tests.support.pathways import pathway, rule, says

PAIN = says("pain", "yes", "unsure")
FEVER = says("fever", "yes", "unsure")


def test_quiet_answers_leave_a_plan_ready() -> None:
    own = pathway(rule("r", PAIN, BlockPlan("Stop.")))
    outcome = evaluate(own, {"pain": "no"})
    assert not outcome.is_blocked
    assert outcome.is_hands_on_ready
    assert outcome.open_questions == ()
    assert [role.discipline for role in outcome.asked_roles] == [
        "physiotherapist",
        "massage_therapist",
        "fitness_instructor",
    ]


def test_red_flags_come_most_urgent_first_and_bring_their_hold() -> None:
    own = pathway(
        rule("r1", PAIN, RaiseRedFlag("clot")),
        rule("r2", FEVER, RaiseRedFlag("heart")),
    )
    outcome = evaluate(own, {"pain": "yes", "fever": "yes"})
    assert [raised.flag.id for raised in outcome.red_flags] == ["heart", "clot"]
    assert [(hold.scope, hold.beaten_by) for hold in outcome.holds] == [
        ("all", None),
        ("limb", "all"),
    ]
    assert outcome.holds[0].untils == ("A clinician's answer is recorded",)
    assert outcome.leads_to_now


def test_flag_without_hold_holds_nothing() -> None:
    outcome = evaluate(pathway(rule("r", PAIN, RaiseRedFlag("sad"))), {"pain": "yes"})
    assert [raised.flag.id for raised in outcome.red_flags] == ["sad"]
    assert outcome.holds == ()
    assert not outcome.leads_to_now
    assert outcome.is_hands_on_ready


def test_holds_of_different_places_stand_side_by_side() -> None:
    own = pathway(
        rule("r1", PAIN, HoldManualTherapy(HoldScope.LOCAL, "Healed")),
        rule("r2", FEVER, HoldManualTherapy(HoldScope.ABDOMEN, "Test negative")),
    )
    outcome = evaluate(own, {"pain": "yes", "fever": "yes"})
    assert [hold.scope for hold in outcome.standing_holds] == ["abdomen", "local"]
    assert outcome.is_hands_on_ready


def test_hold_of_all_beats_others_and_keeps_what_they_wait_for() -> None:
    own = pathway(
        rule("r1", PAIN, HoldManualTherapy(HoldScope.LIMB, "Clot excluded")),
        rule("r2", FEVER, HoldManualTherapy(HoldScope.ALL, "Assessed")),
        rule("r3", FEVER, HoldManualTherapy(HoldScope.ALL, "Recovered")),
    )
    outcome = evaluate(own, {"pain": "yes", "fever": "yes"})
    assert [hold.scope for hold in outcome.standing_holds] == ["all"]
    assert outcome.standing_holds[0].untils == ("Assessed", "Recovered")
    assert outcome.holds[1].untils == ("Clot excluded",)
    assert [(refusal.kind, refusal.subject) for refusal in outcome.hands_on_refusals] == [
        (RefusalKind.HOLD, "all")
    ]


def test_see_first_is_as_urgent_as_a_red_flag_of_its_rule() -> None:
    calm = SeeFirst("physiotherapist", Urgency.SOON, "Look at it.")
    alone = evaluate(pathway(rule("r", PAIN, calm)), {"pain": "yes"})
    assert [(order.urgency, order.leads_to_now) for order in alone.see_first] == [("soon", False)]
    beside = evaluate(pathway(rule("r", PAIN, calm, RaiseRedFlag("clot"))), {"pain": "yes"})
    assert [(order.urgency, order.leads_to_now) for order in beside.see_first] == [
        ("same_day", True)
    ]


def test_two_rules_for_one_discipline_make_one_see_first_with_both_reasons() -> None:
    own = pathway(
        rule("r1", PAIN, SeeFirst("general_practitioner", Urgency.SOON, "Check.")),
        rule("r2", FEVER, SeeFirst("general_practitioner", Urgency.SAME_DAY, "Today.")),
    )
    (order,) = evaluate(own, {"pain": "yes", "fever": "yes"}).see_first
    assert order.urgency == "same_day"
    assert [(cause.rule, cause.reason) for cause in order.causes] == [
        ("r1", "Check."),
        ("r2", "Today."),
    ]


def test_block_refuses_the_first_session_and_names_its_rule() -> None:
    outcome = evaluate(pathway(rule("r", PAIN, BlockPlan("Doctor first."))), {"pain": "yes"})
    assert outcome.is_blocked
    assert [cause.reason for cause in outcome.blocks] == ["Doctor first."]
    assert [(item.kind, item.subject) for item in outcome.hands_on_refusals] == [("block", "r")]


def test_clearances_come_earliest_phase_first_and_keep_every_reason() -> None:
    own = pathway(
        rule("r1", PAIN, RequireClearance("psychologist", "live", "Late.")),
        rule("r2", PAIN, RequireClearance("physiotherapist", "build", "One.")),
        rule("r3", PAIN, RequireClearance("physiotherapist", "build", "Two.")),
    )
    found = evaluate(own, {"pain": "yes"}).clearances
    assert [(item.discipline, item.before_phase) for item in found] == [
        ("physiotherapist", "build"),
        ("psychologist", "live"),
    ]
    assert [cause.reason for cause in found[0].causes] == ["One.", "Two."]


def test_the_rest_adds_up_with_causes() -> None:
    own = pathway(
        rule(
            "r",
            PAIN,
            SwitchPathway("other", "Another plan fits."),
            OfferPathway("beside", "May help."),
            HideMeasure("weight_kg", "No weight."),
            RestrictInformation("mental_health", "Private."),
            AddCaution("Ask about pregnancy.", "No deep work on the belly."),
            AddCaution("Light touch."),
        )
    )
    outcome = evaluate(own, {"pain": "unsure"})
    assert [item.pathway for item in outcome.switches] == ["other"]
    assert [item.pathway for item in outcome.offers] == ["beside"]
    assert [item.measure for item in outcome.hidden_measures] == ["weight_kg"]
    assert [item.information_class for item in outcome.restrictions] == ["mental_health"]
    assert [(item.text, item.for_others) for item in outcome.cautions] == [
        ("Ask about pregnancy.", "No deep work on the belly."),
        ("Light touch.", "Light touch."),
    ]
    assert outcome.restrictions[0].causes[0].effect == "restrict_information:mental_health"


def test_always_applies_before_any_answer() -> None:
    own = pathway(rule("r", (), HideMeasure("weight_kg", "No."), quantifier=Quantifier.ALWAYS))
    assert [item.measure for item in evaluate(own, {}).hidden_measures] == ["weight_kg"]


def test_open_question_tells_what_it_could_still_raise() -> None:
    own = pathway(
        rule("r1", PAIN, RaiseRedFlag("clot"), AddCaution("Careful.")),
        rule("r2", FEVER, AddRole("psychologist", Requirement.RECOMMENDED, "Help.")),
    )
    outcome = evaluate(own, {})
    assert [(item.question, item.could_raise) for item in outcome.open_questions] == [
        ("pain", ("raise_red_flag", "hold_manual_therapy", "add_caution")),
        ("fever", ("add_role",)),
    ]
    assert [(item.kind, item.subject) for item in outcome.hands_on_refusals] == [
        ("open_question", "pain")
    ]
    assert evaluate(own, {"pain": "no"}).is_hands_on_ready


def test_question_of_a_settled_rule_is_not_open() -> None:
    own = pathway(rule("r", (PAIN, FEVER), BlockPlan("Stop."), quantifier=Quantifier.ALL))
    assert evaluate(own, {"pain": "no"}).open_questions == ()
    assert [item.question for item in evaluate(own, {"pain": "yes"}).open_questions] == ["fever"]


def test_question_left_to_a_role_stays_open_and_keeps_its_hold() -> None:
    own = pathway(rule("r", PAIN, HoldManualTherapy(HoldScope.ABDOMEN, "Seen")))
    outcome = evaluate(own, {"pain": LeftTo("psychologist")})
    assert [(item.question, item.left_to) for item in outcome.open_questions] == [
        ("pain", "psychologist")
    ]
    assert [(hold.scope, hold.left_open, hold.untils) for hold in outcome.holds] == [
        ("abdomen", ("pain",), ())
    ]
    assert not outcome.is_hands_on_ready
    assert evaluate(own, {}).holds == ()


def test_question_left_to_a_role_keeps_the_hold_of_a_red_flag() -> None:
    own = pathway(rule("r", PAIN, RaiseRedFlag("heart")))
    outcome = evaluate(own, {"pain": LeftTo("psychologist")})
    assert outcome.red_flags == ()
    assert [hold.scope for hold in outcome.standing_holds] == ["all"]


def test_today_group_puts_the_most_urgent_first() -> None:
    own = pathway(
        rule("r1", says("adult", "no"), BlockPlan("Adults only.")),
        rule("r2", FEVER, RaiseRedFlag("clot")),
        rule("r3", PAIN, RaiseRedFlag("heart")),
        rule("r4", says("site", "heel"), AddRole("psychologist", Requirement.REQUIRED, "Help.")),
    )
    groups = screening_groups(own)
    assert [question.id for question in groups.today] == ["pain", "fever", "adult"]
    assert [question.id for question in groups.rest] == ["days", "site"]


def test_cards_hold_at_most_five_questions() -> None:
    questions = pathway().screening
    assert [len(card) for card in cards(questions * 3)] == [5, 5, 5]
    assert [len(card) for card in cards((*questions, questions[0]))] == [5, 1]
    assert cards(()) == ()


def test_none_of_these_records_no_only_where_no_is_quiet() -> None:
    own = pathway(
        rule("r1", PAIN, RaiseRedFlag("heart")),
        rule("r2", says("fever", "no", "unsure"), BlockPlan("Ask by itself.")),
    )
    answers = none_of_these(own, own.screening)
    assert answers == {"pain": "no", "adult": "no"}
    assert not evaluate(own, answers).is_blocked
