"""An emergency or same-day flag answered: asked again, or spoken to whom."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.domain.pathway.values import RedFlag
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.pathways.content import pathway_of
from careteam.features.teams.decisions import answer_asked_again, answer_spoken
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import AskedAgainForm, SpokenForm
from careteam.web.teams.room import room


@room.get("/goals/<uuid:goal_id>/flags/<flag>", access=SIGNED_IN)
def flag_show(goal_id: UUID, flag: str) -> ResponseReturnValue:
    return _page(get_led_goal(g.actor, goal_id), flag)


def _page(
    goal: Goal,
    flag: str,
    wrong: Form | None = None,
    asked: AskedAgainForm | None = None,
    spoken: SpokenForm | None = None,
) -> ResponseReturnValue:
    """Both ways to answer; `wrong` is the one that was sent and refused."""
    return page(
        "teams/flag_answer.html",
        wrong,
        goal=goal,
        client=get_client(g.actor, goal.client_id),
        flag=_flag(goal, flag),
        asked=asked or AskedAgainForm(formdata=None),
        spoken=spoken or SpokenForm(formdata=None, data={"happened_on": clock.today()}),
    )


def _flag(goal: Goal, name: str) -> RedFlag:
    pathway = pathway_of(goal)
    found = pathway.red_flag_by_id.get(name) if pathway else None
    if found is None:
        raise NotFound
    return found


@room.post("/goals/<uuid:goal_id>/flags/<flag>/asked-again", access=SIGNED_IN)
def flag_asked_again(goal_id: UUID, flag: str) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), AskedAgainForm()
    saved = attempt(
        form,
        lambda: answer_asked_again(
            actor=g.actor, goal=goal, red_flag=_flag(goal, flag).id, last=form.last.data or ""
        ),
    )
    return _page(goal, flag, form, asked=form) if saved is None else _answered(goal)


@room.post("/goals/<uuid:goal_id>/flags/<flag>/spoken", access=SIGNED_IN)
def flag_spoken(goal_id: UUID, flag: str) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), SpokenForm()
    saved = attempt(
        form,
        lambda: answer_spoken(
            actor=g.actor,
            goal=goal,
            red_flag=_flag(goal, flag).id,
            spoken_to=form.spoken_to.data or "",
            happened_on=form.happened_on.data,
            said=form.said.data or "",
        ),
    )
    return _page(goal, flag, form, spoken=form) if saved is None else _answered(goal)


def _answered(goal: Goal) -> ResponseReturnValue:
    return done(
        "clients.client_show",
        "It is written down. What the sign holds stays held until you set that aside.",
        client_id=goal.client_id,
        goal=goal.id,
    )
