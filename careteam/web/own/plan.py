"""My plan in plain words, and one's own steps to move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.consent import ALERTS
from careteam.domain.planning import MilestoneState
from careteam.features.clients.shown import shown_goals
from careteam.features.plans import operations
from careteam.features.plans.history import LABELS, Naming, in_words
from careteam.features.plans.models import Milestone
from careteam.features.plans.view import Line, PlanView, view_plan
from careteam.features.plans.watch_queries import Mark
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.parts import effect_lines
from careteam.features.today.told import sign_in
from careteam.kit.errors import Conflict, Invalid, NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import CLIENT
from careteam.web.frame.watching import news_of_plan
from careteam.web.own.forms import OwnStepForm
from careteam.web.own.helping import show_sign
from careteam.web.own.place import Own, behind_the_code, marks_of, said
from careteam.web.own.room import room

OPEN_STATES = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)
KEPT_AT_THE_END = (
    "A word is kept here once the step is done, left out or not possible. "
    "Until then write it under “How is it going?”."
)


@room.get("/p/<uuid:link_id>/goals/<uuid:goal_id>/changed", access=CLIENT)
def plan_changed(link_id: UUID, goal_id: UUID) -> ResponseReturnValue:
    """Asked for by a page that stays open; without a code the plan is not there."""
    return news_of_plan(goal_id)


@room.get("/p/<uuid:link_id>/plan", access=CLIENT)
@behind_the_code
def plan_show(place: Own) -> ResponseReturnValue:
    marks = marks_of(place)
    standing = standing_outcomes(place.client.id)
    reads.note(place.client.id, ALERTS)
    shown = {each.id: each for each in shown_goals(g.actor, place.goals)}
    plans = [view_plan(g.actor, goal, place.client.called, standing) for goal in place.goals]
    return page(
        "own/plan_show.html",
        own=place,
        marks=marks,
        plans=[(shown[plan.goal.id], plan) for plan in plans],
        avoid=effect_lines(standing.safety.effects_only()),
    )


@room.get("/p/<uuid:link_id>/steps/<uuid:milestone_id>", access=CLIENT)
@behind_the_code
def step_show(place: Own, milestone_id: UUID) -> ResponseReturnValue:
    marks, (_, line) = marks_of(place), _own_step(place, milestone_id)
    return _step_page(OwnStepForm(formdata=None, obj=line.row), place, line, marks)


def _own_step(place: Own, milestone_id: UUID) -> tuple[PlanView, Line]:
    """A step of a standing plan that the client may move. Raises `NotFound` and `Forbidden`."""
    for goal in place.goals:
        view = view_plan(g.actor, goal, place.client.called)
        found = next((line for line in view.lines if line.id == milestone_id), None)
        if found is not None:
            require(g.actor, Permission.MOVE_MILESTONE, found.row)
            return view, found
    raise NotFound


def _step_page(
    form: OwnStepForm,
    place: Own,
    line: Line,
    marks: Sequence[tuple[UUID, Mark]],
    status: int = 200,
    **more: Any,
) -> ResponseReturnValue:
    marks = [each for each in marks if each[0] == line.row.goal_id]
    seen = form.version if form.is_submitted() and status != 409 else line.row.version
    return page(
        "own/step_show.html", form, status, own=place, line=line, marks=marks, version=seen, **more
    )


@room.post("/p/<uuid:link_id>/steps/<uuid:milestone_id>", access=CLIENT)
@behind_the_code
def step_move(place: Own, milestone_id: UUID) -> ResponseReturnValue:
    marks, (view, line) = marks_of(place), _own_step(place, milestone_id)
    form, milestone = OwnStepForm(), line.row
    try:
        moved = attempt(form, lambda: _move(form, milestone))
    except Conflict as error:
        return _step_page(form, place, line, marks, 409, conflicts=_both(error))
    if moved is None:
        return _step_page(form, place, line, marks)
    sign = sign_in(form.reason.data, view.goal)
    if sign is not None:
        return show_sign(place, view.goal, form.new_id, sign.flag)
    undo = url_for("own.step_undo", link_id=g.actor.link_id, milestone_id=milestone_id)
    fields = {"version": moved.version}
    return said("own.home_show", "Saved. Well done.", undo=undo, undo_fields=fields)


def _move(form: OwnStepForm, milestone: Milestone) -> Milestone:
    if form.progress.status in OPEN_STATES and form.reason.data:
        raise Invalid(KEPT_AT_THE_END, field="reason")
    return operations.move_milestone(
        actor=g.actor, milestone=milestone, version=form.version, progress=form.progress
    )


def _both(error: Conflict) -> list[dict[str, Any]]:
    names = Naming(owner=str, titles={})
    return [
        {
            "label": LABELS.get(field, field),
            "yours": in_words(field, error.yours[field], names),
            "theirs": in_words(field, theirs, names),
            "by": "Stored now",
            "at": None,
        }
        for field, theirs in error.theirs.items()
    ]


@room.post("/p/<uuid:link_id>/steps/<uuid:milestone_id>/undo", access=CLIENT)
@behind_the_code
def step_undo(place: Own, milestone_id: UUID) -> ResponseReturnValue:
    _, line = _own_step(place, milestone_id)
    try:
        operations.undo_change(actor=g.actor, milestone=line.row, version=OwnStepForm().version)
    except (Conflict, Invalid) as error:
        return said("own.plan_show", error.message, kind="alert")
    return said("own.plan_show", "Your step is as it was before.")
