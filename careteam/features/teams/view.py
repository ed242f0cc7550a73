"""The team of one goal as one actor may see it: seats, factors and who covers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.pathway import Pathway, factor_cover
from careteam.domain.pathway.outcome import RoleState, TeamRole
from careteam.domain.pathway.words import WITHIN
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.shown import ShownGoal, shown_goal
from careteam.features.directory.queries import names_of
from careteam.features.pathways.content import load_content, pathway_of
from careteam.features.teams.effects import GoalOutcome, goal_outcome
from careteam.features.teams.labels import place_label
from careteam.features.teams.labels import seat_label as seat_label
from careteam.features.teams.models import Seat
from careteam.features.teams.pressing import FIRST
from careteam.features.teams.proposing import ended_by_rules, is_asked_for
from careteam.features.teams.queries import (
    Team,
    free_places,
    list_team,
)

SHOWN_AS = {"referred": "waiting"}
"""States by the names that the slots of a page use, where these differ."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """One seat. `reason` is None for everybody but lead and client; `free` names public or free
    services for a required seat that is open. `urgent` says how soon this one comes first.
    """

    id: UUID
    version: int
    discipline: str
    label: str
    state: str
    requirement: str
    purpose: str
    reason: str | None
    origin: str
    practitioner_id: UUID | None
    person: str | None
    phone: str | None
    is_me: bool
    is_own: bool
    is_asked: bool
    filled_on: date | None
    decided_on: date | None
    state_reason: str | None
    explained: str | None
    phase: str = ""
    not_before: str = ""
    urgent: str = ""
    leads_to_now: bool = False
    flag: str = ""
    free: tuple[str, ...] = ()
    hidden_from: tuple[tuple[UUID, str], ...] = ()

    @property
    def shown_as(self) -> str:
        return SHOWN_AS.get(self.state, self.state)

    @property
    def is_live(self) -> bool:
        return self.state in ("open", "referred", "filled")


@dataclass(frozen=True, slots=True)
class FactorView:
    """Something the goal depends on and who covers it; nobody yet where `people` is empty."""

    label: str
    why: str
    people: tuple[str, ...]
    could: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """A role that may join on the practitioner's judgement, or that the rules leave out."""

    discipline: str
    label: str
    purpose: str
    condition: str


@dataclass(frozen=True, slots=True)
class TeamView:
    goal: ShownGoal
    seats: tuple[SeatView, ...]
    factors: tuple[FactorView, ...]
    possible: tuple[Possible, ...]
    left_out: tuple[tuple[str, str], ...]
    may_edit: bool

    @property
    def live(self) -> tuple[SeatView, ...]:
        return tuple(seat for seat in self.seats if seat.is_live)

    @property
    def resting(self) -> tuple[SeatView, ...]:
        return tuple(seat for seat in self.seats if not seat.is_live)

    @property
    def to_fill(self) -> int:
        """Places that are open, or put off until later."""
        return sum(seat.state in ("open", "later") for seat in self.seats)

    @property
    def has_open(self) -> bool:
        return any(seat.state == "open" for seat in self.seats)

    @property
    def filled(self) -> int:
        return sum(seat.state == "filled" for seat in self.seats)

    @property
    def uncovered(self) -> tuple[FactorView, ...]:
        return tuple(factor for factor in self.factors if not factor.people)

    @property
    def members(self) -> tuple[tuple[UUID, str], ...]:
        """Everybody on a filled seat but oneself, by id and name."""
        people = {
            seat.practitioner_id: seat.person or ""
            for seat in self.seats
            if seat.state == "filled" and seat.practitioner_id and not seat.is_me
        }
        return tuple(people.items())


def view_team(
    actor: Actor, client: Client, goal: Goal, standing: Iterable[GoalOutcome] = ()
) -> TeamView:
    """The team; what the rules say of it only for lead and client.

    `standing`: the client's outcomes, where the page has them already.
    """
    team, shown = list_team(actor, goal), shown_goal(actor, goal)
    seats = team.seats
    with_reasons = allowed(actor, Permission.READ_SAFETY_REASONS, goal)
    if not with_reasons:
        seats = [seat for seat in seats if not _is_left_over(seat)]
    known = next((each for each in standing if each.goal.id == goal.id), None)
    found, pathway = known or goal_outcome(goal), pathway_of(goal)
    told = pathway is not None and shown.pathway_title == pathway.title
    views = _Views(actor, team, found if with_reasons else None, knows_subject=told)
    if with_reasons:
        views.free = free_places(actor, _to_fill(seats))
    made = tuple(views.seat(seat) for seat in seats)
    return TeamView(
        goal=shown,
        seats=made,
        factors=_factors(pathway, found, made, with_reasons) if pathway and found and told else (),
        possible=_possible(found, made) if with_reasons else (),
        left_out=_left_out(found) if with_reasons else (),
        may_edit=allowed(actor, Permission.EDIT_TEAM, goal),
    )


def _is_left_over(seat: Seat) -> bool:
    """An ended seat that nobody ever took or decided about: it tells what was asked for before."""
    return seat.state == "ended" and ended_by_rules(seat) and seat.practitioner_id is None


def _to_fill(seats: Sequence[Seat]) -> set[str]:
    """Disciplines of required seats that are open."""
    return {
        seat.discipline for seat in seats if seat.state == "open" and seat.requirement == "required"
    }


