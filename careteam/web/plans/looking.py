"""Other ways to look at a plan: a month as a calendar, and who waits for whom."""

from __future__ import annotations

from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.planning import read_month
from careteam.features.plans.month import plan_month
from careteam.features.plans.waiting import people_of
from careteam.kit import clock
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.plans.answering import scene
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan/month", access=SIGNED_IN)
def month_show(goal_id: UUID) -> ResponseReturnValue:
    """An address that names no month shows this one."""
    seen = scene(goal_id)
    day = read_month(request.args.get("on")) or clock.today()
    return page("plans/month_show.html", sheet=plan_month(g.actor, seen.view, day), **seen.context)


@room.get("/goals/<uuid:goal_id>/plan/waiting", access=SIGNED_IN)
def waiting_show(goal_id: UUID) -> ResponseReturnValue:
    seen = scene(goal_id)
    return page("plans/waiting_show.html", people=people_of(seen.view), **seen.context)
