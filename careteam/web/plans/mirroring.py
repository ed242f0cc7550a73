"""A milestone shared with a partner's plan: in which words and which plan, and ending it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectField
from wtforms.validators import InputRequired

from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import STANDING_GOALS, get_client, list_goals
from careteam.features.clients.shown import shown_goals
from careteam.features.plans.mirror_queries import mirrored_among
from careteam.features.plans.mirroring import may_be_twin, mirror, mirror_as, stop_mirroring
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import get_milestone, is_taken
from careteam.features.plans.schedule import load_plan
from careteam.features.teams.partners.queries import find_linked
from careteam.kit.errors import Conflict, Invalid, NotFound
from careteam.web.frame.filters import day_short
from careteam.web.frame.forms import Form, attempt, choices, line, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import Scene, answer, scene
from careteam.web.plans.changing import sent_version
from careteam.web.plans.room import room


class MirrorForm(Form):
    goal = SelectField("In which plan", validators=[InputRequired("Choose a plan.")])
    twin = SelectField("Is it in that plan already?", validate_choice=False, default="")
    title = line("What the partner's plan calls it")


def _shareable(goal_id: UUID, milestone_id: UUID) -> tuple[Scene, Client]:
    """The plan, and the partner whose plan may take the milestone. Raises `NotFound`."""
    seen = scene(goal_id)
    require(g.actor, Permission.EDIT_PLAN, seen.goal)
    seen.view.line(milestone_id)
    linked = find_linked(g.actor, seen.goal.client_id)
    if linked is None or linked.partner_id is None:
        raise NotFound
    return seen, get_client(g.actor, linked.partner_id)


def _page(
    form: MirrorForm, seen: Scene, partner: Client, milestone_id: UUID, new_id: UUID
) -> ResponseReturnValue:
    line = seen.view.line(milestone_id)
    _offer(form, partner, line.row)
    return page(
        "plans/mirror_new.html",
        form,
        partner=partner,
        line=line,
        new_id=new_id,
        **seen.context,
    )


def _offer(form: MirrorForm, partner: Client, milestone: Milestone) -> None:
    goals = [goal for goal in list_goals(g.actor, partner) if goal.status in STANDING_GOALS]
    form.goal.choices = choices(
        (str(each.id), each.statement) for each in shown_goals(g.actor, goals)
    )
    twins = [
        (str(row.id), f"Yes: {row.title}, {day_short(row.due_on)}")
        for goal in goals
        for rows in (load_plan(g.actor, goal).rows,)
        for shared in (mirrored_among(rows),)
        for row in rows
        if row.id not in shared and may_be_twin(milestone, row)
    ]
    form.twin.choices = choices([("", "No, add it"), *twins])


@room.get("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/share", access=SIGNED_IN)
def mirror_new(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen, partner = _shareable(goal_id, milestone_id)
    return _page(MirrorForm(formdata=None), seen, partner, milestone_id, uuid4())


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/share", access=SIGNED_IN)
def mirror_create(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen, partner = _shareable(goal_id, milestone_id)
    form, milestone = MirrorForm(), get_milestone(g.actor, seen.goal, milestone_id)
    _offer(form, partner, milestone)
    if is_taken(form.new_id):
        return redirect(
            url_for("plans.milestone_show", goal_id=goal_id, milestone_id=milestone_id), 303
        )
    try:
        shared = attempt(form, lambda: _mirror(form, milestone, partner))
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    if shared is None:
        return _page(form, seen, partner, milestone_id, form.new_id)
    return answer(seen.goal, f"{milestone.title} stands in the plan of {partner.called} too.")


def _mirror(form: MirrorForm, milestone: Milestone, partner: Client) -> Milestone:
    goals = {str(goal.id): goal for goal in list_goals(g.actor, partner)}
    if form.twin.data:
        return _mirror_as(form.twin.data, milestone, goals.values())
    if not form.title.data:
        raise Invalid("Say what it is to be called.", field="title")
    return mirror(
        actor=g.actor,
        milestone=milestone,
        goal=goals[form.goal.data],
        milestone_id=form.new_id,
        title=form.title.data,
    )


def _mirror_as(twin_id: str, milestone: Milestone, goals: Iterable[Goal]) -> Milestone:
    for goal in goals:
        for row in load_plan(g.actor, goal).rows:
            if str(row.id) == twin_id:
                return mirror_as(actor=g.actor, milestone=milestone, goal=goal, twin=row)
    raise Invalid("This step is not in the plan any more.", field="twin")


@room.post("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>/unshare", access=SIGNED_IN)
def mirror_end(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    try:
        stop_mirroring(actor=g.actor, milestone=milestone, version=sent_version())
    except Conflict as error:
        return answer(seen.goal, error.message, kind="alert")
    return answer(seen.goal, f"{milestone.title} stands in this plan only.")
