"""Milestones added, changed, removed and kept: what the lead does."""

from __future__ import annotations

from textwrap import shorten
from typing import Any
from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.planning import LEAD
from careteam.features.plans import operations
from careteam.features.plans.changes import owner_key
from careteam.features.plans.following import move_along
from careteam.features.plans.history import LABELS, in_words
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import find_milestone, get_milestone, list_changes
from careteam.features.referrals.reported import Asked, asked_of_plan
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import SHORT, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import Scene, answer, scene, undo_since
from careteam.web.plans.following import asks_again, left_words, shifts_shown
from careteam.web.plans.forms import FollowForm, MilestoneForm, MoveForm
from careteam.web.plans.room import room
from careteam.web.plans.showing import naming

FROM_REPORT = ("referral", "report", "part")
"""What of the address says from which report it is made."""


def _editable(goal_id: UUID) -> Scene:
    seen = scene(goal_id)
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    return seen


def _offered(form: MilestoneForm, seen: Scene, milestone: Milestone | None = None) -> MilestoneForm:
    kept = owner_key(milestone) if milestone else None
    own = str(milestone.id) if milestone else None
    others = [(line.value.id, line.row.title) for line in seen.view.lines if line.value.id != own]
    form.offer(seen.view.owners.choices(kept), others)
    return form


@room.get("/goals/<uuid:goal_id>/plan/milestones/new", access=SIGNED_IN)
def milestone_new(goal_id: UUID) -> ResponseReturnValue:
    seen = _editable(goal_id)
    form = MilestoneForm(formdata=None, data=_begun(_from_report(goal_id)))
    return _new_page(_offered(form, seen), seen, uuid4())


def _from_report(goal_id: UUID) -> tuple[Asked, str] | None:
    """What of a report the address names, and as which part. Its words stand in no address."""
    referral_id = request.args.get("referral", type=UUID)
    number = request.args.get("report", type=int)
    if referral_id is None or number is None:
        return None
    part = request.args.get("part", "")
    asked = asked_of_plan(g.actor, goal_id, referral_id, number, part)
    return (asked, part) if asked else None


def _begun(found: tuple[Asked, str] | None) -> dict[str, str]:
    """The first words of a milestone that a report asks for."""
    if found is None:
        return {}
    words = found[0].as_milestone(found[1])
    title = shorten(words, SHORT, placeholder="...")
    return {"title": title} if title == words else {"title": title, "criterion": words[:2000]}


def _new_page(form: MilestoneForm, seen: Scene, new_id: UUID) -> ResponseReturnValue:
    kept = {key: request.args[key] for key in FROM_REPORT if key in request.args}
    return page("plans/milestone_new.html", form, new_id=new_id, from_report=kept, **seen.context)


@room.post("/goals/<uuid:goal_id>/plan/milestones/new", access=SIGNED_IN)
def milestone_create(goal_id: UUID) -> ResponseReturnValue:
    seen = _editable(goal_id)
    form = _offered(MilestoneForm(), seen)
    new_id = form.new_id
    if find_milestone(g.actor, seen.goal, new_id) is not None:
        return redirect(url_for("plans.plan_show", goal_id=goal_id), 303)
    found = _from_report(goal_id)
    added = attempt(
        form,
        lambda: operations.add_milestone(
            actor=g.actor,
            goal=seen.goal,
            milestone_id=new_id,
            structure=form.structure(LEAD),
            source=(found[0].report.id, found[1]) if found else None,
        ),
    )
    if added is None:
        return _new_page(form, seen, new_id)
    return answer(seen.goal, f"{added.title} is in the plan.", added)


@room.get("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/edit", access=SIGNED_IN)
def milestone_edit(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = _editable(goal_id)
    line = seen.view.line(milestone_id)
    form = MilestoneForm(
        obj=line.row, data={"owner": owner_key(line.row), "depends_on": line.value.depends_on}
    )
    form.depends_on.show(line.value.lags)
    return _edit_page(_offered(form, seen, line.row), seen, line.row)


def _edit_page(
    form: MilestoneForm, seen: Scene, milestone: Milestone, status: int = 200, **context: Any
) -> ResponseReturnValue:
    return page(
        "plans/milestone_edit.html",
        form,
        status,
        milestone=milestone,
        version=shown_version(form, milestone, status),
        **seen.context,
        **context,
    )


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/edit", access=SIGNED_IN)
def milestone_save(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = _editable(goal_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    form = _offered(MilestoneForm(), seen, milestone)
    shifts = shifts_shown(form, seen, milestone)
    choice = FollowForm()
    if shifts and asks_again(choice, shifts, is_late=form.version != milestone.version):
        status = 422 if choice.errors else 200
        return _edit_page(form, seen, milestone, status, shifts=shifts, choice=choice)
    try:
        saved = attempt(form, lambda: _save(form, milestone))
        if saved is not None and saved.due_on != form.due_on.data:
            shifts = None
        if saved is not None and shifts and choice.follow.data == "move":
            move_along(actor=g.actor, goal=seen.goal, shifts=shifts)
    except Conflict as error:
        if not error.theirs:
            form.refuse(error)
        rows = conflict_words(error, seen, milestone)
        return _edit_page(form, seen, milestone, 409, conflicts=rows)
    if saved is None:
        return _edit_page(form, seen, milestone)
    if shifts and choice.follow.data == "move":
        undo = undo_since(seen.goal, seen.mark)
        return answer(seen.goal, f"{saved.title} is saved. {shifts.words}", undo)
    left = left_words(shifts) if shifts else ""
    return answer(seen.goal, f"{saved.title} is saved.{left}", saved)


def _save(form: MilestoneForm, milestone: Milestone) -> Milestone:
    return operations.change_milestone(
        actor=g.actor,
        milestone=milestone,
        version=form.version,
        structure=form.structure(owner_key(milestone)),
        progress=form.progress,
    )


def conflict_words(error: Conflict, seen: Scene, milestone: Milestone) -> list[dict[str, Any]]:
    """Rows for `ui.conflicts`, in words, with who changed the field last."""
    changes = list_changes(milestone)
    names = naming(seen.view, changes)
    last = {change.field: change for change in reversed(changes)}
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


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/remove", access=SIGNED_IN)
def milestone_remove(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    try:
        operations.remove_milestone(actor=g.actor, milestone=milestone, version=sent_version())
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    return answer(seen.goal, f"{milestone.title} is out of the plan.", milestone)


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/keep", access=SIGNED_IN)
def milestone_keep(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    try:
        operations.keep_milestone(actor=g.actor, milestone=milestone, version=sent_version())
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    return answer(seen.goal, f"{milestone.title} stays in the plan.", milestone)


def shown_version(form: MoveForm, milestone: Milestone, status: int) -> int | None:
    """The version a form is shown with: what was typed late is still judged by what its page
    showed; only where both texts were shown side by side is it judged by what stands now.
    """
    is_refused = form.is_submitted() and status != 409
    return form.version if is_refused else milestone.version


def sent_version() -> int | None:
    """The version a one-button form carries."""
    return MilestoneForm().version
