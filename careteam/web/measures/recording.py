"""The measures of a goal, and one more value."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.clients.shown import shown_goal
from careteam.features.directory.queries import names_of
from careteam.features.measures import operations
from careteam.features.measures.models import Measurement
from careteam.features.measures.parts import Progress, progress_of
from careteam.features.measures.queries import find_measurement, get_measurement
from careteam.features.teams.seated_queries import people_kept_from
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.measures.forms import MeasurementForm, measurement_form
from careteam.web.measures.room import room

LISTED, MOST_AFTER = 100, 1_000_000
"""Values of one measure on a page; up to where one may leaf."""
CLIENT_PAGE = "client"
"""The value of the field `back` that returns to the client's page."""


@room.app_template_global("measurement_form")
def empty_form(progress: Progress) -> MeasurementForm:
    """For the client's page, which shows the form without knowing this room."""
    return measurement_form(progress, formdata=None)


@room.get("/goals/<uuid:goal_id>/measures", access=SIGNED_IN)
def measure_list(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    progress = progress_of(g.actor, goal)
    chosen = {"measure": request.args.get("measure", "")}
    return _page(goal, progress, measurement_form(progress, formdata=None, data=chosen))


def _page(goal: Goal, progress: Progress, form: MeasurementForm) -> ResponseReturnValue:
    return page(
        "measures/measure_list.html",
        form,
        goal=shown_goal(g.actor, goal),
        client=find_client(g.actor, goal.client_id),
        progress=progress,
        at=max(0, min(request.args.get("after", 0, type=int), MOST_AFTER)),
        of=request.args.get("of"),
        who=_who_of(goal, progress),
        listed=LISTED,
        may_edit=allowed(g.actor, Permission.EDIT_PLAN, goal),
    )


def _who_of(goal: Goal, progress: Progress) -> dict[UUID | None, str]:
    """Who recorded, by entry; a value without an author says by itself that it is the client's."""
    authors = {value.author_id for each in progress.courses for value in each.values}
    kept = people_kept_from(g.actor, goal.client_id)
    named = names_of([key for key in authors if key and key not in kept])
    return {**named, g.actor.practitioner_id: "you"}


@room.post("/goals/<uuid:goal_id>/measures", access=SIGNED_IN)
def measurement_record(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    progress = progress_of(g.actor, goal)
    form = measurement_form(progress)
    if find_measurement(g.actor, goal, form.new_id) is not None:
        return redirect(url_for("measures.measure_list", goal_id=goal_id), 303)
    row = attempt(form, lambda: _record(form, goal))
    if row is None:
        return _page(goal, progress, form)
    return _answer(goal, row)


def _record(form: MeasurementForm, goal: Goal) -> Measurement:
    assert form.value.data is not None
    assert form.taken_on.data is not None
    return operations.record_measurement(
        actor=g.actor,
        goal=goal,
        measurement_id=form.new_id,
        measure=form.measure.data or "",
        value=form.value.data,
        taken_on=form.taken_on.data,
        how=form.how.data or operations.WAYS[0],
        note=form.note.data,
    )


def _answer(goal: Goal, row: Measurement) -> ResponseReturnValue:
    """Back to where it was recorded; the words name no measure, they may stand in a cookie."""
    undo = url_for("measures.measurement_take_back", goal_id=goal.id, measurement_id=row.id)
    back = request.form.get("back", "")
    fields = {"back": back}
    place: dict[str, Any] = {"goal_id": goal.id}
    endpoint, anchor = "measures.measure_list", None
    if back == CLIENT_PAGE:
        place = {"client_id": goal.client_id, "goal": goal.id}
        endpoint, anchor = "clients.client_show", "progress"
    return done(
        endpoint, "The value is recorded.", undo=undo, undo_fields=fields, anchor=anchor, **place
    )


@room.post("/goals/<uuid:goal_id>/measures/<uuid:measurement_id>/take-back", access=SIGNED_IN)
def measurement_take_back(goal_id: UUID, measurement_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    row = get_measurement(g.actor, goal, measurement_id)
    operations.take_back_measurement(actor=g.actor, measurement=row)
    words = "The value is taken back."
    if request.form.get("back") == CLIENT_PAGE:
        return done(
            "clients.client_show", words, client_id=goal.client_id, goal=goal.id, anchor="progress"
        )
    return done("measures.measure_list", words, goal_id=goal_id)
