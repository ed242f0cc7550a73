"""Agree to the plan, or say what worries me: one version, read and answered on one page."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.shown import shown_goal
from careteam.features.plans.agreeing import answer_version
from careteam.features.plans.models import PlanAgreement
from careteam.features.plans.version_queries import get_version
from careteam.features.plans.version_view import version_view
from careteam.features.plans.view import view_plan
from careteam.features.today.told import sign_in
from careteam.kit.errors import Conflict
from careteam.web.frame.agreement import AnswerForm
from careteam.web.frame.forms import attempt, page, text
from careteam.web.frame.room import CLIENT
from careteam.web.own.helping import show_sign
from careteam.web.own.place import Own, behind_the_code, marks_of, said
from careteam.web.own.room import room

THANKS = {
    "agreed": "Thank you. You agree to the plan.",
    "objects": "Thank you for saying so. {reader} is told and talks to you.",
    "copied": "Thank you.",
}


class WorryForm(AnswerForm):
    """The same answer, in the client's words."""

    comment = text("What worries me", longest=2000)


@room.get("/p/<uuid:link_id>/goals/<uuid:goal_id>/agree", access=CLIENT)
@behind_the_code
def agree_show(place: Own, goal_id: UUID) -> ResponseReturnValue:
    return _page(place, goal_id, WorryForm(formdata=None))


def _page(place: Own, goal_id: UUID, form: WorryForm) -> ResponseReturnValue:
    """The latest version; the plan's own page where none is published yet."""
    goal, marks = place.goal(goal_id), marks_of(place)
    agreed = view_plan(g.actor, goal, place.client.called).agreement
    if agreed.latest is None or agreed.mine is None:
        return redirect(url_for("own.plan_show", link_id=g.actor.link_id), 303)
    shown: ResponseReturnValue = page(
        "own/agree_show.html",
        form,
        own=place,
        marks=[each for each in marks if each[0] == goal.id],
        goal=shown_goal(g.actor, goal),
        agreed=agreed,
        mine=agreed.mine,
        version=version_view(g.actor, goal, agreed, str(agreed.latest.number)),
        new_id=form.new_id,
    )
    return shown


@room.post("/p/<uuid:link_id>/goals/<uuid:goal_id>/agree/<number>", access=CLIENT)
@behind_the_code
def agree_save(place: Own, goal_id: UUID, number: str) -> ResponseReturnValue:
    goal = place.goal(goal_id)
    version, form = get_version(g.actor, goal, number), WorryForm()
    try:
        given: PlanAgreement | None = attempt(
            form, lambda: answer_version(actor=g.actor, version=version, said=form.said)
        )
    except Conflict as error:
        return said("own.agree_show", error.message, kind="alert", goal_id=goal_id)
    if given is None:
        return _page(place, goal_id, form)
    sign = sign_in(form.comment.data, goal)
    if sign is not None:
        return show_sign(place, goal, form.new_id, sign.flag)
    return said("own.home_show", THANKS[given.answer].format(reader=place.reader.name))
