"""What the holder of a link says to a version of the plan, and the version to read."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.clients.shown import shown_goal
from careteam.features.plans.agreeing import answer_version
from careteam.features.plans.version_queries import get_version
from careteam.features.plans.version_view import version_view
from careteam.features.plans.view import view_plan
from careteam.kit.errors import Conflict
from careteam.web.frame.agreement import THANKS, AnswerForm
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import LINK
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.plan import plan_page
from careteam.web.links.room import room


@room.post("/r/<uuid:link_id>/plan/versions/<number>/answer", access=LINK)
@on_the_team
def answer_give(place: Place, number: str) -> ResponseReturnValue:
    version, form = get_version(g.actor, place.goal, number), AnswerForm()
    try:
        given: Any = attempt(
            form, lambda: answer_version(actor=g.actor, version=version, said=form.said)
        )
    except Conflict as error:
        return said("links.plan_show", error.message, kind="alert")
    if given is None:
        return plan_page(place, form)
    return said("links.plan_show", THANKS[given.answer].format(number=version.number))


@room.get("/r/<uuid:link_id>/plan/versions/<number>", access=LINK)
@on_the_team
def version_show(place: Place, number: str) -> ResponseReturnValue:
    view = view_plan(g.actor, place.goal, place.called)
    return page(
        "links/version_show.html",
        place=place,
        goal=shown_goal(g.actor, place.goal),
        version=version_view(g.actor, place.goal, view.agreement, number),
    )
