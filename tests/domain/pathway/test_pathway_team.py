"""Roles after the rules: requirement, order, removal, coverage."""

from careteam.domain.pathway import evaluate, factor_cover, uncovered_factors
from careteam.domain.pathway.effects import AddRole, RemoveRole, SeeFirst
from careteam.domain.pathway.outcome import Outcome, TeamRole
from careteam.domain.pathway.vocabulary import Requirement, Urgency
from tests.support.pathways import pathway, rule, says

PAIN = says("pain", "yes")
FEVER = says("fever", "yes")
BOTH = {"pain": "yes", "fever": "yes"}


def one(outcome: Outcome, discipline: str) -> TeamRole:
    (found,) = [role for role in outcome.roles if role.discipline == discipline]
    return found


def test_conditional_role_is_possible_until_a_rule_adds_it() -> None:
    own = pathway(rule("r", PAIN, AddRole("psychologist", Requirement.CONDITIONAL, "If wished.")))
    assert one(evaluate(own, {"pain": "no"}), "psychologist").state == "possible"
    added = one(evaluate(own, {"pain": "yes"}), "psychologist")
    assert (added.state, added.requirement) == ("asked", "conditional")
    assert [cause.reason for cause in added.added_by] == ["If wished."]


def test_addition_only_raises_a_requirement_and_only_brings_forward() -> None:
    own = pathway(
        rule("r1", PAIN, AddRole("physiotherapist", Requirement.CONDITIONAL, "A.", "live")),
        rule("r2", PAIN, AddRole("fitness_instructor", Requirement.REQUIRED, "B.", "calm")),
    )
    outcome = evaluate(own, {"pain": "yes"})
    physio = one(outcome, "physiotherapist")
    assert (physio.requirement, physio.bring_in_phase) == ("required", "calm")
    trainer = one(outcome, "fitness_instructor")
    assert (trainer.requirement, trainer.bring_in_phase) == ("required", "calm")


def test_role_the_file_does_not_have_takes_the_words_of_the_rule() -> None:
    own = pathway(rule("r", PAIN, AddRole("midwife", Requirement.REQUIRED, "Pregnant.", "build")))
    midwife = one(evaluate(own, {"pain": "yes"}), "midwife")
    assert (midwife.purpose, midwife.bring_in_phase, midwife.covers) == ("Pregnant.", "build", ())
    assert (midwife.state, midwife.min_count) == ("asked", 1)


def test_removal_beats_addition_and_both_reasons_stay() -> None:
    own = pathway(
        rule("r1", PAIN, AddRole("psychologist", Requirement.REQUIRED, "Wanted.")),
        rule("r2", FEVER, RemoveRole("psychologist", "Not now.")),
    )
    removed = one(evaluate(own, BOTH), "psychologist")
    assert removed.state == "removed"
    assert [cause.reason for cause in removed.added_by] == ["Wanted."]
    assert [cause.reason for cause in removed.removed_by] == ["Not now."]


def test_removal_takes_away_even_a_required_role() -> None:
    own = pathway(rule("r", PAIN, RemoveRole("physiotherapist", "Not now.")))
    outcome = evaluate(own, {"pain": "yes"})
    assert one(outcome, "physiotherapist").state == "removed"
    assert "physiotherapist" not in [role.discipline for role in outcome.asked_roles]


def test_removal_of_a_role_nobody_has_is_no_role() -> None:
    own = pathway(rule("r", PAIN, RemoveRole("hypnotherapist", "Not now.")))
    names = [role.discipline for role in evaluate(own, {"pain": "yes"}).roles]
    assert "hypnotherapist" not in names


def test_see_first_stands_before_all_phases_and_is_required() -> None:
    own = pathway(
        rule("r1", PAIN, SeeFirst("psychologist", Urgency.SOON, "Talk first.")),
        rule("r2", FEVER, SeeFirst("general_practitioner", Urgency.URGENT, "Check.")),
    )
    outcome = evaluate(own, BOTH)
    assert [(role.discipline, role.see_first) for role in outcome.asked_roles] == [
        ("general_practitioner", "urgent"),
        ("psychologist", "soon"),
        ("physiotherapist", None),
        ("massage_therapist", None),
        ("fitness_instructor", None),
    ]
    assert one(outcome, "general_practitioner").requirement == "required"
    assert one(outcome, "general_practitioner").purpose == "Check."


def test_see_first_outlasts_a_removal() -> None:
    own = pathway(
        rule("r1", PAIN, RemoveRole("psychologist", "Not now.")),
        rule("r2", FEVER, SeeFirst("psychologist", Urgency.SOON, "Talk first.")),
    )
    assert one(evaluate(own, BOTH), "psychologist").state == "asked"


def test_emergency_care_is_a_destination_and_no_seat() -> None:
    own = pathway(rule("r", PAIN, SeeFirst("emergency_care", Urgency.SAME_DAY, "Now.")))
    outcome = evaluate(own, {"pain": "yes"})
    assert [order.discipline for order in outcome.see_first] == ["emergency_care"]
    assert "emergency_care" not in [role.discipline for role in outcome.roles]


def test_factor_is_covered_by_a_filled_seat_only() -> None:
    own = pathway()
    outcome = evaluate(own, {})
    covers = factor_cover(own, outcome, {"fitness_instructor"})
    assert [(item.factor.id, item.roles, item.filled) for item in covers] == [
        ("exercise", ("physiotherapist", "fitness_instructor"), ("fitness_instructor",)),
        ("pain", ("massage_therapist",), ()),
        ("mood", ("psychologist",), ()),
    ]
    assert [factor.id for factor in uncovered_factors(own, outcome, {"fitness_instructor"})] == [
        "pain",
        "mood",
    ]


def test_removed_role_covers_nothing_unless_its_seat_is_filled() -> None:
    own = pathway(rule("r", PAIN, RemoveRole("massage_therapist", "Not now.")))
    outcome = evaluate(own, {"pain": "yes"})
    assert factor_cover(own, outcome, set())[1].roles == ()
    assert factor_cover(own, outcome, {"massage_therapist"})[1].filled == ("massage_therapist",)
