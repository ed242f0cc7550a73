"""The plan to take away as PDF."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.exports.plans import plan_pdf as pdf_of
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.plans.sheet import plan_sheet
from careteam.web.frame.files import taken_away
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan.pdf", access=SIGNED_IN)
def plan_pdf(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    sheet = plan_sheet(g.actor, goal, find_client(g.actor, goal.client_id))
    return taken_away(pdf_of(sheet), f"{sheet.file_name}.pdf", "application/pdf")
