"""Screening questions: wording, kind of answer, information class."""

import re
from collections.abc import Iterable, Mapping

from careteam.domain.pathway.catalogue import InformationClass
from careteam.domain.pathway.effects import RaiseRedFlag
from careteam.domain.pathway.values import Question, RedFlag, Rule
from careteam.domain.pathway.vocabulary import AnswerKind, Urgency
from careteam.features.pathways.reading.entry import Entry, unique

NOW_WORDS = re.compile(
    r"\b(now|today|tonight|at present|currently|at the moment|this minute"
    r"|in the last \d+ (hours|days|weeks))\b",
    re.IGNORECASE,
)
"""What makes a question ask about the present, so that an old event can be told from a new one."""
ASK_NOW = "its answer raises an emergency, so it has to ask about now: at present, today"


def read_screening(file: Entry, classes: Mapping[str, InformationClass]) -> dict[str, Question]:
    return unique(file, "screening", "question", lambda item: _question(item, classes))


def _question(item: Entry, classes: Mapping[str, InformationClass]) -> Question:
    item.keys("id ask answer information_class sensitive why", "options unit")
    kind = item.word("answer", AnswerKind)
    options = item.texts_or_none("options")
    if (kind is AnswerKind.CHOICE) != bool(options):
        item.fail(
            'take "options:" out: only a choice has them'
            if options
            else 'a choice needs "options:", the answers to choose from',
            "answer",
        )
    if len(set(options)) != len(options):
        item.fail("an answer stands twice among the options", "options")
    if (kind is AnswerKind.NUMBER) != ("unit" in item.nodes):
        item.fail(
            'a number needs "unit:"'
            if kind is AnswerKind.NUMBER
            else 'take "unit:" out: only a number has one',
            "answer",
        )
    name = item.known("information_class", classes, "information class")
    sensitive = item.boolean("sensitive")
    if classes[name].sensitivity.makes_questions_sensitive and not sensitive:
        item.fail(f'answers about "{name}" are sensitive: write true', "sensitive")
    return Question(
        id=item.id(),
        ask=item.text("ask"),
        answer=kind,
        information_class=name,
        sensitive=sensitive,
        why=item.text("why"),
        options=options,
        unit=item.text_or("unit"),
    )


def check_screening(
    file: Entry,
    questions: Mapping[str, Question],
    rules: Iterable[Rule],
    red_flags: Mapping[str, RedFlag],
) -> None:
    """Every question drives a rule; one behind an emergency flag asks about now."""
    rules = tuple(rules)
    lines = {item.id(): item for item in file.entries("screening")}
    driving = {condition.question for rule in rules for condition in rule.conditions}
    for name in questions:
        item = lines[name].named(f"question {name}")
        if name not in driving:
            item.fail("no rule uses this question: write one, or take the question out")
        if name in _behind_emergency(rules, red_flags) and not NOW_WORDS.search(
            questions[name].ask
        ):
            item.fail(ASK_NOW, "ask")


def _behind_emergency(rules: Iterable[Rule], red_flags: Mapping[str, RedFlag]) -> set[str]:
    return {
        condition.question
        for rule in rules
        for condition in rule.conditions
        for effect in rule.effects
        if isinstance(effect, RaiseRedFlag)
        and red_flags[effect.red_flag].urgency is Urgency.EMERGENCY
    }
