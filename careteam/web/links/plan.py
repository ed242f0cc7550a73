"""The plan as far as the consent shows it, and the holder's own steps to move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.planning import MilestoneState
from careteam.features.clients.shown import shown_goal
from careteam.features.notes.choosing import kinds_of_note
from careteam.features.notes.operations import write_note
from careteam.features.notes.queries import find_note
from careteam.features.plans import operations
from careteam.features.plans.history import LABELS, Naming, in_words
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import get_milestone, list_changes
from careteam.features.plans.view import Line, PlanView, view_plan
from careteam.features.plans.watch_queries import goal_of_seat, mark_of
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.parts import clearing_of, to_avoid
from careteam.features.teams.seated_queries import people_kept_from
from careteam.kit.errors import Conflict, Invalid
from careteam.web.frame.agreement import AnswerForm
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import LINK
from careteam.web.frame.watching import news_of_plan
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.place_forms import StepForm
from careteam.web.links.room import room

OPEN_STATES = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)
KEPT_AT_THE_END = (
    "This is kept only with a step that is reached, set aside or not possible. "
    "Write it as a note below."
)


@room.get("/r/<uuid:link_id>/plan", access=LINK)
@on_the_team
def plan_show(place: Place) -> ResponseReturnValue:
    return plan_page(place, AnswerForm(formdata=None))


def plan_page(place: Place, answering: AnswerForm) -> ResponseReturnValue:
    """The plan, with the form of the holder's answer to its latest version."""
    mark = mark_of(g.actor, place.goal.id)
    standing = standing_outcomes(place.goal.client_id)
    view = view_plan(g.actor, place.goal, place.called, standing)
    asked, _ = clearing_of(g.actor, place.goal, standing)
    lines = sorted(view.lines, key=lambda line: not line.is_open)
    return page(
        "links/plan_show.html",
        answering,
        answering=answering,
        place=place,
        goal=shown_goal(g.actor, place.goal),
        view=view,
        mark=mark,
        mine=[line for line in lines if line.is_mine],
        others=[line for line in lines if not line.is_mine],
        avoid=to_avoid(g.actor, place.goal.client_id, standing, asked),
        asked=asked,
    )


@room.get("/r/<uuid:link_id>/plan/changed", access=LINK)
def plan_changed(link_id: UUID) -> ResponseReturnValue:
    """No more is loaded than has to be: this is asked every few seconds."""
    return news_of_plan(goal_of_seat(g.actor))


@room.get("/r/<uuid:link_id>/steps/<uuid:milestone_id>", access=LINK)
@on_the_team
def step_show(place: Place, milestone_id: UUID) -> ResponseReturnValue:
    view, line = _own_step(place, milestone_id)
    return _step_page(_offered(StepForm(formdata=None, obj=line.row), place), place, view, line)


def _own_step(place: Place, milestone_id: UUID) -> tuple[PlanView, Line]:
    """A step of the plan that the holder may move. Raises `NotFound` and `Forbidden`."""
    view = view_plan(g.actor, place.goal, place.called)
    line = view.line(milestone_id)
    require(g.actor, Permission.MOVE_MILESTONE, line.row)
    return view, line


def _offered(form: StepForm, place: Place) -> StepForm:
    form.offer(kinds_of_note(g.actor, place.goal))
    return form


def _step_page(
    form: StepForm, place: Place, view: PlanView, line: Line, status: int = 200, **more: Any
) -> ResponseReturnValue:
    return page(
        "links/step_show.html",
        form,
        status,
        place=place,
        view=view,
        mark=mark_of(g.actor, place.goal.id),
        line=line,
        version=form.version if form.is_submitted() and status != 409 else line.row.version,
        new_id=form.new_id,
        **more,
    )


@room.post("/r/<uuid:link_id>/steps/<uuid:milestone_id>", access=LINK)
@on_the_team
def step_move(place: Place, milestone_id: UUID) -> ResponseReturnValue:
    view, line = _own_step(place, milestone_id)
    form, milestone = _offered(StepForm(), place), line.row
    try:
        moved = attempt(form, lambda: _move(form, place, milestone))
    except Conflict as error:
        rows = _both(error, milestone)
        return _step_page(form, place, view, line, 409, conflicts=rows)
    if moved is None:
        return _step_page(form, place, view, line)
    undo = url_for("links.step_undo", link_id=g.actor.link_id, milestone_id=milestone_id)
    return said(
        "links.plan_show", "Your step is saved.", undo=undo, undo_fields={"version": moved.version}
    )


def _move(form: StepForm, place: Place, milestone: Milestone) -> Milestone:
    if form.progress.status in OPEN_STATES and form.reason.data:
        raise Invalid(KEPT_AT_THE_END, field="reason")
    if form.body.data and find_note(g.actor, place.goal, form.new_id) is None:
        write_note(
            actor=g.actor,
            goal=place.goal,
            note_id=form.new_id,
            body=form.body.data,
            audience=form.audience.data,
            information_class=form.information_class.data,
            milestone=milestone,
        )
    return operations.move_milestone(
        actor=g.actor, milestone=milestone, version=form.version, progress=form.progress
    )


def _both(error: Conflict, milestone: Milestone) -> list[dict[str, Any]]:
    """What both wrote, side by side, with who wrote the other."""
    kept = people_kept_from(g.actor, milestone.client_id)
    names = Naming(owner=str, titles={}, kept=kept)
    last = {change.field: change for change in reversed(list_changes(milestone))}
    return [
        {
            "label": LABELS.get(field, field),
            "yours": in_words(field, error.yours[field], names),
            "theirs": in_words(field, theirs, names),
            "by": names.changed_by(last[field]) if field in last else "Stored now",
            "at": None,
        }
        for field, theirs in error.theirs.items()
    ]


@room.post("/r/<uuid:link_id>/steps/<uuid:milestone_id>/undo", access=LINK)
@on_the_team
def step_undo(place: Place, milestone_id: UUID) -> ResponseReturnValue:
    milestone = get_milestone(g.actor, place.goal, milestone_id)
    try:
        operations.undo_change(actor=g.actor, milestone=milestone, version=StepForm().version)
    except (Conflict, Invalid) as error:
        return said("links.plan_show", error.message, kind="alert")
    undo = url_for("links.step_undo", link_id=g.actor.link_id, milestone_id=milestone_id)
    fields = {"version": milestone.version}
    words = "Your step is as it was before."
    return said("links.plan_show", words, undo=undo, undo_fields=fields)
