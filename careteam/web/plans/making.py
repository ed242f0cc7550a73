"""Making the plan out of the pathway, and moving the day it counts from."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.wording import count_words
from careteam.features.clients.models import Goal
from careteam.features.plans.making import AnchorMove, make_plan, move_plan, preview_anchor
from careteam.kit.errors import Conflict, Invalid
from careteam.web.frame.forms import attempt, conflict_rows, merged, page, shown
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import Scene, Undo, answer, scene, undo_since
from careteam.web.plans.forms import AnchorForm, MakeForm
from careteam.web.plans.room import room


@room.post("/goals/<uuid:goal_id>/plan/make", access=SIGNED_IN)
def plan_make(goal_id: UUID) -> ResponseReturnValue:
    seen, form = scene(goal_id), MakeForm()
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    made = attempt(
        form, lambda: make_plan(actor=g.actor, goal=seen.goal, anchor_on=form.anchor_on.data)
    )
    if made is None:
        return page("plans/plan_show.html", form, make=form, **scene(goal_id).context)
    words = count_words(len(made), "milestone")
    if not made:
        return answer(seen.goal, "Nothing is missing.")
    return answer(seen.goal, f"{words} added.", undo_since(seen.goal, seen.mark))


@room.get("/goals/<uuid:goal_id>/plan/anchor", access=SIGNED_IN)
def anchor_edit(goal_id: UUID) -> ResponseReturnValue:
    """With a day in the address, what moving to it would do."""
    seen = _editable(goal_id)
    form = AnchorForm(request.args if "anchor_on" in request.args else None, obj=seen.goal)
    if not request.args.get("anchor_on"):
        return _anchor_page(form, seen)
    form.anchor_on.validate(form)
    return _anchor_page(form, seen, preview=_preview(form, seen))


def _preview(form: AnchorForm, seen: Scene) -> AnchorMove | None:
    if form.errors or form.anchor_on.data is None:
        return None
    try:
        return preview_anchor(seen.view.plan, form.anchor_on.data)
    except Invalid as error:
        form.refuse(error)
        return None


@room.post("/goals/<uuid:goal_id>/plan/anchor", access=SIGNED_IN)
def anchor_save(goal_id: UUID) -> ResponseReturnValue:
    seen, form = _editable(goal_id), AnchorForm()
    before = seen.goal.anchor_on
    try:
        saved = attempt(form, lambda: _move(form, seen.goal))
    except Conflict as error:
        rows = conflict_rows(error, {"anchor_on": form.anchor_on.label.text})
        return _anchor_page(form, seen, 409, conflicts=rows)
    if saved is None:
        return _anchor_page(form, scene(goal_id))
    words = f"The plan counts from {saved.anchor_on:%-d %B %Y} now."
    return answer(saved, words, _undo(saved, before))


def _undo(goal: Goal, before: date | None) -> Undo | None:
    """Moving back is the inverse; there is none where the plan had no day before."""
    if before is None:
        return None
    now = shown({"anchor_on": goal.anchor_on})
    fields = {"anchor_on": before.isoformat(), "version": goal.version, "was": now}
    return Undo(url_for("plans.anchor_save", goal_id=goal.id), fields)


def _move(form: AnchorForm, goal: Goal) -> Goal:
    stored = {"anchor_on": goal.anchor_on}
    changes = merged(form.version, goal.version, stored, {"anchor_on": form.anchor_on.data})
    if not changes:
        return goal
    return move_plan(actor=g.actor, goal=goal, anchor_on=changes["anchor_on"])


def _editable(goal_id: UUID) -> Scene:
    seen = scene(goal_id)
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    return seen


def _anchor_page(
    form: AnchorForm, seen: Scene, status: int = 200, **context: object
) -> ResponseReturnValue:
    was = shown({"anchor_on": seen.goal.anchor_on})
    version = seen.goal.version
    return page(
        "plans/anchor_edit.html",
        form,
        status,
        was=was,
        version=version,
        **seen.context,
        **context,
    )
