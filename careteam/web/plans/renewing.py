"""A newer version of the goal's pathway: what it would change, and taking it."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.features.clients.queries import find_client, get_led_goal
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.plans.renewing import plan_changes, take_newer
from careteam.features.teams.renewing import newer_pathway, team_changes
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/pathway/newer", access=SIGNED_IN)
def newer_show(goal_id: UUID) -> ResponseReturnValue:
    """There is no such page while the goal stands on the newest version."""
    goal = get_led_goal(g.actor, goal_id)
    new = newer_pathway(goal)
    if new is None:
        raise NotFound
    return page(
        "plans/newer_show.html",
        goal=goal,
        client=find_client(g.actor, goal.client_id),
        old=pathway_of(goal),
        new=new,
        team=team_changes(goal, new),
        plan=plan_changes(g.actor, goal, new),
        disciplines=load_content().catalogue.disciplines,
    )


@room.post("/goals/<uuid:goal_id>/pathway/newer", access=SIGNED_IN)
def newer_take(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    take_newer(actor=g.actor, goal=goal, version=request.form.get("pathway_version", ""))
    words = "The goal follows the newer version. What changed in the plan is marked as not agreed."
    return done("plans.plan_show", words, goal_id=goal_id)
