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


def read_screening(file: Entry, classes: Mapping[str, InformationClass]) -> dict[str, Question]:
    return unique(file, "screening", "question", lambda item: _question(item, classes))


def _question(item: Entry, classes: Mapping[str, InformationClass]) -> Question:
    item.keys("id ask answer information_class sensitive why", "options unit")
    kind = item.word("answer", AnswerKind)
    options = item.texts_or_none("options")
    if (kind is AnswerKind.CHOICE) != bool(options):
        item.fail("options belong to a choice, and a choice needs them", "answer")
    if len(set(options)) != len(options):
        item.fail("an option is there twice", "options")
    if (kind is AnswerKind.NUMBER) != ("unit" in item.nodes):
        item.fail("a unit belongs to a number, and a number needs one", "answer")
    name = item.known("information_class", classes, "information class")
    sensitive = item.boolean("sensitive")
    if classes[name].sensitivity.makes_questions_sensitive and not sensitive:
        item.fail(f"sensitive has to be true for {name}", "sensitive")
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
            item.fail("drives no rule")
        if name in _behind_emergency(rules, red_flags) and not NOW_WORDS.search(
            questions[name].ask
        ):
            item.fail("raises an emergency, so its wording has to ask about now", "ask")


def _behind_emergency(rules: Iterable[Rule], red_flags: Mapping[str, RedFlag]) -> set[str]:
    return {
        condition.question
        for rule in rules
        for condition in rule.conditions
        for effect in rule.effects
        if isinstance(effect, RaiseRedFlag)
        and red_flags[effect.red_flag].urgency is Urgency.EMERGENCY
    }
