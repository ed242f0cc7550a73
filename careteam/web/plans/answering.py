"""What the views of this room share: the page around a plan, and how a change is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.clients.shown import ShownGoal, shown_goal
from careteam.features.plans.folding import folds_of
from careteam.features.plans.models import Milestone
from careteam.features.plans.parts import plan_part
from careteam.features.plans.view import PlanView, view_plan
from careteam.features.plans.watch_queries import Mark, mark_of
from careteam.web.frame.agreement import AnswerForm
from careteam.web.frame.sending import done, is_in_place

CLIENT_PAGE = "client"
"""The value of the field `back` that returns to the client's page."""
LONGEST_FOLD = 20


@dataclass(frozen=True)
class Scene:
    """A goal with its client, the words that may be shown, the plan, and how it stood before it
    was read."""

    goal: Goal
    client: Client | None
    shown: ShownGoal
    view: PlanView
    mark: Mark

    @property
    def context(self) -> dict[str, Any]:
        return {
            "goal": self.shown,
            "client": self.client,
            "view": self.view,
            "folds": folds_of(self.view.lines, fold_asked()),
            "fold_asked": fold_asked(),
            "mark": self.mark,
            "answering": AnswerForm(formdata=None),
        }


def fold_asked() -> str:
    """The fold of a long plan that the reader has opened; a change in it comes back to it."""
    return request.values.get("fold", "")[:LONGEST_FOLD]


def scene(goal_id: UUID) -> Scene:
    """Raises `NotFound` for a goal out of reach."""
    goal, mark = get_goal(g.actor, goal_id), mark_of(g.actor, goal_id)
    client = find_client(g.actor, goal.client_id)
    name = client.called if client else "The client"
    return Scene(goal, client, shown_goal(g.actor, goal), view_plan(g.actor, goal, name), mark)


@dataclass(frozen=True)
class Undo:
    """The inverse of what was just done: where it is posted to, and with what."""

    url: str
    fields: dict[str, Any]


def undo_of(milestone: Milestone) -> Undo:
    """Of the last change of one milestone."""
    url = url_for("plans.milestone_undo", goal_id=milestone.goal_id, milestone_id=milestone.id)
    return Undo(url, {"version": milestone.version})


def undo_since(goal: Goal, mark: Mark) -> Undo:
    """Of everything the reader has changed on the plan since a mark."""
    until = mark_of(g.actor, goal.id).change
    url = url_for("plans.plan_undo", goal_id=goal.id)
    return Undo(url, {"since": mark.change, "until": until})


def answer(
    goal: Goal, text: str, offered: Milestone | Undo | None = None, kind: str = "good"
) -> ResponseReturnValue:
    """Back to where the change was made, with the Undo that is offered: of a milestone, that of
    its last change.
    """
    back = request.form.get("back", "")
    found = undo_of(offered) if isinstance(offered, Milestone) else offered
    undo = found.url if found else None
    fields = {**found.fields, "back": back, "fold": fold_asked()} if found else None
    if is_in_place():
        flash({"text": text, "undo": undo, "fields": fields} if undo else text, kind)  # type: ignore[arg-type]
        return _in_place(goal, back)
    if back == CLIENT_PAGE:
        place: dict[str, Any] = {"client_id": goal.client_id, "goal": goal.id}
        return done(
            "clients.client_show",
            text,
            kind=kind,
            undo=undo,
            undo_fields=fields,
            anchor="plan",
            **place,
        )
    fold = fold_asked() or None
    return done(
        "plans.plan_show",
        text,
        kind=kind,
        undo=undo,
        undo_fields=fields,
        anchor=f"fold-{fold}" if fold else None,
        goal_id=goal.id,
        fold=fold,
    )


def _in_place(goal: Goal, back: str) -> str:
    """The part of the page that shows the plan, drawn anew."""
    if back == CLIENT_PAGE:
        client = find_client(g.actor, goal.client_id)
        assert client is not None
        parts = {"plan": plan_part(g.actor, client, goal)}
        return render_template(
            "plans/_plan.html", parts=parts, goal=goal, client=client, in_place=True
        )
    return render_template("plans/_whole.html", **scene(goal.id).context, in_place=True)
