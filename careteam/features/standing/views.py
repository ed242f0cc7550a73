"""A standing team as its owner sees it, and what one could be kept of a goal's team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.matching import Asked, Candidate, gaps, worries
from careteam.domain.pathway import Pathway
from careteam.domain.pathway.vocabulary import Requirement
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.catalogue import label_of
from careteam.features.directory.queries import members_as_candidates
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.standing.models import StandingMember, StandingTeam
from careteam.features.standing.queries import members_of
from careteam.features.teams.models import Seat
from careteam.features.teams.queries import disciplines_of, list_seats
from careteam.kit import clock

THERE = ("open", "filled", "referred")
Known = tuple[Candidate, bool, str]
"""Somebody of the directory, whether they were taken out of it, and where they work."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the team. `worries` say what to know before counting on them."""

    practitioner_id: UUID
    name: str
    discipline: str
    label: str
    where: str
    worries: tuple[str, ...]
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A discipline that pathway or goal asks for and nobody on the team practises."""

    discipline: str
    label: str


@dataclass(frozen=True, slots=True)
class StandingView:
    team: StandingTeam
    pathway: str
    members: tuple[Member, ...]
    gaps: tuple[Gap, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(str(each.practitioner_id) for each in self.members)

    @property
    def is_asked_anything(self) -> bool:
        """Whether there is something to measure it by."""
        return bool(self.pathway or self.team.asks_for)


def view_teams(actor: Actor, teams: Sequence[StandingTeam]) -> list[StandingView]:
    """These teams with their people, by six statements however many there are."""
    members = members_of([team.id for team in teams])
    ids = {each.practitioner_id for rows in members.values() for each in rows}
    people = members_as_candidates(actor, ids)
    own = disciplines_of(actor.practitioner_id) if actor.practitioner_id and teams else ()
    return [_view(team, members[team.id], people, own) for team in teams]


def _view(
    team: StandingTeam,
    rows: Iterable[StandingMember],
    people: dict[UUID, Known],
    own: Iterable[str],
) -> StandingView:
    """`own` is what the owner practises: nobody else is missing for that."""
    there = [row for row in rows if row.practitioner_id in people]
    pathway = load_content().pathways.get(team.pathway or "")
    practised = {*own, *(row.discipline for row in there if not people[row.practitioner_id][1])}
    for row in there:
        candidate, is_gone, _ = people[row.practitioner_id]
        practised |= set() if is_gone else set(candidate.disciplines)
    made = [_member(row, *people[row.practitioner_id]) for row in there]
    return StandingView(
        team=team,
        pathway=pathway.title if pathway else "",
        members=tuple(sorted(made, key=lambda each: (each.label, each.name.casefold()))),
        gaps=tuple(Gap(name, label_of(name)) for name in gaps(_asked(team, pathway), practised)),
    )


def _member(row: StandingMember, person: Candidate, is_gone: bool, where: str) -> Member:
    return Member(
        practitioner_id=row.practitioner_id,
        name=person.name,
        discipline=row.discipline,
        label=label_of(row.discipline),
        where=where,
        worries=worries(person, clock.today(), is_gone=is_gone),
        is_gone=is_gone,
    )


def _asked(team: StandingTeam, pathway: Pathway | None) -> list[Asked]:
    """What the pathway asks for whatever is answered, then what the goal did."""
    roles = pathway.roles if pathway else ()
    always = [
        Asked(role.discipline, role.alternatives)
        for role in roles
        if role.requirement is not Requirement.CONDITIONAL
    ]
    known = {each.discipline for each in always}
    return always + [Asked(name) for name in team.asks_for if name not in known]


@dataclass(frozen=True, slots=True)
class Keepable:
    """What of a goal's team may be kept: `people` by id, each for the place it has. `left` are
    those who are not, with discipline and why."""

    pathway: str | None
    people: dict[UUID, str]
    left: list[tuple[UUID, str, str]]
    asks_for: list[str]


def keepable_of(actor: Actor, client: Client, goal: Goal) -> Keepable:
    """Whoever was found for the goal: not its lead, nor whom the client had already.

    What only an answer asked for is left out of `asks_for`: it tells of the client.
    """
    seats = [each for each in list_seats(actor, goal) if each.state in THERE]
    people: dict[UUID, str] = {}
    left: list[tuple[UUID, str, str]] = []
    asked = []
    for seat in seats:
        why, who = _why_not(seat, client), seat.practitioner_id
        if who is not None and why:
            left.append((who, seat.discipline, why))
        elif who is not None:
            people[who] = seat.discipline
        if seat.origin != "rule" and seat.state != "referred" and not why:
            asked.append(seat.discipline)
    pathway = pathway_of(goal)
    current = pathway.id if pathway and pathway.id in load_content().pathways else None
    return Keepable(current, people, left, asked)


def _why_not(seat: Seat, client: Client) -> str:
    """Why whoever has this place is not kept; '' where they are, or where nobody has it."""
    if seat.state == "referred":
        return "asked, and has not said yes yet"
    if seat.practitioner_id is not None and seat.practitioner_id == client.lead_id:
        return "keeps the record of this client"
    return "the client had them already" if seat.is_own else ""
