"""Rules as sentences that can be read out."""

import pytest

from careteam.domain.pathway.effects import (
    AddRole,
    BlockPlan,
    HoldManualTherapy,
    RaiseRedFlag,
    SeeFirst,
)
from careteam.domain.pathway.screening import who_may_take
from careteam.domain.pathway.vocabulary import HoldScope, Quantifier, Requirement, Urgency
from careteam.domain.pathway.words import answer_words, rule_words
from careteam.features.pathways.content import load_content
from tests.support.pathways import at_least, pathway, rule, says

CONTENT = load_content()


def sentence(*rules):
    return rule_words(CONTENT, pathway(*rules), rules[0]).sentence


def test_yes_or_unsure_reads_as_one_condition():
    words = sentence(
        rule("r", says("fever", "yes", "unsure"), BlockPlan("Wait until the fever is gone."))
    )

    assert words == (
        "If “Fever now?” is answered yes or not sure, then the plan does not start: because why."
    )


def test_all_conditions_are_joined_with_and():
    words = sentence(
        rule(
            "r",
            (at_least("days", 14), says("adult", "no")),
            AddRole("dietitian", Requirement.REQUIRED, "Food."),
            quantifier=Quantifier.ALL,
        )
    )

    assert words == (
        "If “How many days?” is answered with 14 days or more and “Are you 18?” is answered no, "
        "then the dietitian is required on the team: because why."
    )


def test_red_flags_come_first_in_the_sentence():
    parts = rule_words(
        CONTENT,
        pathway(),
        rule(
            "r",
            says("pain", "yes"),
            AddRole("pharmacist", Requirement.RECOMMENDED, "Medicines."),
            HoldManualTherapy(HoldScope.LIMB, "Clot excluded"),
            SeeFirst("general_practitioner", Urgency.SAME_DAY, "Look."),
            RaiseRedFlag("clot"),
        ),
    )

    assert parts.effects == (
        "a red flag is raised (one leg swollen)",
        "the general practitioner or family doctor comes before anybody else, today",
        "no hands-on work on that limb until: clot excluded",
        "the pharmacist is recommended on the team",
    )


def test_a_rule_that_always_holds_has_no_condition():
    words = sentence(rule("r", (), BlockPlan("Ask first."), quantifier=Quantifier.ALWAYS))

    assert words == "Always: the plan does not start: because why."


@pytest.mark.parametrize(
    ("answer", "words"),
    [("unsure", "not sure"), ("yes", "yes"), ("clinicians_only", "clinicians only")],
)
def test_answers_are_read_out_in_plain_words(answer, words):
    assert answer_words(answer) == words


def test_every_shipped_rule_reads_as_a_sentence():
    sentences = [
        rule_words(CONTENT, each, one).sentence
        for each in CONTENT.pathways.values()
        for one in each.rules
    ]

    assert len(sentences) == 200
    assert [text for text in sentences if "_" in text or ": because " not in text] == []


def test_a_sensitive_question_is_left_to_who_sees_its_class_in_full():
    weight = CONTENT.pathways["weight_loss"]
    matrix = CONTENT.catalogue.matrix

    past = who_may_take(weight, weight.question_by_id["ed_past"], matrix)
    heart = who_may_take(weight, weight.question_by_id["heart"], matrix)

    assert past == ("general_practitioner", "psychologist", "counsellor")
    assert heart == ()


def test_without_a_clinical_role_the_family_doctor_takes_the_question():
    weight = CONTENT.pathways["weight_loss"]
    plain = pathway()

    assert who_may_take(plain, weight.question_by_id["ed_past"], CONTENT.catalogue.matrix) == (
        "psychologist",
    )
    assert who_may_take(plain, weight.question_by_id["pregnant"], CONTENT.catalogue.matrix) == (
        "general_practitioner",
    )
