"""The standing team that comes first for a goal: who of it could take which place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.matching import Accepting, Offered, Ranked, standing_first
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.directory.interests import disclosures
from careteam.features.directory.naming import Names
from careteam.features.directory.queries import Look, contacts_of
from careteam.features.pathways.content import pathway_of
from careteam.features.responsiveness.seeing import sees_in
from careteam.features.standing import operations
from careteam.features.standing.queries import find_used, get_team, list_teams
from careteam.features.standing.views import Member, StandingView, view_teams
from careteam.features.teams.candidates import LEFT_OUT, names_for_seats
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.parts import safety_part
from careteam.features.teams.pressing import Pressing, first_of
from careteam.features.teams.queries import list_seats
from careteam.features.teams.view import SeatView, TeamView, view_team
from careteam.features.teams.wishing.queries import list_refused, list_wishes
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import StandingTeamForm
from careteam.web.teams.room import room

NAMES_A_PLACE = 2


@dataclass(frozen=True, slots=True)
class Place:
    """An open place with the names for it, and whether there are more; None where the telephone
    comes first."""

    seat: SeatView
    offered: Offered | None
    has_more: bool = False
    empty_because: str = ""


@room.get("/goals/<uuid:goal_id>/standing-team", access=SIGNED_IN)
def standing_show(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    teams = view_teams(g.actor, list_teams(g.actor))
    used = find_used(g.actor, goal)
    view = next((each for each in teams if used is not None and each.team.id == used.id), None)
    standing = standing_outcomes(client.id)
    team = view_team(g.actor, client, goal, standing)
    first = first_of(next((each for each in standing if each.goal.id == goal.id), None))
    out = {row.practitioner_id for row in list_wishes(g.actor, goal) if row.seat_id is None}
    names = _names_by_place(client, goal, team, first, view, out) if view else {}
    places = _places(team, names, view.ids if view else ())
    people = [each.candidate for place in places for each in _names(place)]
    named = {UUID(each.practitioner_id) for each in people}
    decide = {who for who in (client.lead_id, g.actor.practitioner_id) if who is not None}
    return page(
        "teams/standing_show.html",
        client=client,
        goal=team.goal,
        team=team,
        safety=safety_part(g.actor, client, goal, standing),
        first=first,
        view=view,
        others=[each for each in teams if each is not view],
        places=places,
        left_out=list(
            _left_out(
                view,
                team,
                names.values(),
                list_refused(g.actor, client.id),
                out,
                _standing_in(goal, places),
            )
        )
        if view and not first
        else [],
        interests=disclosures(g.actor, decide, people) if people else {},
        contacts={str(key): each for key, each in contacts_of(g.actor, named).items()},
        sees={str(key): each for key, each in sees_in(g.actor, named).items()},
    )


def _names_by_place(
    client: Client,
    goal: Goal,
    team: TeamView,
    first: Pressing | None,
    view: StandingView,
    out: Collection[UUID],
) -> dict[UUID, Names]:
    """Nobody is named while something of this goal is for the telephone today."""
    if first is not None:
        return {}
    open_ids = {seat.id for seat in team.seats if seat.state == "open" and not seat.leads_to_now}
    seats = [seat for seat in list_seats(g.actor, goal) if seat.id in open_ids]
    if not seats:
        return {}
    own = {each.practitioner_id for each in view.members}
    look = Look(first=NAMES_A_PLACE)
    return names_for_seats(g.actor, client, seats, goal, look, own=own, left_out=out)


def _places(team: TeamView, names: dict[UUID, Names], own: Collection[str]) -> list[Place]:
    found = []
    for seat in team.seats:
        if seat.state != "open":
            continue
        here = names.get(seat.id)
        offered = standing_first(here.shortlist, own, NAMES_A_PLACE) if here else None
        more = here is not None and offered is not None and here.there > len(offered.first)
        found.append(Place(seat, offered, more, here.shortlist.empty_because if here else ""))
    return found


def _names(place: Place) -> tuple[Ranked, ...]:
    return place.offered.first if place.offered else ()


def _standing_in(goal: Goal, places: Iterable[Place]) -> dict[str, str]:
    """Disciplines that may stand in for one asked for, and the place they could take."""
    pathway = pathway_of(goal)
    roles = pathway.role_by_discipline if pathway else {}
    return {
        other: place.seat.label
        for place in places
        if place.seat.discipline in roles
        for other in roles[place.seat.discipline].alternatives
    }


def _left_out(
    view: StandingView,
    team: TeamView,
    names: Iterable[Names],
    refused: Collection[UUID],
    out: Collection[UUID],
    standing_in: Mapping[str, str],
) -> Iterable[tuple[Member, str]]:
    """Who of the standing team is named for no open place, and why."""
    lists = [each.shortlist for each in names]
    here = {seat.practitioner_id: seat for seat in team.seats if seat.state in ASKED}
    fits = {
        each.candidate.practitioner_id: each.accepting for found in lists for each in found.ranked
    }
    off = {each.candidate.practitioner_id: each.why for found in lists for each in found.excluded}
    for member in view.members:
        key = str(member.practitioner_id)
        if fits.get(key) in (Accepting.YES, Accepting.UNKNOWN):
            continue
        if member.is_gone:
            yield member, "no longer in the directory"
        elif member.practitioner_id in refused:
            yield member, "the client does not want them"
        elif member.practitioner_id in out:
            yield member, LEFT_OUT
        elif member.practitioner_id in here:
            yield member, ASKED[here[member.practitioner_id].state]
        elif key in fits:
            yield member, "takes no new clients"
        elif key in off:
            yield member, off[key]
        elif member.discipline in standing_in:
            place = standing_in[member.discipline]
            yield member, f"could stand in, but “{place}” has names enough"
        else:
            yield member, "no open place asks for this"


ASKED = {"filled": "on this team already", "referred": "asked for this team already"}


@room.post("/goals/<uuid:goal_id>/standing-team", access=SIGNED_IN)
def standing_use(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), StandingTeamForm()
    team = get_team(g.actor, form.team_id())
    operations.use_team(actor=g.actor, goal=goal, team=team)
    undo = url_for("teams.standing_leave", goal_id=goal.id)
    words = f"“{team.name}” comes first here. Nobody is asked by that."
    return done("teams.standing_show", words, undo=undo, goal_id=goal.id)


@room.post("/goals/<uuid:goal_id>/standing-team/leave", access=SIGNED_IN)
def standing_leave(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    used = find_used(g.actor, goal)
    operations.stop_using(actor=g.actor, goal=goal)
    undo = url_for("teams.standing_use", goal_id=goal.id) if used else None
    words = "Names come in the plain order again."
    fields = {"team": str(used.id)} if used else None
    return done("teams.team_show", words, undo=undo, undo_fields=fields, goal_id=goal.id)
