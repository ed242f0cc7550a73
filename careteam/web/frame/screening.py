"""Safety questions, card by card: today's first, the rest now or later; for lead and client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import g, request
from wtforms import Field, RadioField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from careteam.domain.pathway import (
    LeftTo,
    Pathway,
    none_of_these,
    parse_answer,
    screening_groups,
    who_may_take,
)
from careteam.domain.pathway.answers import words_of
from careteam.domain.pathway.values import Question
from careteam.domain.pathway.vocabulary import AnswerKind
from careteam.domain.pathway.words import answer_words, discipline_words
from careteam.features.clients.models import Client, Goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.models import Answer
from careteam.features.teams.queries import list_answers
from careteam.features.teams.screening import answer_screening
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, merged

LEFT = "left:"


class AnswersForm(Form):
    """One field a question, named by its id; `answers_form` adds them."""


def answers_form(
    questions: Iterable[Question], pathway_roles: Mapping[str, tuple[str, ...]], **options: Any
) -> AnswersForm:
    """The form of one card. `pathway_roles` says to whom each question may be left."""
    fields = {q.id: _question_field(q, pathway_roles.get(q.id, ())) for q in questions}
    kind: type[AnswersForm] = type("CardForm", (AnswersForm,), fields)
    return kind(**options)


def takers_of(pathway: Any, questions: Iterable[Question]) -> dict[str, tuple[str, ...]]:
    """To whom each question may be left: the first that could take it."""
    matrix = load_content().catalogue.matrix
    return {q.id: who_may_take(pathway, q, matrix)[:1] for q in questions}


def _question_field(question: Question, takers: tuple[str, ...]) -> Field:
    if question.answer is AnswerKind.NUMBER:
        return StringField(
            question.ask,
            description=f"In {question.unit}.",
            validators=[Optional(), Length(max=20), _number_of(question)],
            render_kw={"inputmode": "decimal", "autocomplete": "off"},
        )
    choices = [SelectChoice(word, answer_words(word).capitalize()) for word in words_of(question)]
    choices += [
        SelectChoice(LEFT + name, f"I leave this to the {discipline_words(load_content(), name)}")
        for name in takers
    ]
    return RadioField(question.ask, choices=choices, validators=[Optional()])


def _number_of(question: Question) -> Any:
    def check(_form: Any, field: Field) -> None:
        try:
            parse_answer(question, field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    return check


def given_answer(question: Question, sent: str) -> str | float | LeftTo:
    """What a field holds, as the operation takes it; `sent` has passed the form."""
    if sent.startswith(LEFT):
        return LeftTo(sent.removeprefix(LEFT))
    read = parse_answer(question, sent)
    assert read is not None
    return read


@dataclass(frozen=True, slots=True)
class Card:
    """One card of questions; `number` counts from 1 over both groups."""

    number: int
    is_today: bool
    questions: tuple[Question, ...]
    open: int


@dataclass(frozen=True)
class Deck:
    """All cards of a goal's pathway and what is answered so far."""

    goal: Goal
    client: Client
    pathway: Pathway
    rows: tuple[Answer, ...]
    cards: tuple[Card, ...]

    @property
    def version(self) -> int:
        """Grows with every answer given or changed."""
        return sum(row.version for row in self.rows)

    @property
    def answered(self) -> frozenset[str]:
        """Questions that have an answer, or were left to somebody."""
        return _answered(self.rows)

    def stored(self, card: Card) -> dict[str, str | None]:
        by_question = {row.question: _shown_value(row) for row in self.rows}
        return {question.id: by_question.get(question.id) for question in card.questions}

    def card(self, given: str | None) -> Card:
        """The card named in the address, else the first with an open question, else the first."""
        if given and given.isascii() and given.isdigit() and 1 <= int(given) <= len(self.cards):
            return self.cards[int(given) - 1]
        return next((card for card in self.cards if card.open), self.cards[0])


def _answered(rows: Iterable[Answer]) -> frozenset[str]:
    return frozenset(row.question for row in rows if row.value is not None or row.left_to)


def _shown_value(row: Answer) -> str | None:
    return LEFT + row.left_to if row.left_to else row.value


def deck_of(client: Client, goal: Goal) -> Deck:
    """Raises `NotFound` for a goal whose pathway asks nothing."""
    pathway = pathway_of(goal)
    if pathway is None or not pathway.screening:
        raise NotFound("This goal has no pathway, so there is nothing to ask.")
    rows = tuple(list_answers(g.actor, goal))
    groups = screening_groups(pathway)
    known = _answered(rows)
    both = [(True, each) for each in groups.today_cards] + [
        (False, each) for each in groups.rest_cards
    ]
    cards = tuple(
        Card(number, today, questions, sum(q.id not in known for q in questions))
        for number, (today, questions) in enumerate(both, start=1)
    )
    return Deck(goal, client, pathway, rows, cards)


def card_form(deck: Deck, card: Card, **options: Any) -> AnswersForm:
    return answers_form(card.questions, takers_of(deck.pathway, card.questions), **options)


def with_all_sent(deck: Deck, card: Card) -> Card:
    """The card with every other question that was answered beside it: no answer is let fall."""
    there = {question.id for question in card.questions}
    beside = [
        question
        for question in deck.pathway.screening
        if question.id in request.form and question.id not in there
    ]
    return replace(card, questions=(*card.questions, *beside))


def save_card(form: AnswersForm, deck: Deck, card: Card, how: str) -> Goal:
    """Record what was sent; raises `Conflict` where somebody else answered meanwhile."""
    sent = {q.id: form[q.id].data.strip() for q in card.questions if form[q.id].data}
    stored = deck.stored(card)
    first = {name: value for name, value in sent.items() if stored[name] is None}
    again = {name: value for name, value in sent.items() if stored[name] is not None}
    changes = first | merged(form.version, deck.version, stored, again)
    if "none" in request.form:
        changes = _none(deck, card, stored | changes) | changes
    by_id = deck.pathway.question_by_id
    return answer_screening(
        actor=g.actor,
        goal=deck.goal,
        answers={name: given_answer(by_id[name], value) for name, value in changes.items()},
        how=how,
    )


def _none(deck: Deck, card: Card, known: Mapping[str, str | None]) -> dict[str, str]:
    """ "None of these", read out over the questions of the card that are still open."""
    still_open = [question for question in card.questions if known[question.id] is None]
    return none_of_these(deck.pathway, still_open)


def left_by_none(card: Card) -> str:
    """Why a card is still there after "None of these"."""
    if card.open == 1:
        return "One question here needs an answer of its own."
    return f"{card.open} questions here need an answer of their own."
