"""The team suggested for the open seats of a goal, for whoever decides about the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.clients.shown import shown_goal
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import get_practitioner, names_of
from careteam.features.network.suggesting import Suggestion, Wishes, suggestion_of
from careteam.features.standing.queries import find_used, members_of
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.models import NameWish
from careteam.features.teams.parts import safety_part
from careteam.features.teams.pressing import first_of
from careteam.features.teams.queries import get_led_seat, list_seats
from careteam.features.teams.view import TeamView, view_team
from careteam.features.teams.wishing.operations import keep_name, leave_name_out, let_name_go
from careteam.features.teams.wishing.queries import list_wishes, wish_of
from careteam.features.teams.wishing.refused import refused_names
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done
from careteam.web.teams.forms import NameForm
from careteam.web.teams.room import room
from careteam.web.teams.suggestion_asking import (
    asked,
    chips,
    counted,
    language_of,
    state,
    wish_form,
)


@room.get("/goals/<uuid:goal_id>/suggestion", access=SIGNED_IN)
def suggestion_show(goal_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    client = get_client(g.actor, goal.client_id)
    standing = standing_outcomes(client.id)
    team = view_team(g.actor, client, goal, standing)
    first = first_of(next((each for each in standing if each.goal.id == goal.id), None))
    stored, used = list_wishes(g.actor, goal), find_used(g.actor, goal)
    wishes = asked(stored)
    found = None if first else _suggested(client, goal, team, wishes)
    knows_place = found is None or found.place_known
    return page(
        "teams/suggestion_show.html",
        form=wish_form(wishes),
        client=client,
        goal=shown_goal(g.actor, goal),
        safety=safety_part(g.actor, client, goal, standing),
        first=first,
        found=found,
        places={seat.id: seat for seat in team.seats},
        standing_team=used,
        standing={row.practitioner_id for row in members_of([used.id])[used.id]} if used else (),
        put_off=sum(seat.state == "later" for seat in team.seats),
        counted=counted(wishes, place_known=knows_place),
        language=language_of(client),
        active=chips(goal.id, wishes, place_known=knows_place),
        wished=_wished(stored, team),
        refused=refused_names(g.actor, client),
        refuse=_refusing(goal.id, wishes),
        change=_changing(goal.id, wishes),
        here=url_for("teams.suggestion_show", goal_id=goal.id),
        note_town=_noting_town(client, goal.id, wishes),
    )


@dataclass(frozen=True, slots=True)
class Wished:
    """A name that is kept for a place, or left out where `place` is empty."""

    id: UUID
    name: str
    place: str


def _wished(stored: Sequence[NameWish], team: TeamView) -> list[Wished]:
    """Of those kept, for places that are still to be filled."""
    names = names_of([wish.practitioner_id for wish in stored])
    places = {seat.id: seat.label for seat in team.seats if seat.state in ("open", "later")}
    return [
        Wished(who, names[who], places[wish.seat_id] if wish.seat_id else "")
        for wish in stored
        if (who := wish.practitioner_id) in names
        and (wish.seat_id is None or wish.seat_id in places)
    ]


def _changing(goal_id: UUID, wishes: Wishes) -> Callable[[str], str]:
    """Where to post a change of names, so that the sliders are found as they stand."""

    def address(verb: str) -> str:
        given: dict[str, Any] = dict(state(wishes))
        return url_for(f"teams.suggestion_{verb}", goal_id=goal_id, **given)

    return address


def _noting_town(client: Client, goal_id: UUID, wishes: Wishes) -> str:
    """Where the town is noted; saving leads back to the sliders as they stand."""
    given: dict[str, Any] = dict(state(wishes))
    back = url_for("teams.suggestion_show", goal_id=goal_id, **given)
    return url_for("clients.client_edit", client_id=client.id, back=back, _anchor="place")


def _refusing(goal_id: UUID, wishes: Wishes) -> str:
    given: dict[str, Any] = dict(state(wishes))
    return url_for("teams.refused_note", goal_id=goal_id, **given)


@room.post("/goals/<uuid:goal_id>/suggestion/keep", access=SIGNED_IN)
def suggestion_keep(goal_id: UUID) -> ResponseReturnValue:
    goal, form = get_led_goal(g.actor, goal_id), NameForm()
    who, seat = _named(form), get_led_seat(g.actor, form.seat_id(), goal.id)
    keep_name(actor=g.actor, goal=goal, seat=seat, practitioner_id=who.id)
    return _back(
        goal, f"{who.name} is kept for this place. Nobody is asked by that.", "let_go", who
    )


@room.post("/goals/<uuid:goal_id>/suggestion/leave-out", access=SIGNED_IN)
def suggestion_leave_out(goal_id: UUID) -> ResponseReturnValue:
    goal, who = get_led_goal(g.actor, goal_id), _named(NameForm())
    before = wish_of(goal, who.id)
    undo = {"seat": str(before.seat_id)} if before is not None and before.seat_id else {}
    leave_name_out(actor=g.actor, goal=goal, practitioner_id=who.id)
    words = f"{who.name} is left out for this goal, until you look at them again."
    return _back(goal, words, "keep" if undo else "let_go", who, undo)


@room.post("/goals/<uuid:goal_id>/suggestion/let-go", access=SIGNED_IN)
def suggestion_let_go(goal_id: UUID) -> ResponseReturnValue:
    goal, who = get_led_goal(g.actor, goal_id), _named(NameForm())
    before = wish_of(goal, who.id)
    if before is None:
        return _back(goal, f"{who.name} counts like everybody else.")
    seat_id = before.seat_id
    let_name_go(actor=g.actor, goal=goal, practitioner_id=who.id)
    words = f"{who.name} counts like everybody else again."
    undo = {"seat": str(seat_id)} if seat_id else {}
    return _back(goal, words, "keep" if undo else "leave_out", who, undo)


def _named(form: NameForm) -> Practitioner:
    return get_practitioner(g.actor, form.who_id())


def _back(
    goal: Goal,
    words: str,
    undo: str = "",
    who: Practitioner | None = None,
    fields: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    wishes = asked()
    given: dict[str, Any] = dict(state(wishes))
    return done(
        "teams.suggestion_show",
        words,
        undo=_changing(goal.id, wishes)(undo) if undo else None,
        undo_fields={"who": str(who.id), **(fields or {})} if who else None,
        goal_id=goal.id,
        **given,
    )


def _suggested(client: Client, goal: Goal, team: TeamView, wishes: Wishes) -> Suggestion:
    """Nobody is offered for a matter of today, which is one for the telephone."""
    today = {seat.id for seat in team.seats if seat.state in wishes.states and seat.leads_to_now}
    seats = [seat for seat in list_seats(g.actor, goal) if seat.id not in today]
    return suggestion_of(g.actor, client, goal, seats, wishes)
