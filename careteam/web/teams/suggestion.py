"""The team suggested for the open seats of a goal, for whoever decides about the team."""

from __future__ import annotations

from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.clients.shown import shown_goal
from careteam.features.network.suggesting import Suggestion, Wishes, suggestion_of
from careteam.features.standing.queries import find_used, members_of
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.parts import safety_part
from careteam.features.teams.pressing import first_of
from careteam.features.teams.queries import list_seats
from careteam.features.teams.view import TeamView, view_team
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.teams.room import room
from careteam.web.teams.suggestion_asking import (
    asked,
    changing,
    chips,
    counted,
    language_of,
    wish_form,
)


@room.get("/goals/<uuid:goal_id>/suggestion", access=SIGNED_IN)
def suggestion_show(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    standing = standing_outcomes(client.id)
    team = view_team(g.actor, client, goal, standing)
    first = first_of(next((each for each in standing if each.goal.id == goal.id), None))
    wishes, used = asked(), find_used(g.actor, goal)
    return page(
        "teams/suggestion_show.html",
        form=wish_form(wishes),
        client=client,
        goal=shown_goal(g.actor, goal),
        safety=safety_part(g.actor, client, goal, standing),
        first=first,
        found=None if first else _suggested(client, goal, team, wishes),
        places={seat.id: seat for seat in team.seats},
        standing_team=used,
        standing={row.practitioner_id for row in members_of([used.id])[used.id]} if used else (),
        put_off=sum(seat.state == "later" for seat in team.seats),
        counted=counted(wishes),
        language=language_of(client),
        active=chips(goal.id, wishes),
        address=changing(goal.id, wishes),
        here=url_for("teams.suggestion_show", goal_id=goal.id),
    )


def _suggested(client: Client, goal: Goal, team: TeamView, wishes: Wishes) -> Suggestion:
    """Nobody is offered for a matter of today, which is one for the telephone."""
    today = {seat.id for seat in team.seats if seat.state in wishes.states and seat.leads_to_now}
    seats = [seat for seat in list_seats(g.actor, goal) if seat.id not in today]
    return suggestion_of(g.actor, client, goal, seats, wishes)
