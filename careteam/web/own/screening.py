"""Safety questions, answered by the client: what cannot wait is told at once, and is on Today."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.now import RedFlag
from careteam.domain.pathway import none_of_these
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.effects import goal_outcome
from careteam.features.teams.pressing import first_sign, pressing
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import attempt, conflict_rows, page, shown
from careteam.web.frame.room import CLIENT
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
from careteam.web.own.helping import show_signs
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room

HOW = "screen"


def open_questions(place: Own) -> list[tuple[UUID, int]]:
    """The standing goals that ask something, with how many questions are open."""
    asking = [goal for goal in place.goals if (way := pathway_of(goal)) and way.screening]
    decks = [deck_of(place.client, goal) for goal in asking]
    return [(deck.goal.id, sum(card.open for card in deck.cards)) for deck in decks]


@room.get("/p/<uuid:link_id>/goals/<uuid:goal_id>/questions", access=CLIENT)
@behind_the_code
def question_show(place: Own, goal_id: UUID) -> ResponseReturnValue:
    deck = deck_of(place.client, place.goal(goal_id))
    card = deck.card(request.args.get("card"))
    return _page(card_form(deck, card, data=deck.stored(card)), place, deck, card)


def _page(
    form: AnswersForm, place: Own, deck: Deck, card: Card, status: int = 200, **more: Any
) -> ResponseReturnValue:
    return page(
        "own/question_show.html",
        form,
        status,
        own=place,
        deck=deck,
        card=card,
        was=shown(deck.stored(card)),
        none_closes=none_of_these(deck.pathway, card.questions),
        **more,
    )


@room.post("/p/<uuid:link_id>/goals/<uuid:goal_id>/questions", access=CLIENT)
@behind_the_code
def question_save(place: Own, goal_id: UUID) -> ResponseReturnValue:
    deck = deck_of(place.client, place.goal(goal_id))
    card = with_all_sent(deck, deck.card(request.form.get("card")))
    form = card_form(deck, card)
    try:
        saved = attempt(form, lambda: save_card(form, deck, card, HOW))
    except Conflict as error:
        labels = {question.id: question.ask for question in card.questions}
        return _page(form, place, deck, card, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _page(form, place, deck, card)
    now = deck_of(place.client, saved)
    here = now.cards[card.number - 1]
    is_left = bool(here.open and "none" in request.form)
    later = (each for each in now.cards if each.open and each.number > card.number)
    following = here if is_left else next(later, None)
    signs = _signs(now, card)
    if signs:
        more = following.number if following else card.number
        onwards = {"link_id": g.actor.link_id, "goal_id": goal_id, "card": more}
        return show_signs(place, signs, onwards=url_for("own.question_show", **onwards))
    if following is None:
        return said("own.home_show", f"Thank you. {place.reader.name} sees your answers.")
    words = f"Thank you. {left_by_none(here)}" if is_left else "Thank you."
    return said("own.question_show", words, goal_id=goal_id, card=following.number)


def _signs(deck: Deck, card: Card) -> list[RedFlag]:
    """What is for the telephone and comes of the answers on this card, the most urgent first."""
    found = goal_outcome(deck.goal)
    if found is None:
        return []
    asked = {question.id for question in card.questions}
    signs: list[RedFlag | None] = [
        deck.pathway.red_flag_by_id[item.key] if item.is_sign else first_sign(found, item.key)
        for item in pressing(found)
        if item.is_for_telephone
        and any(
            condition.question in asked
            for rule, _ in item.effects
            for condition in deck.pathway.rule_by_id[rule].conditions
        )
    ]
    return [sign for sign in signs if sign is not None]
