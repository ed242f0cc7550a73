"""Versions of the plan: the list, one to read and to print, and publishing the next."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.plans.agreed import print_of, structure_of
from careteam.features.plans.agreeing import NO_WORDS, publish_version
from careteam.features.plans.models import PlanVersion
from careteam.features.plans.telling import ways_of_telling
from careteam.features.plans.version_view import version_view, version_views
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import Form, attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.plans.answering import Scene, answer, scene
from careteam.web.plans.room import room


class PublishForm(Form):
    seen = HiddenField()


@room.get("/goals/<uuid:goal_id>/plan/versions", access=SIGNED_IN)
def version_list(goal_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    shown = version_views(g.actor, seen.goal, seen.view.agreement)
    return page("plans/version_list.html", versions=shown, **seen.context)


@room.get("/goals/<uuid:goal_id>/plan/versions/<number>", access=SIGNED_IN)
def version_show(goal_id: UUID, number: str) -> ResponseReturnValue:
    seen = scene(goal_id)
    shown = version_view(g.actor, seen.goal, seen.view.agreement, number)
    return page("plans/version_show.html", version=shown, **seen.context)


@room.get("/goals/<uuid:goal_id>/plan/versions/<number>/print", access=SIGNED_IN)
def version_print(goal_id: UUID, number: str) -> ResponseReturnValue:
    seen = scene(goal_id)
    shown = version_view(g.actor, seen.goal, seen.view.agreement, number)
    return page("plans/version_print.html", version=shown, **seen.context)


@room.get("/goals/<uuid:goal_id>/plan/versions/new", access=SIGNED_IN)
def version_new(goal_id: UUID) -> ResponseReturnValue:
    return _publish_page(PublishForm(formdata=None), _editable(goal_id))


def _editable(goal_id: UUID) -> Scene:
    seen = scene(goal_id)
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    return seen


def _publish_page(form: PublishForm, seen: Scene) -> ResponseReturnValue:
    """What is published, for whom it changes something, and how each of them learns of it."""
    agreed, safety = seen.view.agreement, seen.view.safety
    asked = agreed.to_be_asked
    why_not = safety.words if safety.is_blocked else agreed.why_not
    if seen.goal.set_aside_at is not None:
        why_not = why_not or NO_WORDS
    return page(
        "plans/version_new.html",
        form,
        asked=asked,
        told=ways_of_telling(seen.goal.client_id, asked),
        why_not=why_not,
        print=print_of(structure_of(seen.view.plan)),
        **seen.context,
    )


@room.post("/goals/<uuid:goal_id>/plan/versions/new", access=SIGNED_IN)
def version_publish(goal_id: UUID) -> ResponseReturnValue:
    seen, form = _editable(goal_id), PublishForm()
    try:
        made: PlanVersion | None = attempt(form, lambda: _publish(form, seen.goal))
    except Conflict as error:
        return done("plans.version_new", error.message, kind="alert", goal_id=goal_id)
    if made is None:
        return _publish_page(form, seen)
    return answer(seen.goal, f"Version {made.number} is published.")


def _publish(form: PublishForm, goal: Goal) -> PlanVersion:
    return publish_version(
        actor=g.actor, goal=goal, after=form.version, seen=form.seen.data or None
    )
