"""The client's page: safety first, then team, plan, progress, referrals, and who sees what."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.features.clients.details import shown_language
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, list_goals
from careteam.features.clients.shown import shown_goals
from careteam.kit.errors import NotFound
from careteam.web.clients.composing import parts, sharing
from careteam.web.clients.forms import HOW_GIVEN, SAFE_WAYS
from careteam.web.clients.needs import needs
from careteam.web.clients.room import room
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN


@room.get("/clients/<uuid:client_id>", access=SIGNED_IN)
def client_show(client_id: UUID) -> ResponseReturnValue:
    client = get_client(g.actor, client_id)
    goals = list_goals(g.actor, client)
    goal = _chosen(goals, request.args.get("goal"))
    is_lead = allowed(g.actor, Permission.EDIT_CLIENT, client)
    shown = {each.id: each for each in shown_goals(g.actor, goals)}
    composed, who_sees = parts(g.actor, client, goal), sharing(g.actor, client, is_lead)
    chosen = shown[goal.id] if goal else None
    return page(
        "clients/client_show.html",
        client=client,
        goals=list(shown.values()),
        goal=chosen,
        is_lead=is_lead,
        language=shown_language(client.language),
        safe_ways=dict(SAFE_WAYS),
        ways=dict(HOW_GIVEN),
        sharing=who_sees,
        needs=needs(client, chosen, who_sees.blind, composed) if is_lead else (),
        parts=composed,
        **composed,
    )


def _chosen(goals: Sequence[Goal], given: str | None) -> Goal | None:
    """The goal the address names, else the first that stands."""
    if not given:
        return goals[0] if goals else None
    found = next((goal for goal in goals if str(goal.id) == given), None)
    if found is None:
        raise NotFound
    return found
