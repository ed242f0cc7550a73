"""Three-valued conditions: a rule fires, is silent, or is not known yet.

Method: strong Kleene logic (S. C. Kleene, Introduction to Metamathematics, 1952, section 64).
``any`` fires as soon as one condition holds, whatever else is open; ``all`` is silent as soon as
one fails. So a further answer can only settle what was unknown, never unsettle what was known.
"""

from collections.abc import Iterable
from enum import StrEnum

from careteam.domain.pathway.answers import NO, UNSURE, YES, Answers, known_answer
from careteam.domain.pathway.effects import Effect, HoldManualTherapy, RaiseRedFlag
from careteam.domain.pathway.values import Condition, Pathway, Rule
from careteam.domain.pathway.vocabulary import HoldScope, Operator, Quantifier

UNTIL_FLAG_ANSWERED = "A clinician's answer is recorded"


class Truth(StrEnum):
    """What is known of a condition or a rule."""

    FIRES = "fires"
    SILENT = "silent"
    UNKNOWN = "unknown"


def rule_truth(pathway: Pathway, rule: Rule, answers: Answers) -> Truth:
    """Whether the rule fires on these answers."""
    if rule.quantifier is Quantifier.ALWAYS:
        return Truth.FIRES
    truths = {condition_truth(pathway, condition, answers) for condition in rule.conditions}
    decisive = Truth.FIRES if rule.quantifier is Quantifier.ANY else Truth.SILENT
    if decisive in truths:
        return decisive
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else truths.pop()


def condition_truth(pathway: Pathway, condition: Condition, answers: Answers) -> Truth:
    """Whether the condition holds; unknown while its question has no usable answer."""
    answer = known_answer(pathway.question_by_id[condition.question], answers)
    if answer is None:
        return Truth.UNKNOWN
    return Truth.FIRES if _holds(pathway, condition, answer) else Truth.SILENT


def open_conditions(pathway: Pathway, rule: Rule, answers: Answers) -> tuple[str, ...]:
    """Ids of the questions of the rule that have no usable answer, in the order of the rule."""
    names = dict.fromkeys(condition.question for condition in rule.conditions)
    return tuple(
        name for name in names if known_answer(pathway.question_by_id[name], answers) is None
    )


def effects_of(pathway: Pathway, rule: Rule) -> tuple[Effect, ...]:
    """The effects of the rule, and the holds that its red flags bring with them."""
    flags = [
        pathway.red_flag_by_id[effect.red_flag]
        for effect in rule.effects
        if isinstance(effect, RaiseRedFlag)
    ]
    return rule.effects + tuple(
        HoldManualTherapy(flag.hold_manual_therapy, UNTIL_FLAG_ANSWERED, flag.id)
        for flag in flags
        if flag.hold_manual_therapy is not HoldScope.NONE
    )


def says_what_unsure_means(rules: Iterable[Rule], question: str) -> bool:
    """Whether the file treats "unsure" to this question as an answer of its own.

    That is so where some rule lists "unsure" without "yes"; then the default that "unsure" counts
    as "yes" rests, or a careful separate rule would be pointless.
    """
    return any(
        condition.question == question
        and UNSURE in condition.values
        and YES not in condition.values
        for rule in rules
        for condition in rule.conditions
    )


def leaves_unsure_open(rules: Iterable[Rule], condition: Condition) -> bool:
    """Whether "unsure" would silence a condition that waits for "no": the file must say more."""
    return (
        NO in condition.values
        and not {YES, UNSURE} & set(condition.values)
        and not says_what_unsure_means(rules, condition.question)
    )


def _holds(pathway: Pathway, condition: Condition, answer: str | int | float) -> bool:
    if isinstance(answer, str):
        return answer in condition.values or (
            answer == UNSURE
            and YES in condition.values
            and not says_what_unsure_means(pathway.rules, condition.question)
        )
    assert condition.bound is not None
    if condition.operator is Operator.AT_LEAST:
        return answer >= condition.bound
    return answer <= condition.bound
