"""The team of a goal: seats, factors, and a seat added by hand."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Goal
from careteam.features.clients.queries import get_client, get_goal, get_led_goal
from careteam.features.standing.queries import find_used
from careteam.features.teams.operations import add_seat
from careteam.features.teams.parts import safety_part
from careteam.features.teams.proposing import propose_team
from careteam.features.teams.queries import get_seat
from careteam.features.teams.view import view_team
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import SeatForm
from careteam.web.teams.room import room


@room.get("/goals/<uuid:goal_id>/team", access=SIGNED_IN)
def team_show(goal_id: UUID) -> ResponseReturnValue:
    goal = get_goal(g.actor, goal_id)
    form = SeatForm(formdata=None, data={"discipline": request.args.get("add", "")})
    return _team_page(form, goal, uuid4())


def _team_page(form: SeatForm, goal: Goal, new_id: UUID) -> ResponseReturnValue:
    form.offer_disciplines()
    client = get_client(g.actor, goal.client_id)
    team = view_team(g.actor, client, goal)
    return page(
        "teams/team_show.html",
        form,
        client=client,
        goal=team.goal,
        team=team,
        safety=safety_part(g.actor, client, goal),
        is_lead=team.may_edit,
        standing_team=find_used(g.actor, goal) if team.may_edit else None,
        new_id=new_id,
        adding=bool(request.args.get("add")) or request.method == "POST",
    )


@room.post("/goals/<uuid:goal_id>/team/propose", access=SIGNED_IN)
def team_propose(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    propose_team(actor=g.actor, goal=goal)
    return done("teams.team_show", "The team is in line with the pathway.", goal_id=goal.id)


@room.post("/goals/<uuid:goal_id>/team/new", access=SIGNED_IN)
def seat_add(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), SeatForm()
    form.offer_disciplines()
    new_id = form.new_id
    if _is_there(new_id):
        return redirect(url_for("teams.seat_show", goal_id=goal.id, seat_id=new_id), 303)
    seat = attempt(
        form,
        lambda: add_seat(
            actor=g.actor,
            goal=goal,
            seat_id=new_id,
            discipline=form.discipline.data,
            purpose=form.purpose.data or "",
            requirement=form.requirement.data,
        ),
    )
    if seat is None:
        return _team_page(form, goal, new_id)
    return done("teams.seat_show", "The place is on the team.", goal_id=goal.id, seat_id=seat.id)


def _is_there(seat_id: UUID) -> bool:
    try:
        return bool(get_seat(g.actor, seat_id))
    except NotFound:
        return False
