"""Safety questions, card by card: today's first, the rest now or later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.pathway import Pathway, none_of_these, screening_groups
from careteam.domain.pathway.values import Question
from careteam.domain.wording import list_words
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.effects import goal_outcome
from careteam.features.teams.models import Answer
from careteam.features.teams.parts import safety_part
from careteam.features.teams.queries import list_answers
from careteam.features.teams.screening import answer_screening
from careteam.features.teams.view import seat_label
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import (
    LEFT,
    AnswersForm,
    answers_form,
    given_answer,
    takers_of,
)
from careteam.web.teams.room import room


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

    def stored(self, card: Card) -> dict[str, str | None]:
        by_question = {row.question: _shown_value(row) for row in self.rows}
        return {question.id: by_question.get(question.id) for question in card.questions}

    def card(self, given: str | None) -> Card:
        """The card named in the address, else the first with an open question, else the first."""
        if given and given.isascii() and given.isdigit() and 1 <= int(given) <= len(self.cards):
            return self.cards[int(given) - 1]
        return next((card for card in self.cards if card.open), self.cards[0])


def _shown_value(row: Answer) -> str | None:
    return LEFT + row.left_to if row.left_to else row.value


def _deck(goal_id: UUID) -> Deck:
    goal = get_led_goal(g.actor, goal_id)
    pathway = pathway_of(goal)
    if pathway is None:
        raise NotFound("This goal has no pathway, so there is nothing to ask.")
    rows = tuple(list_answers(g.actor, goal))
    groups = screening_groups(pathway)
    known = {row.question for row in rows if row.value is not None or row.left_to}
    both = [(True, each) for each in groups.today_cards] + [
        (False, each) for each in groups.rest_cards
    ]
    cards = tuple(
        Card(number, today, questions, sum(q.id not in known for q in questions))
        for number, (today, questions) in enumerate(both, start=1)
    )
    return Deck(goal, get_client(g.actor, goal.client_id), pathway, rows, cards)


@room.get("/goals/<uuid:goal_id>/screening", access=SIGNED_IN)
def screening_show(goal_id: UUID) -> ResponseReturnValue:
    deck = _deck(goal_id)
    card = deck.card(request.args.get("card"))
    return _card_page(_form(deck, card, data=deck.stored(card)), deck, card)


def _form(deck: Deck, card: Card, **options: Any) -> AnswersForm:
    return answers_form(card.questions, takers_of(deck.pathway, card.questions), **options)


def _card_page(
    form: AnswersForm, deck: Deck, card: Card, status: int = 200, **context: object
) -> ResponseReturnValue:
    return page(
        "teams/screening_show.html",
        form,
        status,
        deck=deck,
        card=card,
        goal=deck.goal,
        client=deck.client,
        is_lead=True,
        safety=safety_part(g.actor, deck.client, deck.goal),
        was=shown(deck.stored(card)),
        none_closes=none_of_these(deck.pathway, card.questions),
        **context,
    )


@room.post("/goals/<uuid:goal_id>/screening", access=SIGNED_IN)
def screening_save(goal_id: UUID) -> ResponseReturnValue:
    deck = _deck(goal_id)
    card = _with_all_sent(deck, deck.card(request.form.get("card")))
    form = _form(deck, card)
    before = _asked(deck.goal)
    try:
        saved = attempt(form, lambda: _save(form, deck, card))
    except Conflict as error:
        labels = {question.id: question.ask for question in card.questions}
        return _card_page(form, deck, card, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _card_page(form, deck, card)
    return _onwards(deck.goal, card, before)


def _with_all_sent(deck: Deck, card: Card) -> Card:
    """The card with every other question that was answered beside it: no answer is let fall."""
    there = {question.id for question in card.questions}
    beside = [
        question
        for question in deck.pathway.screening
        if question.id in request.form and question.id not in there
    ]
    return replace(card, questions=(*card.questions, *beside))


def _save(form: AnswersForm, deck: Deck, card: Card) -> Goal:
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
    )


def _none(deck: Deck, card: Card, known: Mapping[str, str | None]) -> dict[str, str]:
    """ "None of these", read out over the questions of the card that are still open."""
    still_open = [question for question in card.questions if known[question.id] is None]
    return none_of_these(deck.pathway, still_open)


def _asked(goal: Goal) -> frozenset[str]:
    found = goal_outcome(goal)
    return (
        frozenset(role.discipline for role in found.outcome.asked_roles) if found else frozenset()
    )


def _onwards(goal: Goal, card: Card, before: frozenset[str]) -> ResponseReturnValue:
    """To the same card while something on it is open, else to the next open one, else back."""
    words = _changed_words(before, _asked(goal))
    deck = _deck(goal.id)
    here = deck.cards[card.number - 1]
    later = [each for each in deck.cards if each.open and each.number > card.number]
    following = here if here.open and "none" in request.form else next(iter(later), None)
    if following is None:
        return done("clients.client_show", words, client_id=goal.client_id, goal=goal.id)
    return done("teams.screening_show", words, goal_id=goal.id, card=following.number)


def _changed_words(before: frozenset[str], after: frozenset[str]) -> str:
    joined = sorted(seat_label(name).lower() for name in after - before)
    left = sorted(seat_label(name).lower() for name in before - after)
    words = "The answers are kept."
    if joined:
        words += f" The team now asks for: {list_words(joined)}."
    if left:
        words += f" No longer asked for: {list_words(left)}."
    return words
