"""Safety questions, card by card: today's first, the rest now or later."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.pathway import none_of_these
from careteam.domain.wording import list_words
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.teams.effects import goal_outcome
from careteam.features.teams.parts import safety_part
from careteam.features.teams.view import seat_label
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, conflict_rows, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.screening import (
    AnswersForm,
    Card,
    Deck,
    card_form,
    deck_of,
    left_by_none,
    save_card,
    with_all_sent,
)
from careteam.web.frame.sending import done
from careteam.web.teams.room import room


def _deck(goal_id: UUID) -> Deck:
    goal = get_led_goal(g.actor, goal_id)
    return deck_of(get_client(g.actor, goal.client_id), goal)


@room.get("/goals/<uuid:goal_id>/screening", access=SIGNED_IN)
def screening_show(goal_id: UUID) -> ResponseReturnValue:
    deck = _deck(goal_id)
    card = deck.card(request.args.get("card"))
    return _card_page(card_form(deck, card, data=deck.stored(card)), deck, card)


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
    card = with_all_sent(deck, deck.card(request.form.get("card")))
    form = card_form(deck, card)
    before = _asked(deck.goal)
    try:
        saved = attempt(form, lambda: save_card(form, deck, card, "spoken"))
    except Conflict as error:
        labels = {question.id: question.ask for question in card.questions}
        return _card_page(form, deck, card, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _card_page(form, deck, card)
    return _onwards(deck.goal, card, before)


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
    if following is here:
        words += f" {left_by_none(here)}"
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
