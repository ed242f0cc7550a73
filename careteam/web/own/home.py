"""Hello and the next thing to do; who is on the team."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.features.directory.queries import Contact, party_contacts
from careteam.features.plans.view import Line, PlanView, view_plan
from careteam.features.referrals.queries.choices import list_choices
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.labels import seat_label
from careteam.features.teams.seated_queries import list_seated
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.own.notes import count_new
from careteam.web.own.opening import door
from careteam.web.own.place import Own, marks_of, own
from careteam.web.own.room import room
from careteam.web.own.screening import open_questions
from careteam.web.own.sharing import pending


@room.get("/p/<uuid:link_id>", access=CLIENT)
def home_show(link_id: UUID) -> ResponseReturnValue:
    if not g.actor.is_confirmed:
        return door()
    place = own()
    marks, plans = marks_of(place), plans_of(g.actor, place)
    return page(
        "own/home_show.html",
        own=place,
        marks=marks,
        next=next_step(plans, mine=True),
        to_agree=[plan.goal.id for plan in plans if plan.agreement.to_answer],
        others=next_step(plans, mine=False),
        of_plan=sum(len(plan.lines) for plan in plans),
        people=len(people_of(g.actor, place)),
        hand_over=pending(place.client),
        new_notes=count_new(place),
        questions=open_questions(place),
    )


def plans_of(actor: Actor, place: Own) -> list[PlanView]:
    standing = standing_outcomes(place.client.id)
    return [view_plan(actor, goal, place.client.called, standing) for goal in place.goals]


def next_step(plans: Iterable[PlanView], *, mine: bool) -> Line | None:
    """The open step that comes first, of the client or of the others: one that nothing holds back,
    due soonest."""
    steps = [
        line
        for plan in plans
        if plan.goal.status == "active" and not plan.safety.is_blocked
        for line in plan.lines
        if line.is_mine is mine and line.is_open
    ]
    steps.sort(key=lambda line: (not line.is_ready, line.row.due_on, line.row.title))
    return steps[0] if steps else None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the team. `is_asked`: no yes yet. `choices`: how they came to be here."""

    contact: Contact
    roles: tuple[str, ...]
    is_asked: bool = False
    choices: tuple[str, ...] = ()


def people_of(actor: Actor, place: Own) -> list[Person]:
    """Everybody but the lead, in the order of the teams; somebody with two parts stands once."""
    roles: dict[UUID, dict[str, bool]] = {}
    seats: set[UUID] = set()
    standing = {goal.id for goal in place.goals}
    for seat in list_seated(actor, place.client.id):
        if seat.goal_id in standing and seat.practitioner_id != place.client.lead_id:
            parts = roles.setdefault(seat.practitioner_id, {})
            role = seat_label(seat.discipline)
            seats.add(seat.seat_id)
            parts[role] = seat.state == "referred" and parts.get(role, True)
    contacts = party_contacts(roles)
    choices = list_choices(actor, seats) if seats else []
    return [
        Person(
            contacts[key],
            tuple(parts),
            is_asked=all(parts.values()),
            choices=tuple(each.words("You") for each in choices if each.chosen_id == key),
        )
        for key, parts in roles.items()
    ]
