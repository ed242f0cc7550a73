"""Answers to screening questions: what fits a question, and what stays open."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from careteam.domain.pathway.values import Question
from careteam.domain.pathway.vocabulary import AnswerKind

YES, NO, UNSURE = "yes", "no", "unsure"


@dataclass(frozen=True, slots=True)
class LeftTo:
    """The client leaves the question to a role; it stays open and keeps its hold."""

    discipline: str


Answer = str | int | float | LeftTo
Answers = Mapping[str, Answer | None]
"""Question id to answer; a missing key and None are the same: not answered."""


def words_of(question: Question) -> tuple[str, ...]:
    """The words that answer the question; empty for a number."""
    match question.answer:
        case AnswerKind.YES_NO:
            return (YES, NO)
        case AnswerKind.YES_NO_UNSURE:
            return (YES, NO, UNSURE)
        case AnswerKind.CHOICE:
            return question.options
    return ()


def fits(question: Question, answer: Answer | None) -> bool:
    """Whether the answer is one this question can take; an unanswered one does not fit."""
    if answer is None or isinstance(answer, bool | LeftTo):
        return False
    if question.answer is AnswerKind.NUMBER:
        return isinstance(answer, int | float) and math.isfinite(answer) and answer >= 0
    return isinstance(answer, str) and answer in words_of(question)


def known_answer(question: Question, answers: Answers) -> str | int | float | None:
    """The usable answer, or None.

    An answer carried over from another pathway that this question cannot take counts as not
    given, so that a switch of pathway never turns an old word into a wrong silence.
    """
    answer = answers.get(question.id)
    if answer is None or isinstance(answer, LeftTo) or not fits(question, answer):
        return None
    return answer


def parse_answer(question: Question, raw: str) -> str | float | None:
    """The answer written in a form field; None for an empty one.

    Raises ValueError with a sentence for the client when the text is no answer to the question.
    """
    text = raw.strip()
    if not text:
        return None
    if question.answer is not AnswerKind.NUMBER:
        if text in words_of(question):
            return text
        raise ValueError("Choose one of the answers.")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise ValueError(f"Write a number of {question.unit}, such as 3.") from None
    if not fits(question, number):
        raise ValueError(f"Write a number of {question.unit}, 0 or more.")
    return number
