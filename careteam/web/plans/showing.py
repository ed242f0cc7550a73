"""The plan on the screen and on paper, and one milestone with its history."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.plans.following import late_words
from careteam.features.plans.history import Naming, steps
from careteam.features.plans.models import PlanChange
from careteam.features.plans.queries import get_milestone, list_changes, titles_of
from careteam.features.plans.saying import room_words
from careteam.features.plans.sheet import effects_on_paper, version_words, waits_on_paper
from careteam.features.plans.view import PlanView
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.partners.queries import find_linked
from careteam.features.teams.renewing import newer_pathway
from careteam.features.teams.seated_queries import people_kept_from
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import scene
from careteam.web.plans.forms import MakeForm
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan", access=SIGNED_IN)
def plan_show(goal_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    newer = newer_pathway(seen.goal) if seen.view.can_edit else None
    return page("plans/plan_show.html", make=MakeForm(), newer=newer, **seen.context)


@room.get("/goals/<uuid:goal_id>/plan/print", access=SIGNED_IN)
def plan_print(goal_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    waits = {line.value.id: waits_on_paper(line) for line in seen.view.lines}
    return page(
        "plans/plan_print.html",
        waits=waits,
        version=version_words(seen.view.agreement),
        effects=effects_on_paper(g.actor, seen.goal, standing_outcomes(seen.goal.client_id)),
        **seen.context,
    )


@room.get("/goals/<uuid:goal_id>/plan/milestones/<uuid:milestone_id>", access=SIGNED_IN)
def milestone_show(goal_id: UUID, milestone_id: UUID) -> ResponseReturnValue:
    """A milestone that takes no part in the plan is a matter of whoever keeps the record."""
    seen = scene(goal_id)
    line = seen.view.line(milestone_id)
    milestone = get_milestone(g.actor, seen.goal, milestone_id)
    changes = list_changes(milestone)
    linked = find_linked(g.actor, milestone.client_id) if seen.view.can_edit else None
    return page(
        "plans/milestone_show.html",
        line=line,
        linked=linked,
        room=room_words(seen.view.plan, line.value.id),
        late=late_words(seen.view.plan, line.row),
        steps=steps(changes, naming(seen.view, changes)),
        **seen.context,
    )


def naming(view: PlanView, changes: Iterable[PlanChange]) -> Naming:
    """Names owners and milestones to the reader, those no longer in the plan too."""
    mentioned = {
        UUID(key)
        for change in changes
        if change.field in ("depends_on", "lags")
        for side in (change.old, change.new)
        for key in side.get("value") or ()
    }
    known = {line.value.id: line.row.title for line in view.lines}
    titles = {**titles_of(mentioned, g.actor), **known}
    return Naming(view.owners.label, titles, people_kept_from(g.actor, view.goal.client_id))
