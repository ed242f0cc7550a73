"""The order in which screening questions are put: first what could mean danger today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from careteam.domain.pathway.answers import NO, words_of
from careteam.domain.pathway.catalogue import InformationMatrix
from careteam.domain.pathway.conditions import effects_of
from careteam.domain.pathway.effects import SAFETY_EFFECTS, Effect, RaiseRedFlag
from careteam.domain.pathway.values import Pathway, Question
from careteam.domain.pathway.vocabulary import AccessLevel

CARD_SIZE = 5
"""At most so many questions on one card."""
FAMILY_DOCTOR = "general_practitioner"


@dataclass(frozen=True, slots=True)
class ScreeningGroups:
    """``today`` holds what could raise a red flag, a hold or a block; ``rest`` everything else."""

    today: tuple[Question, ...]
    rest: tuple[Question, ...]

    @property
    def today_cards(self) -> tuple[tuple[Question, ...], ...]:
        return cards(self.today)

    @property
    def rest_cards(self) -> tuple[tuple[Question, ...], ...]:
        return cards(self.rest)


@lru_cache(maxsize=256)
def screening_groups(pathway: Pathway) -> ScreeningGroups:
    """Questions in two groups; today's with the most urgent red flag first, then file order."""
    danger: dict[str, int] = {}
    for rule in pathway.rules:
        ranks = [_rank(pathway, effect) for effect in effects_of(pathway, rule)]
        for condition in rule.conditions:
            worst = max(ranks)
            if worst >= 0:
                danger[condition.question] = max(worst, danger.get(condition.question, worst))
    today = [question for question in pathway.screening if question.id in danger]
    return ScreeningGroups(
        today=tuple(sorted(today, key=lambda question: -danger[question.id])),
        rest=tuple(question for question in pathway.screening if question.id not in danger),
    )


def cards(questions: Sequence[Question], size: int = CARD_SIZE) -> tuple[tuple[Question, ...], ...]:
    """The questions in pages of at most ``size``."""
    return tuple(tuple(questions[start : start + size]) for start in range(0, len(questions), size))


def _rank(pathway: Pathway, effect: Effect) -> int:
    """How dangerous: the urgency of a flag, 0 for a hold or block, -1 for anything else."""
    if isinstance(effect, RaiseRedFlag):
        return pathway.red_flag_by_id[effect.red_flag].urgency.rank
    return 0 if isinstance(effect, SAFETY_EFFECTS) else -1


def none_of_these(pathway: Pathway, questions: Iterable[Question]) -> dict[str, str]:
    """What closing a group that was read out with "none of these" records: each as no.

    Left out are choices and numbers, and questions whose "no" is the answer that matters ("Can you
    take four steps?"): those are asked one by one, or "none" would raise what nobody said.
    """
    waited_for = {
        condition.question
        for rule in pathway.rules
        for condition in rule.conditions
        if NO in condition.values
    }
    return {
        question.id: NO
        for question in questions
        if NO in words_of(question) and question.id not in waited_for
    }


def who_may_take(
    pathway: Pathway, question: Question, matrix: InformationMatrix
) -> tuple[str, ...]:
    """The disciplines to whom a client may leave a sensitive question, the first one offered.

    Roles of the pathway that are clinical and see the question's class in full, the more needed
    first, then in the order of the file; the family doctor where the pathway has nobody. Empty for
    questions that are not sensitive: those are simply asked.
    """
    if not question.sensitive:
        return ()
    groups = matrix.group_by_discipline
    able = [
        role
        for role in pathway.roles
        if role.discipline in groups
        and groups[role.discipline].clinical
        and groups[role.discipline].access.get(question.information_class) is AccessLevel.FULL
    ]
    able.sort(key=lambda role: -role.requirement.rank)
    return tuple(role.discipline for role in able) or (FAMILY_DOCTOR,)
