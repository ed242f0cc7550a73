"""The client's plan as one page for paper."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.exports.plans import client_plan_pdf
from careteam.features.plans.client_sheet import client_sheet
from careteam.web.frame.files import taken_away
from careteam.web.frame.room import CLIENT
from careteam.web.own.place import Own, behind_the_code
from careteam.web.own.room import room


@room.get("/p/<uuid:link_id>/goals/<uuid:goal_id>/plan.pdf", access=CLIENT)
@behind_the_code
def plan_pdf(place: Own, goal_id: UUID) -> ResponseReturnValue:
    sheet = client_sheet(g.actor, place.goal(goal_id), place.client)
    return taken_away(client_plan_pdf(sheet), f"{sheet.file_name}.pdf", "application/pdf")
