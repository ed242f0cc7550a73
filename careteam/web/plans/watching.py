"""Has the plan changed since this page was made?"""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.watching import news_of_plan
from careteam.web.plans.room import room


@room.get("/goals/<uuid:goal_id>/plan/changed", access=SIGNED_IN)
def plan_changed(goal_id: UUID) -> ResponseReturnValue:
    return news_of_plan(goal_id)
