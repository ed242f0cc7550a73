"""Answers to a version: one's own, and what somebody said on the telephone, in a letter or face to
face, which the lead enters.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.planning import CLIENT, LEAD, Answer
from careteam.features.plans.agreed import PartyLine
from careteam.features.plans.agreeing import answer_version, record_answer
from careteam.features.plans.models import PlanVersion
from careteam.features.plans.version_queries import get_version
from careteam.kit import clock
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.agreement import THANKS, AnswerForm
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import Scene, answer, scene
from careteam.web.plans.forms import ANSWERS, EnterForm, MakeForm
from careteam.web.plans.room import room


@room.post("/goals/<uuid:goal_id>/plan/versions/<number>/answer", access=SIGNED_IN)
def answer_give(goal_id: UUID, number: str) -> ResponseReturnValue:
    seen, form = scene(goal_id), AnswerForm()
    version = get_version(g.actor, seen.goal, number)
    try:
        given = attempt(
            form, lambda: answer_version(actor=g.actor, version=version, said=form.said)
        )
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    if given is None:
        context: dict[str, Any] = {**seen.context, "answering": form}
        return page("plans/plan_show.html", form, make=MakeForm(formdata=None), **context)
    return answer(seen.goal, THANKS[given.answer].format(number=version.number))


@room.get("/goals/<uuid:goal_id>/plan/versions/<number>/answers/<party>", access=SIGNED_IN)
def answer_new(goal_id: UUID, number: str, party: str) -> ResponseReturnValue:
    seen, version, whose = _asked(goal_id, number, party)
    form = EnterForm(formdata=None, data={"given_on": clock.today()})
    return _enter_page(form, seen, version, whose)


def _asked(goal_id: UUID, number: str, party: str) -> tuple[Scene, PlanVersion, PartyLine]:
    """Somebody other than the lead who is asked. Raises `NotFound` and `Forbidden`."""
    seen = scene(goal_id)
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    version = get_version(g.actor, seen.goal, number)
    for line in seen.view.agreement.lines:
        if line.party.key == party != LEAD:
            return seen, version, line
    raise NotFound


def _enter_page(
    form: EnterForm, seen: Scene, version: PlanVersion, whose: PartyLine
) -> ResponseReturnValue:
    if whose.party.key == CLIENT:  # whose yes the plan waits for
        form.answer.choices = [each for each in ANSWERS if each.value != Answer.COPIED]
    return page("plans/answer_new.html", form, version=version, whose=whose, **seen.context)


@room.post("/goals/<uuid:goal_id>/plan/versions/<number>/answers/<party>", access=SIGNED_IN)
def answer_enter(goal_id: UUID, number: str, party: str) -> ResponseReturnValue:
    seen, version, whose = _asked(goal_id, number, party)
    form = EnterForm()
    try:
        given = attempt(
            form,
            lambda: record_answer(
                actor=g.actor, version=version, party=party, said=form.said, entered=form.entered
            ),
        )
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    if given is None:
        return _enter_page(form, seen, version, whose)
    return answer(seen.goal, f"The answer of {whose.party.name} is kept.")
