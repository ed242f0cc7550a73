"""The plan to take away as PDF: for the practitioners, and one page for the client."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.exports.plans import client_plan_pdf as client_pdf_of
from careteam.exports.plans import plan_pdf as pdf_of
from careteam.features.clients.queries import find_client, get_client, get_goal, get_led_goal
from careteam.features.plans.client_sheet import client_sheet
from careteam.features.plans.sheet import plan_sheet
from careteam.web.frame.files import taken_away
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan.pdf", access=SIGNED_IN)
def plan_pdf(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    sheet = plan_sheet(g.actor, goal, find_client(g.actor, goal.client_id))
    return taken_away(pdf_of(sheet), f"{sheet.file_name}.pdf", "application/pdf")


@room.get("/goals/<uuid:goal_id>/plan/client.pdf", access=SIGNED_IN)
def client_plan_pdf(goal_id: UUID) -> ResponseReturnValue:
    """Only whoever keeps the record sees all that the client does."""
    goal = get_led_goal(g.actor, goal_id)
    sheet = client_sheet(g.actor, goal, get_client(g.actor, goal.client_id))
    return taken_away(client_pdf_of(sheet), f"{sheet.file_name}.pdf", "application/pdf")
