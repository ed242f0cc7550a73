"""A goal reworded, paused, resumed, ended."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients import goals as operations
from careteam.features.clients.goals import Wording
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.pathways.content import pathway_of
from careteam.features.plans.making import move_plan
from careteam.kit.errors import Conflict, Invalid
from careteam.web.clients.forms import ReasonForm, RewordForm
from careteam.web.clients.goals import wording
from careteam.web.clients.room import room
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done

WORDING = ("statement", "measure", "baseline", "target", "target_on")
FRAME = ("anchor_on", "clinical_lead")


def _stored(goal: Goal) -> dict[str, Any]:
    """As the form shows them: words that are set aside are not shown even there."""
    stored = {name: getattr(goal, name) for name in (*WORDING, *FRAME)}
    return stored | dict.fromkeys(WORDING) if goal.set_aside_at else stored


def _reword_form(goal: Goal, client: Client, **data: Any) -> RewordForm:
    form = RewordForm(**data)
    form.offer_measures(pathway_of(goal), client.hidden_measures)
    return form


@room.get("/goals/<uuid:goal_id>/edit", access=SIGNED_IN)
def goal_edit(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    return _edit_page(_reword_form(goal, client, data=_stored(goal)), goal, client)


def _edit_page(
    form: RewordForm, goal: Goal, client: Client, status: int = 200, **context: object
) -> ResponseReturnValue:
    return page(
        "clients/goal_edit.html",
        form,
        status,
        goal=goal,
        client=client,
        was=shown(_stored(goal)),
        pathway=pathway_of(goal),
        **context,
    )


@room.post("/goals/<uuid:goal_id>/edit", access=SIGNED_IN)
def goal_save(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    form = _reword_form(goal, client)
    try:
        saved = attempt(form, lambda: _save(form, goal))
    except Conflict as error:
        labels = {name: form[name].label.text for name in (*WORDING, *FRAME)}
        return _edit_page(form, goal, client, 409, conflicts=conflict_rows(error, labels))
    if saved is None:
        return _edit_page(form, goal, client)
    return done("clients.goal_show", "The goal is saved.", goal_id=goal_id)


def _save(form: RewordForm, goal: Goal) -> Goal:
    """New words keep the old ones; a new day takes the open part of the plan along."""
    stored = _stored(goal)
    sent = asdict(wording(form)) | {name: form[name].data for name in FRAME}
    changes = merged(form.version, goal.version, stored, sent)
    final = stored | changes
    if goal.set_aside_at or changes.keys() & set(WORDING):
        operations.reword_goal(
            actor=g.actor,
            goal=goal,
            wording=Wording(**{name: final[name] for name in WORDING}),
            reason=form.reason.data,
        )
    if "anchor_on" in changes:
        move_plan(actor=g.actor, goal=goal, anchor_on=final["anchor_on"])
    if "clinical_lead" in changes:
        operations.name_clinical_lead(
            actor=g.actor, goal=goal, clinical_lead=final["clinical_lead"]
        )
    return goal


@room.post("/goals/<uuid:goal_id>/pause", access=SIGNED_IN)
def goal_pause(goal_id: UUID) -> ResponseReturnValue:
    goal, reason = get_led_goal(g.actor, goal_id), ReasonForm().reason.data
    return _turned(
        goal,
        lambda: operations.pause_goal(actor=g.actor, goal=goal, reason=reason),
        "The goal is paused.",
        undo=url_for("clients.goal_resume", goal_id=goal_id),
    )


@room.post("/goals/<uuid:goal_id>/resume", access=SIGNED_IN)
def goal_resume(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    return _turned(
        goal,
        lambda: operations.resume_goal(actor=g.actor, goal=goal),
        "The goal is taken up again.",
    )


@room.post("/goals/<uuid:goal_id>/end", access=SIGNED_IN)
def goal_end(goal_id: UUID) -> ResponseReturnValue:
    goal, reason = get_led_goal(g.actor, goal_id), ReasonForm().reason.data
    return _turned(
        goal,
        lambda: operations.end_goal(actor=g.actor, goal=goal, reason=reason),
        "The goal has ended.",
        undo=url_for("clients.goal_resume", goal_id=goal_id),
    )


def _turned(goal: Goal, change: Any, words: str, undo: str | None = None) -> ResponseReturnValue:
    """Back to the goal's page, with a word of what happened or why it did not."""
    try:
        change()
    except Invalid as error:
        return done("clients.goal_show", error.message, kind="alert", goal_id=goal.id)
    return done("clients.goal_show", words, undo=undo, goal_id=goal.id)
