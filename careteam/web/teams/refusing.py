"""Whom the client does not want: noted from wherever names are shown, and taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.directory.queries import get_practitioner
from careteam.features.teams.wishing.operations import lift_refusal, note_refusal
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import NameForm
from careteam.web.teams.room import room
from careteam.web.teams.suggestion_asking import asked, state


@room.post("/goals/<uuid:goal_id>/refused", access=SIGNED_IN)
def refused_note(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), NameForm()
    who, client = get_practitioner(g.actor, form.who_id()), get_client(g.actor, goal.client_id)
    note_refusal(actor=g.actor, client=client, practitioner_id=who.id)
    words = f"{who.name} is named to {client.called} for no goal any more."
    return _back(goal, form, words, "teams.refused_lift", who.id)


@room.post("/goals/<uuid:goal_id>/refused/lift", access=SIGNED_IN)
def refused_lift(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), NameForm()
    who, client = get_practitioner(g.actor, form.who_id()), get_client(g.actor, goal.client_id)
    lift_refusal(actor=g.actor, client=client, practitioner_id=who.id)
    words = f"{who.name} can be named to {client.called} again."
    return _back(goal, form, words, "teams.refused_note", who.id)


def _back(goal: Goal, form: NameForm, words: str, undo: str, who: UUID) -> ResponseReturnValue:
    """To the place where it was said, or else to the suggested team."""
    fields, given = {"who": str(who)}, dict[str, Any](state(asked()))
    endpoint = "teams.suggestion_show"
    if form.seat.data:
        endpoint, given = "teams.seat_show", {"seat_id": form.seat_id()}
        fields["seat"] = form.seat.data
    undo_url = url_for(undo, goal_id=goal.id, **({} if form.seat.data else given))
    return done(endpoint, words, undo=undo_url, undo_fields=fields, goal_id=goal.id, **given)
