"""From a line of Today to what others added: one press looks at it and takes the line away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.queries import get_led_goal
from careteam.features.referrals.queries import get_referral
from careteam.features.today.added_queries import AddedKind
from careteam.features.today.operations import see_added, see_files
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.room import SIGNED_IN
from careteam.web.today.room import room


@room.post("/added/files/<uuid:referral_id>/look", access=SIGNED_IN)
def files_look(referral_id: UUID) -> ResponseReturnValue:
    see_files(actor=g.actor, referral=get_referral(g.actor, referral_id), until_at=_until())
    return redirect(url_for("referrals.file_list", referral_id=referral_id), 303)


@room.post("/added/<kind>/<uuid:goal_id>/look", access=SIGNED_IN)
def added_look(kind: str, goal_id: UUID) -> ResponseReturnValue:
    if kind not in (AddedKind.HOLD, AddedKind.CLEARANCE, AddedKind.VALUE):
        raise NotFound
    goal = get_led_goal(g.actor, goal_id)
    see_added(actor=g.actor, goal=goal, kind=AddedKind(kind), until_at=_until())
    if kind == AddedKind.VALUE:
        return redirect(url_for("measures.measure_list", goal_id=goal_id), 303)
    page = url_for("clients.client_show", client_id=goal.client_id, goal=goal_id, _anchor="safety")
    return redirect(page, 303)


def _until() -> datetime:
    """Until when the line told of it; what came since then stays new."""
    try:
        until_at = datetime.fromisoformat(request.form.get("until", ""))
    except ValueError:
        return clock.now()
    return until_at if until_at.tzinfo else clock.now()
