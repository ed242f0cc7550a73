"""Effects of the answers set aside with a written reason, and let act again."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.pathway.conditions import effects_of
from careteam.domain.pathway.words import effect_words
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.decisions import (
    override_effects,
    raise_flag_again,
    take_back_override,
)
from careteam.features.teams.queries import get_decision
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import SetAsideForm
from careteam.web.teams.room import room


@room.get("/goals/<uuid:goal_id>/effects/set-aside", access=SIGNED_IN)
def effect_show(goal_id: UUID) -> ResponseReturnValue:
    form = SetAsideForm(data={"effects": request.args.get("effects", "")})
    return _page(form, get_led_goal(g.actor, goal_id))


@room.post("/goals/<uuid:goal_id>/effects/set-aside", access=SIGNED_IN)
def effect_set_aside(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), SetAsideForm()
    try:
        saved = attempt(form, lambda: _set_aside(goal, form))
    except Conflict as error:
        form.refuse(error)
        return _page(form, goal, 409)
    if saved is None:
        return _page(form, goal)
    return done(
        "clients.client_show",
        "It is set aside. Your reason is kept.",
        client_id=goal.client_id,
        goal=goal.id,
    )


def _set_aside(goal: Goal, form: SetAsideForm) -> Goal:
    return override_effects(
        actor=g.actor, goal=goal, effects=form.named(), reason=form.reason.data or ""
    )


def _page(form: SetAsideForm, goal: Goal, status: int = 200) -> ResponseReturnValue:
    return page(
        "teams/effect_set_aside.html",
        form,
        status,
        goal=goal,
        client=get_client(g.actor, goal.client_id),
        words=_words(goal, form),
    )


def _words(goal: Goal, form: SetAsideForm) -> list[str]:
    """What would be set aside. Raises `NotFound` for effects that no rule of the pathway has."""
    pathway = pathway_of(goal)
    named = form.named()
    if pathway is None or not named:
        raise NotFound
    known = {
        (rule.id, effect.key): effect
        for rule in pathway.rules
        for effect in effects_of(pathway, rule)
    }
    if not set(named) <= known.keys():
        raise NotFound
    return [effect_words(load_content(), pathway, known[each]) for each in named]


@room.post("/goals/<uuid:goal_id>/decisions/<uuid:decision_id>/take-back", access=SIGNED_IN)
def decision_take_back(goal_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    decision = get_decision(g.actor, goal, decision_id)
    if decision.kind == "overridden":
        take_back_override(actor=g.actor, goal=goal, decision=decision)
        words = "It acts again."
    else:
        raise_flag_again(actor=g.actor, goal=goal, decision=decision)
        words = "The warning sign stands again."
    return done("clients.client_show", words, client_id=goal.client_id, goal=goal.id)
