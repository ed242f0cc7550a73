"""How far a milestone is: the tick, the small form, and undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.domain.planning import STATE_LABELS, MilestoneState
from careteam.domain.wording import count_words
from careteam.features.plans import operations
from careteam.features.plans.checking import Progress
from careteam.features.plans.following import undo_changes
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import get_milestone
from careteam.features.plans.view import Line
from careteam.kit.errors import Conflict, Invalid
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import Scene, answer, scene, undo_since
from careteam.web.plans.changing import conflict_words, sent_version, shown_version
from careteam.web.plans.forms import MoveForm, SpanForm
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/move", access=SIGNED_IN)
def milestone_move(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    line = seen.view.line(milestone_id)
    require(g.actor, Permission.MOVE_MILESTONE, line.row)
    return _move_page(_asking(MoveForm(obj=line.row), seen, line), seen, line.row)


def _asking(form: MoveForm, seen: Scene, line: Line) -> MoveForm:
    """Whoever keeps the record enters by hand what others saw to."""
    if seen.view.can_edit and not line.is_mine:
        form.ask_who_told(line.owner)
    else:
        del form.way, form.told_by
    return form


def _move_page(
    form: MoveForm, seen: Scene, milestone: Milestone, status: int = 200, **context: Any
) -> ResponseReturnValue:
    line = seen.view.line(milestone.id)
    return page(
        "plans/milestone_move.html",
        form,
        status,
        milestone=milestone,
        line=line,
        version=shown_version(form, milestone, status),
        **seen.context,
        **context,
    )


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/move", access=SIGNED_IN)
def milestone_moved(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen, form = scene(goal_id), MoveForm()
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    require(g.actor, Permission.MOVE_MILESTONE, milestone)
    _asking(form, seen, seen.view.line(milestone_id))
    try:
        moved = attempt(form, lambda: _move(form, milestone))
    except Conflict as error:
        rows = conflict_words(error, seen, milestone)
        return _move_page(form, seen, milestone, 409, conflicts=rows)
    if moved is None:
        return _move_page(form, seen, milestone)
    return answer(seen.goal, _words(moved), moved)


def _move(form: MoveForm, milestone: Milestone) -> Milestone:
    return operations.move_milestone(
        actor=g.actor,
        milestone=milestone,
        version=form.version,
        progress=form.progress or Progress(""),
        told=form.told if form.way else None,
    )


def _words(milestone: Milestone) -> str:
    state = MilestoneState(milestone.status)
    if state is MilestoneState.DONE:
        return f"{milestone.title} is reached."
    return f"{milestone.title}: {STATE_LABELS[state].lower()}."


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/undo", access=SIGNED_IN)
def milestone_undo(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    try:
        operations.undo_change(actor=g.actor, milestone=milestone, version=sent_version())
    except (Conflict, Invalid) as error:
        return answer(seen.goal, error.message, kind="alert")
    return answer(seen.goal, f"{milestone.title} is as it was before.", milestone)


@room.post("/goals/<uuid:goal_id>/plan/undo", access=SIGNED_IN)
def plan_undo(goal_id: UUID) -> ResponseReturnValue:
    """Turn back several changes that were made together."""
    seen, form = scene(goal_id), SpanForm()
    try:
        turned = undo_changes(
            actor=g.actor, goal=seen.goal, since=form.first or 0, until=form.last or 0
        )
    except (Conflict, Invalid) as error:
        return answer(seen.goal, error.message, kind="alert")
    words = f"{count_words(turned, 'milestone')} as before."
    return answer(seen.goal, words, undo_since(seen.goal, seen.mark))
