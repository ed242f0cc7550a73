"""One seat: who could fill it, and what else can be done with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue

from careteam.domain.matching import Candidate, Offered, Ranked, standing_first
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import get_client, get_led_goal
from careteam.features.clients.shown import shown_goal
from careteam.features.directory.interests import disclosures
from careteam.features.directory.naming import Names
from careteam.features.directory.queries import Look, contacts_of
from careteam.features.plans.queries import count_open_milestones
from careteam.features.referrals.queries.choices import list_choices
from careteam.features.responsiveness.seeing import sees_in
from careteam.features.standing.models import StandingTeam
from careteam.features.standing.queries import find_used, members_of
from careteam.features.teams.candidates import names_for_seats
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.models import Seat
from careteam.features.teams.parts import safety_part
from careteam.features.teams.pressing import first_of
from careteam.features.teams.queries import get_led_seat
from careteam.features.teams.view import SeatView, TeamView, view_team
from careteam.features.teams.wishing.refused import refused_names
from careteam.kit import clock
from careteam.kit.paging import Page, page_number
from careteam.web.frame.forms import Form, page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.teams.forms import EndForm, LaterForm, NotWantedForm
from careteam.web.teams.room import room

NAMES_SHOWN = 3
"""Names offered first; the others are one tap away."""
OTHERS_A_PAGE = 30


@room.get("/goals/<uuid:goal_id>/team/<uuid:seat_id>", access=SIGNED_IN)
def seat_show(goal_id: UUID, seat_id: UUID) -> ResponseReturnValue:
    goal = get_led_goal(g.actor, goal_id)
    return seat_page(goal, get_led_seat(g.actor, seat_id, goal.id))


def seat_page(
    goal: Goal,
    seat: Seat,
    wrong: Form | None = None,
    status: int = 200,
    *,
    conflicts: list[dict[str, str]] | None = None,
    later: LaterForm | None = None,
    not_wanted: NotWantedForm | None = None,
    end: EndForm | None = None,
) -> ResponseReturnValue:
    """The seat with its forms; `wrong` is the one that was sent and refused."""
    client = get_client(g.actor, goal.client_id)
    standing = standing_outcomes(client.id)
    team = view_team(g.actor, client, goal, standing)
    view = next(each for each in team.seats if each.id == seat.id)
    first = first_of(next((each for each in standing if each.goal.id == goal.id), None))
    asks = not first and seat.state in ("open", "later") and not view.leads_to_now
    used = find_used(g.actor, goal) if asks else None
    found = _names(client, goal, seat, _members(used)) if asks else None
    people = [each.candidate for each in found.people] if found else []
    ids = [UUID(each.practitioner_id) for each in people]
    return page(
        "teams/seat_show.html",
        wrong,
        status,
        client=client,
        goal=shown_goal(g.actor, goal),
        seat=view,
        team=team,
        steps=count_open_milestones(g.actor, seat),
        knowers=_knowers(team, view, client.lead_id),
        safety=safety_part(g.actor, client, goal, standing),
        first=first,
        found=found,
        standing_team=used,
        contacts={str(key): each for key, each in contacts_of(g.actor, ids).items()},
        sees={str(key): each for key, each in sees_in(g.actor, ids).items()},
        interests=_interests(client, people),
        refused=refused_names(g.actor, client) if found else [],
        choices=list_choices(g.actor, [seat.id]),
        conflicts=conflicts,
        later=later or LaterForm(formdata=None),
        not_wanted=not_wanted or NotWantedForm(formdata=None, data={"decided_on": clock.today()}),
        end=end or EndForm(formdata=None),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """Who could fill the seat: those offered first, and a page of everybody else."""

    names: Names
    offered: Offered
    others: Page[Ranked]

    @property
    def people(self) -> tuple[Ranked, ...]:
        return (*self.offered.first, *self.others.items)


def _names(client: Client, goal: Goal, seat: Seat, own: Collection[UUID]) -> Found:
    """In a large directory thousands could do it; each is half a dozen lines."""
    asked = page_number(request.args.get("names"))
    found = _looked_at(client, goal, seat, own, asked)
    last = found.others.last
    return found if asked <= last else _looked_at(client, goal, seat, own, last)


def _looked_at(client: Client, goal: Goal, seat: Seat, own: Collection[UUID], number: int) -> Found:
    look = Look(
        first=NAMES_SHOWN,
        after=(number - 1) * OTHERS_A_PAGE,
        more=OTHERS_A_PAGE + NAMES_SHOWN,
        away=OTHERS_A_PAGE,
    )
    names = names_for_seats(g.actor, client, [seat], goal, look, own=own)[seat.id]
    offered = standing_first(names.shortlist, set(map(str, own)), NAMES_SHOWN)
    return Found(names, offered, names.others(offered, number, OTHERS_A_PAGE))


def _knowers(team: TeamView, seat: SeatView, lead_id: UUID) -> list[tuple[UUID, str]]:
    """Whom the seat can be kept from: all on the team or asked to join, and whoever it is kept
    from already, also where they have left.
    """
    people = {each.practitioner_id: each.person or "" for each in team.live if not each.is_me}
    people |= dict(seat.hidden_from)
    holders = (seat.practitioner_id, lead_id)
    others = [(who, name) for who, name in people.items() if who is not None and who not in holders]
    return sorted(others, key=lambda each: each[1])


def _interests(client: Client, people: Sequence[Candidate]) -> dict[str, str]:
    decide = {who for who in (client.lead_id, g.actor.practitioner_id) if who is not None}
    return disclosures(g.actor, decide, people) if people else {}


def _members(used: StandingTeam | None) -> set[UUID]:
    return {row.practitioner_id for row in members_of([used.id])[used.id]} if used else set()