class _Views:
    """Makes views of seats; `found` is None for those who may not know the reasons.

    `knows_subject`: the actor may know what brings the client here, as the purposes tell it.
    """

    def __init__(
        self,
        actor: Actor,
        team: Team,
        found: GoalOutcome | None,
        *,
        knows_subject: bool,
    ) -> None:
        self.actor, self.people, self.hidings, self.found = actor, team.people, team.hidings, found
        self.knows_subject = knows_subject
        self.free: Mapping[str, list[str]] = {}
        self.with_reasons = found is not None
        self.roles = {role.discipline: role for role in found.outcome.roles} if found else {}

    def seat(self, seat: Seat) -> SeatView:
        role = self.roles.get(seat.discipline)
        urgent = role.see_first if role else None
        reasons = allowed(self.actor, Permission.READ_SAFETY_REASONS, seat)
        return SeatView(
            id=seat.id,
            version=seat.version,
            discipline=seat.discipline,
            label=place_label(seat, self.people.practised),
            state=seat.state,
            requirement=seat.requirement,
            purpose=shown_purpose(seat, reasons, knows_subject=self.knows_subject),
            reason=seat.reason if reasons else None,
            origin=seat.origin,
            practitioner_id=seat.practitioner_id,
            person=self.people.names.get(seat.practitioner_id) if seat.practitioner_id else None,
            phone=self.people.phones.get(seat.practitioner_id) if seat.practitioner_id else None,
            is_me=seat.practitioner_id is not None
            and seat.practitioner_id == self.actor.practitioner_id,
            is_own=seat.is_own,
            is_asked=self._is_asked(seat),
            filled_on=seat.filled_on,
            decided_on=seat.decided_on,
            state_reason=seat.state_reason if reasons else None,
            explained=seat.explained if reasons else None,
            phase=self._phase(role),
            not_before=role.not_before if role else "",
            urgent=WITHIN[urgent] if urgent else "",
            leads_to_now=bool(urgent and urgent.is_telephone_matter),
            flag=self._flag(seat.discipline),
            free=tuple(self.free.get(seat.discipline, ())),
            hidden_from=self._hidden_from(seat),
        )

    def _is_asked(self, seat: Seat) -> bool:
        """Told to those who know the reasons; for others an ended seat has simply ended."""
        if self.found is None:
            return seat.state != "ended" or seat.origin == "hand"
        return is_asked_for(seat, self.found.outcome)

    def _phase(self, role: TeamRole | None) -> str:
        if role is None or self.found is None:
            return ""
        pathway = self.found.pathway
        return pathway.phases[pathway.phase_index[role.bring_in_phase]].name

    def _flag(self, discipline: str) -> str:
        """What opens in Now: the flag that sends the client here first, else that it is first."""
        if self.found is None:
            return ""
        outcome = self.found.outcome
        rules = {
            cause.rule
            for order in outcome.see_first
            if order.discipline == discipline
            for cause in order.causes
        }
        flags = [
            raised.flag.id
            for raised in outcome.red_flags
            if raised.is_active and rules & {cause.rule for cause in raised.causes}
        ]
        return flags[0] if flags else FIRST + discipline if rules else ""

    def _hidden_from(self, seat: Seat) -> tuple[tuple[UUID, str], ...]:
        kept = self.hidings.get(seat.id, frozenset())
        return tuple((key, name) for key, name in sorted(names_of(kept).items())) if kept else ()


RULES_DECIDE = "A rule below adds it."
"""What the files write where only an answer brings a role in: no help to who decides."""


def shown_purpose(seat: Seat, with_reasons: bool, *, knows_subject: bool) -> str:
    """What the seat is for.

    The purpose of a seat that the answers brought tells of the answers, and that of any other tells
    what brings the client here. Whoever may not know reads the catalogue's words on the discipline;
    what the lead wrote by hand is for everybody.
    """
    known = load_content().catalogue.disciplines.get(seat.discipline)
    if with_reasons or seat.origin == "hand" or known is None:
        return seat.purpose
    return seat.purpose if knows_subject and seat.origin == "pathway" else known.scope


def purpose_for_letter(seat: Seat, goal: Goal | None) -> str:
    """What the writer of a letter is reminded of beside its empty reason.

    On a pathway whose subject needs a yes of its own it is what anybody may know, so that copying
    it tells nothing the consent does not name.
    """
    pathway = pathway_of(goal) if goal else None
    is_plain = pathway is None or pathway.subject_class is None
    return shown_purpose(seat, with_reasons=False, knows_subject=is_plain)


def _factors(
    pathway: Pathway, found: GoalOutcome, seats: Iterable[SeatView], with_reasons: bool
) -> tuple[FactorView, ...]:
    people = {seat.discipline: seat for seat in seats if seat.state == "filled"}
    return tuple(
        FactorView(
            label=item.factor.label,
            why=item.factor.why,
            people=tuple(_who(people[name]) for name in item.filled),
            could=tuple(seat_label(name) for name in item.roles) if with_reasons else (),
        )
        for item in factor_cover(pathway, found.outcome, set(people))
    )


def _who(seat: SeatView) -> str:
    return "you" if seat.is_me else seat.person or seat.label


def _possible(found: GoalOutcome | None, seats: Sequence[SeatView]) -> tuple[Possible, ...]:
    if found is None:
        return ()
    there = {seat.discipline for seat in seats if seat.state != "ended"}
    return tuple(
        Possible(
            role.discipline,
            seat_label(role.discipline),
            role.purpose,
            "" if role.condition == RULES_DECIDE else role.condition,
        )
        for role in found.outcome.roles
        if role.state is RoleState.POSSIBLE and role.discipline not in there
    )


def _left_out(found: GoalOutcome | None) -> tuple[tuple[str, str], ...]:
    """Roles that the rules remove, with the reason."""
    if found is None:
        return ()
    return tuple(
        (seat_label(role.discipline), " ".join(cause.reason for cause in role.removed_by))
        for role in found.outcome.roles
        if role.state is RoleState.REMOVED
    )
