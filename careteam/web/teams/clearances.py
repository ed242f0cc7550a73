"""A clearance that the plan waits for: given by whoever is asked, or entered by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.teams.clearances.awaited import Asked, asked_of
from careteam.features.teams.clearances.operations import (
    GONE,
    restore_clearance,
    take_back_clearance,
)
from careteam.features.teams.clearances.queries import find_clearance, get_clearance
from careteam.kit.errors import Conflict
from careteam.web.frame.clearances import ClearanceForm, clearance_form, file_of_clearance, give
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.room import room


@room.get("/goals/<uuid:goal_id>/clearances/new", access=SIGNED_IN)
def clearance_new(goal_id: UUID) -> ResponseReturnValue:
    goal = _goal(goal_id)
    asked = asked_of(g.actor, goal)
    if not asked.awaited:
        return _answer(goal, GONE, kind="info")
    return _page(clearance_form(g.actor, asked, formdata=None), goal, asked)


def _goal(goal_id: UUID) -> Goal:
    goal = get_goal(g.actor, goal_id)
    require(g.actor, Permission.GIVE_CLEARANCE, goal)
    return goal


def _page(form: ClearanceForm, goal: Goal, asked: Asked) -> ResponseReturnValue:
    client = find_client(g.actor, goal.client_id)
    return page(
        "teams/clearance_new.html", form, goal=goal, client=client, asked=asked, new_id=form.new_id
    )


@room.post("/goals/<uuid:goal_id>/clearances/new", access=SIGNED_IN)
def clearance_give(goal_id: UUID) -> ResponseReturnValue:
    goal = _goal(goal_id)
    asked = asked_of(g.actor, goal)
    form = clearance_form(g.actor, asked)
    if find_clearance(g.actor, goal, form.new_id) is not None:
        return redirect(_client_page(goal), 303)
    try:
        given = attempt(form, lambda: give(form, g.actor, goal))
    except Conflict as error:
        return _answer(goal, error.message, kind="alert")
    if given is None:
        return _page(form, goal, asked)
    undo = url_for("teams.clearance_take_back", goal_id=goal.id, clearance_id=given.id)
    return _answer(goal, "It is written down. What waited for it may begin.", undo=undo)


def _client_page(goal: Goal) -> str:
    return url_for("clients.client_show", client_id=goal.client_id, goal=goal.id)


def _answer(goal: Goal, words: str, **more: Any) -> ResponseReturnValue:
    return done("clients.client_show", words, client_id=goal.client_id, goal=goal.id, **more)


@room.get("/goals/<uuid:goal_id>/clearances/<uuid:clearance_id>/file", access=SIGNED_IN)
def clearance_file(goal_id: UUID, clearance_id: UUID) -> ResponseReturnValue:
    return file_of_clearance(g.actor, get_goal(g.actor, goal_id), clearance_id)


@room.post("/goals/<uuid:goal_id>/clearances/<uuid:clearance_id>/take-back", access=SIGNED_IN)
def clearance_take_back(goal_id: UUID, clearance_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    row = get_clearance(g.actor, goal, clearance_id)
    take_back_clearance(actor=g.actor, clearance=row)
    undo = url_for("teams.clearance_restore", goal_id=goal.id, clearance_id=row.id)
    return _answer(goal, "It is taken back. The plan waits for it again.", undo=undo)


@room.post("/goals/<uuid:goal_id>/clearances/<uuid:clearance_id>/restore", access=SIGNED_IN)
def clearance_restore(goal_id: UUID, clearance_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    row = get_clearance(g.actor, goal, clearance_id)
    restore_clearance(actor=g.actor, clearance=row)
    return _answer(goal, "It counts again.")
