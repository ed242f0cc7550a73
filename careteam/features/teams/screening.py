"""Answers to screening questions, which change the team at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway import LeftTo, Pathway, who_may_take
from careteam.domain.pathway.answers import fits
from careteam.domain.pathway.effects import RaiseRedFlag
from careteam.domain.pathway.values import Question
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.models import Answer
from careteam.features.teams.proposing import bring_in_line
from careteam.features.teams.queries import answer_rows, decision_rows
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid

Given = str | float | LeftTo
WAYS = ("spoken", "screen", "paper")


@operation(Permission.ANSWER_SCREENING, on="goal", action="screening.answered")
def answer_screening(
    *, actor: Actor, goal: Goal, answers: Mapping[str, Given], how: str = "spoken"
) -> Goal:
    """Record answers by question id; what is not given stays as it is.

    Seats, safety and what others may see follow at once. An answer that changes takes back how the
    red flags of its rules were answered: they have to be answered anew. Raises `Invalid` with the
    question as field where an answer does not fit it.
    """
    pathway = pathway_of(goal)
    if pathway is None:
        raise Invalid("This goal has no pathway, so there is nothing to ask.")
    if how not in WAYS:
        raise Invalid("Say how the answers were given.", field="how")
    rows = answer_rows(goal.id)
    changed = [
        name
        for name, given in answers.items()
        if _store(actor, goal, _question(pathway, name), given, how, rows.get(name))
    ]
    _ask_flags_again(goal, pathway, changed)
    bring_in_line(actor, goal)
    return goal


def _question(pathway: Pathway, name: str) -> Question:
    question = pathway.question_by_id.get(name)
    if question is None:
        raise Invalid("This question is not part of the pathway.", field=name)
    return question


def _store(
    actor: Actor, goal: Goal, question: Question, given: Given, how: str, row: Answer | None
) -> bool:
    """Write one answer; whether it differs from what was there."""
    value, left_to = _columns(question, given)
    if row is None:
        row = Answer(
            client_id=goal.client_id,
            goal_id=goal.id,
            question=question.id,
            information_class=question.information_class,
        )
        db.session.add(row)
    elif (row.value, row.left_to) == (value, left_to):
        return False
    row.value, row.left_to, row.how = value, left_to, how
    row.author_id, row.answered_at = actor.practitioner_id, clock.now()
    return True


def _columns(question: Question, given: Given) -> tuple[str | None, str | None]:
    if isinstance(given, LeftTo):
        if given.discipline not in takers(question):
            raise Invalid("This question cannot be left to them.", field=question.id)
        return None, given.discipline
    if not fits(question, given):
        raise Invalid("Choose one of the answers.", field=question.id)
    return given if isinstance(given, str) else f"{given:g}", None


def takers(question: Question) -> tuple[str, ...]:
    """To whom the client may leave the question, in any pathway that asks it."""
    content = load_content()
    return tuple(
        dict.fromkeys(
            name
            for pathway in content.pathways.values()
            if question.id in pathway.question_by_id
            for name in who_may_take(pathway, question, content.catalogue.matrix)
        )
    )


def _ask_flags_again(goal: Goal, pathway: Pathway, changed: Collection[str]) -> None:
    flags = {
        effect.key
        for rule in pathway.rules
        if any(condition.question in changed for condition in rule.conditions)
        for effect in rule.effects
        if isinstance(effect, RaiseRedFlag)
    }
    for decision in decision_rows(goal.id):
        if decision.kind != "overridden" and decision.effect in flags:
            decision.taken_back_at = clock.now()
