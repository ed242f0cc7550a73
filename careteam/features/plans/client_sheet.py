"""The plan for the client's own kitchen wall: one page, plain words, and room to agree on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.domain.planning import CLIENT, MilestoneState
from careteam.domain.wording import instant_words
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.shown import shown_goal
from careteam.features.directory.catalogue import country
from careteam.features.directory.queries import party_contacts
from careteam.features.plans.queries import lead_of
from careteam.features.plans.sheet import effects_on_paper, full_day, version_words
from careteam.features.plans.view import Line, view_plan
from careteam.features.referrals.queries import list_appointments, list_appointments_of_client
from careteam.features.teams.effects import standing_outcomes
from careteam.features.teams.labels import seat_label
from careteam.features.teams.seated_queries import list_seated
from careteam.kit import clock
from careteam.kit.telephones import read_telephone
from careteam.kit.text import initials

MINE, OTHERS, DONE, BOOKED = 7, 6, 4, 3
"""So many lines of each fit on one page; the rest is counted. What the client's own steps leave
free is room for those of the others."""
DATES = "Days are aims to plan by. A day never means that something is safe to do."
FOOT = "In an emergency ring the emergency number. Nobody watches this sheet."
CLEARED = "after those who look after you say that it is safe"
NOT_YET = "The plan cannot start yet. Please ask {lead} why."


@dataclass(frozen=True, slots=True)
class ForMe:
    """One step in the client's words: what, how to tell, by when, and what comes before it."""

    title: str
    how: str
    by: str
    after: str


@dataclass(frozen=True, slots=True)
class Helper:
    name: str
    role: str
    phone: str


@dataclass(frozen=True, slots=True)
class ClientSheet:
    """`more` says of each list how many lines it leaves out; empty where it is whole."""

    day: date
    made_at: datetime
    who: str
    version: str
    goal: str
    warning: str
    care: tuple[str, ...]
    mine: tuple[ForMe, ...]
    more_mine: str
    others: tuple[str, ...]
    more_others: str
    done: tuple[str, ...]
    more_done: str
    booked: tuple[str, ...]
    team: tuple[Helper, ...]
    lead: str
    dates: str = DATES
    foot: str = FOOT

    @property
    def file_name(self) -> str:
        """Without an ending; says a day and nothing else."""
        return f"my-plan-{self.day.isoformat()}"


def client_sheet(actor: Actor, goal: Goal, client: Client) -> ClientSheet:
    """The plan as the client may hold it, printed by the client or by whoever keeps the record."""
    standing = standing_outcomes(goal.client_id)
    view = view_plan(actor, goal, client.called, standing)
    _lead_id, lead = lead_of(goal.client_id)
    mine = [line for line in view.lines if line.is_open and line.value.owner == CLIENT]
    others = [line for line in view.lines if line.is_open and line.value.owner != CLIENT]
    done = [line for line in view.lines if line.value.state is MilestoneState.DONE]
    room = OTHERS + max(MINE - len(mine), 0)
    return ClientSheet(
        day=clock.today(),
        made_at=clock.now(),
        who=initials(client.name),
        version=version_words(view.agreement),
        goal=shown_goal(actor, goal).statement,
        warning=NOT_YET.format(lead=lead) if view.safety.is_blocked else "",
        care=effects_on_paper(actor, goal, standing),
        mine=tuple(_for_me(line) for line in mine[:MINE]),
        more_mine=_more(mine, MINE),
        others=tuple(_of_others(line, actor.name) for line in others[:room]),
        more_others=_more(others, room),
        done=tuple(line.row.title for line in done[-DONE:]),
        more_done=_more(done, DONE),
        booked=_booked(actor, goal),
        team=_team(actor, goal),
        lead=lead,
    )


def _for_me(line: Line) -> ForMe:
    return ForMe(
        title=line.row.title,
        how=line.row.criterion or "",
        by=full_day(line.row.due_on),
        after=_after(line),
    )


def _after(line: Line) -> str:
    """'After Boot off, 3 days after Scan', or from when, or whose word it waits for."""
    words = ", ".join(line.after) or line.rests or (CLEARED if line.waits else "")
    return words[:1].upper() + words[1:]


def _of_others(line: Line, reader: str) -> str:
    """On paper "you" is nobody: the reader's own steps bear the name."""
    who = reader if line.is_mine else line.owner
    return f"{who}: {line.row.title}, by {full_day(line.row.due_on)}"


def _more(lines: Sequence[Line], shown: int) -> str:
    left = len(lines) - shown
    return f"and {left} more" if left > 0 else ""


def _booked(actor: Actor, goal: Goal) -> tuple[str, ...]:
    """Those to come: the client's own, or those that the reader is a party to."""
    now = clock.now()
    if actor.kind is Kind.CLIENT:
        every = list_appointments_of_client(actor, now)
        appointments = [each for each in every if each.goal_id == goal.id]
    else:
        appointments = list_appointments(actor, goal_id=goal.id, from_at=now)
    found = []
    for each in appointments[:BOOKED]:
        zone = clock.local(each.start_at).tzinfo
        assert zone is not None
        words = f"{instant_words(each.start_at, zone)} with {each.receiver_name}"
        found.append(f"{words}, {each.place}" if each.place else words)
    return tuple(found)


def _team(actor: Actor, goal: Goal) -> tuple[Helper, ...]:
    """Whoever keeps the record, then the filled seats; somebody with two seats stands once."""
    lead_id, _name = lead_of(goal.client_id)
    roles: dict[UUID, list[str]] = {lead_id: []}
    for seat in list_seated(actor, goal.client_id):
        if seat.goal_id == goal.id and seat.state == "filled":
            roles.setdefault(seat.practitioner_id, []).append(seat_label(seat.discipline))
    contacts = party_contacts(roles)
    return tuple(
        Helper(
            name=contacts[key].name,
            role=", ".join(parts) or contacts[key].discipline,
            phone=_dialled(contacts[key].phone),
        )
        for key, parts in roles.items()
    )


def _dialled(phone: str | None) -> str:
    """As it is spoken and dialled here."""
    return read_telephone(phone, country()).display if phone else ""
