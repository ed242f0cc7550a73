"""Another pathway for the goal."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.features.clients.queries import get_led_goal
from careteam.features.pathways.content import load_content
from careteam.features.teams.proposing import switch_pathway
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.room import room


@room.post("/goals/<uuid:goal_id>/pathway", access=SIGNED_IN)
def pathway_switch(goal_id: UUID) -> ResponseReturnValue:
    """`pathway` takes the place of `instead_of`, the one the page showed."""
    goal = get_led_goal(g.actor, goal_id)
    new = load_content().pathways.get(request.form.get("pathway", ""))
    if new is None:
        raise NotFound
    if goal.pathway != (request.form.get("instead_of") or goal.pathway):
        raise Conflict("The pathway was changed a moment before you.")
    switch_pathway(actor=g.actor, goal=goal, pathway=new.id)
    return done(
        "clients.client_show",
        "The pathway is changed. The old wording, measure and aim are set aside.",
        client_id=goal.client_id,
        goal=goal.id,
    )
