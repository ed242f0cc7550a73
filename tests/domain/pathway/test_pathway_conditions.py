"""Answers and three-valued conditions."""

import math

import pytest

from careteam.domain.pathway.answers import Answer, LeftTo, fits, parse_answer
from careteam.domain.pathway.conditions import Truth, rule_truth
from careteam.domain.pathway.effects import BlockPlan
from careteam.domain.pathway.values import Condition, Rule
from careteam.domain.pathway.vocabulary import Quantifier
from tests.support.pathways import QUESTIONS, at_least, at_most, pathway, rule, says

PAIN, FEVER, ADULT, DAYS, SITE = QUESTIONS


def truth(one: Rule, answers: dict[str, Answer | None], *others: Rule) -> str:
    return rule_truth(pathway(one, *others), one, answers).value


def test_unanswered_condition_is_unknown() -> None:
    one = rule("r", says("pain", "yes", "unsure"), BlockPlan("Stop."))
    assert truth(one, {}) == "unknown"
    assert truth(one, {"pain": None}) == "unknown"
    assert truth(one, {"pain": "yes"}) == "fires"
    assert truth(one, {"pain": "unsure"}) == "fires"
    assert truth(one, {"pain": "no"}) == "silent"


@pytest.mark.parametrize(
    ("pain", "fever", "expected_any", "expected_all"),
    [
        ("yes", "yes", "fires", "fires"),
        ("yes", "no", "fires", "silent"),
        ("yes", None, "fires", "unknown"),
        ("no", "no", "silent", "silent"),
        ("no", None, "unknown", "silent"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_any_and_all_follow_three_valued_logic(
    pain: str | None, fever: str | None, expected_any: str, expected_all: str
) -> None:
    conditions: tuple[Condition, ...] = (says("pain", "yes"), says("fever", "yes"))
    answers: dict[str, Answer | None] = {"pain": pain, "fever": fever}
    swapped: dict[str, Answer | None] = {"pain": fever, "fever": pain}
    either = rule("r", conditions, BlockPlan("Stop."))
    both = rule("r", conditions, BlockPlan("Stop."), quantifier=Quantifier.ALL)
    assert truth(either, answers) == truth(either, swapped) == expected_any
    assert truth(both, answers) == truth(both, swapped) == expected_all


def test_always_fires_without_answers() -> None:
    one = rule("r", (), BlockPlan("Stop."), quantifier=Quantifier.ALWAYS)
    assert truth(one, {}) == "fires"


def test_bounds_include_the_number_itself() -> None:
    low, high = (
        rule("low", at_most("days", 14), BlockPlan("Stop.")),
        rule("high", at_least("days", 14), BlockPlan("Stop.")),
    )
    assert [truth(low, {"days": days}) for days in (13.5, 14, 14.5)] == ["fires", "fires", "silent"]
    assert [truth(high, {"days": days}) for days in (13, 14, 15)] == ["silent", "fires", "fires"]


def test_unsure_counts_as_yes_where_the_file_does_not_name_it() -> None:
    yes = rule("yes", says("pain", "yes"), BlockPlan("Stop."))
    no = rule("no", says("pain", "no"), BlockPlan("Stop."))
    assert truth(yes, {"pain": "unsure"}) == "fires"
    assert truth(no, {"pain": "unsure"}) == "silent"


def test_unsure_is_its_own_answer_where_a_rule_lists_it_without_yes() -> None:
    yes = rule("yes", says("pain", "yes"), BlockPlan("Stop."))
    maybe = rule("maybe", says("pain", "unsure"), BlockPlan("Ask."))
    assert truth(yes, {"pain": "unsure"}, maybe) == "silent"
    assert truth(maybe, {"pain": "unsure"}, yes) == "fires"


def test_unsure_still_counts_as_yes_beside_a_rule_that_lists_both() -> None:
    yes = rule("yes", says("pain", "yes"), BlockPlan("Stop."))
    both = rule("both", says("pain", "yes", "unsure"), BlockPlan("Ask."))
    assert truth(yes, {"pain": "unsure"}, both) == "fires"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("pain", "maybe"),
        ("pain", 3),
        ("pain", True),
        ("adult", "unsure"),
        ("days", "3"),
        ("days", -1),
        ("days", math.nan),
        ("days", math.inf),
        ("days", True),
        ("site", "elbow"),
        ("site", LeftTo("physiotherapist")),
    ],
)
def test_answer_the_question_cannot_take_counts_as_not_given(question: str, answer: Answer) -> None:
    conditions = {
        "pain": says("pain", "yes"),
        "adult": says("adult", "no"),
        "days": at_least("days", 1),
        "site": says("site", "heel"),
    }
    one = rule("r", conditions[question], BlockPlan("Stop."))
    assert truth(one, {question: answer}) == Truth.UNKNOWN


def test_answer_to_a_question_of_another_pathway_is_ignored() -> None:
    one = rule("r", says("pain", "yes"), BlockPlan("Stop."))
    assert truth(one, {"pain": "yes", "elsewhere": "yes"}) == "fires"


def test_parse_answer_reads_words_and_numbers() -> None:
    assert parse_answer(PAIN, " unsure ") == "unsure"
    assert parse_answer(SITE, "middle") == "middle"
    assert parse_answer(DAYS, "3") == 3
    assert parse_answer(DAYS, "2,5") == 2.5
    assert parse_answer(FEVER, "  ") is None


@pytest.mark.parametrize(
    ("index", "raw", "message"),
    [
        (2, "unsure", "Choose one of the answers."),
        (4, "elbow", "Choose one of the answers."),
        (3, "many", "Write a number of days, such as 3."),
        (3, "-2", "Write a number of days, 0 or more."),
        (3, "nan", "Write a number of days, 0 or more."),
        (3, "1e999", "Write a number of days, 0 or more."),
    ],
)
def test_parse_answer_refuses_what_is_no_answer(index: int, raw: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace(".", r"\.") + "$"):
        parse_answer(QUESTIONS[index], raw)


def test_fits_names_the_usable_answers() -> None:
    assert fits(ADULT, "no")
    assert fits(DAYS, 0)
    assert not fits(PAIN, None)
    assert not fits(PAIN, LeftTo("physiotherapist"))
