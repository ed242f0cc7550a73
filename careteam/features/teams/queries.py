"""Questions about teams: seats, screening answers, decisions, and who keeps a seat from whom.

What the rules need is read by columns and notes no read: everybody on the team is shown effects,
nobody but lead and client the answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, bindparam, false, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import allowed, kept, require, within
from careteam.access.permissions import Permission
from careteam.domain.pathway.catalogue import Discipline
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.features.pathways.content import load_content
from careteam.features.teams.models import Answer, EffectDecision, Seat, SeatHiding
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class People:
    """By practitioner: name, what they practise with the main discipline first, and telephone."""

    names: dict[UUID, str] = field(default_factory=dict)
    practised: dict[UUID, list[str]] = field(default_factory=dict)
    phones: dict[UUID, str | None] = field(default_factory=dict)

    def add(self, id_: UUID, name: str, phone: str | None, discipline: str | None) -> None:
        self.names[id_], self.phones[id_] = name, phone
        practised = self.practised.setdefault(id_, [])
        if discipline is not None and discipline not in practised:
            practised.append(discipline)


@dataclass(frozen=True, slots=True)
class Team:
    """The seats of a goal, who is asked for them or fills them, and from whom each is kept."""

    seats: Sequence[Seat]
    people: People
    hidings: Mapping[UUID, frozenset[UUID]]


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What the rules need to know of a goal."""

    id: UUID
    pathway: str | None
    pathway_version: str | None
    status: str

    @property
    def is_standing(self) -> bool:
        return self.status in ("active", "paused")


def list_seats(actor: Actor, goal: Goal) -> Sequence[Seat]:
    """The seats of a goal that the actor may see, in the order in which they come."""
    return db.session.scalars(
        select(Seat)
        .where(Seat.goal_id == goal.id, within(actor, Permission.READ_RECORD, Seat))
        .order_by(Seat.position, Seat.created_at, Seat.id)
    ).all()


def get_seat(actor: Actor, seat_id: UUID) -> Seat:
    """A seat that the actor may see. Raises `NotFound`."""
    seat = db.session.scalars(
        select(Seat).where(Seat.id == seat_id, within(actor, Permission.READ_RECORD, Seat))
    ).one_or_none()
    if seat is None:
        raise NotFound
    return seat


def get_led_seat(actor: Actor, seat_id: UUID, goal_id: UUID | None = None) -> Seat:
    """A seat that the actor may change, of this goal. Raises `NotFound`."""
    chosen = select(Seat).where(Seat.id == seat_id, within(actor, Permission.EDIT_TEAM, Seat))
    if goal_id is not None:
        chosen = chosen.where(Seat.goal_id == goal_id)
    seat = db.session.scalars(chosen).one_or_none()
    if seat is None:
        raise NotFound
    return seat


def seats_of(goal_id: UUID) -> Sequence[Seat]:
    """Every seat of a goal, for operations: it asks nothing of an actor."""
    return db.session.scalars(
        select(Seat).where(Seat.goal_id == goal_id).order_by(Seat.position, Seat.created_at)
    ).all()


def filled_seats(goal: Goal) -> Sequence[Seat]:
    """The filled seats of a goal, for rules and plans: it asks nothing of an actor."""
    return [seat for seat in seats_of(goal.id) if seat.state == "filled"]


def goals_of(client_id: UUID) -> list[GoalFacts]:
    """All goals of a client, the oldest first; the safety of a person is that of all goals."""
    rows = db.session.execute(
        select(Goal.id, Goal.pathway, Goal.pathway_version, Goal.status)
        .where(Goal.client_id == client_id)
        .order_by(Goal.created_at, Goal.id)
    )
    return [GoalFacts(*row) for row in rows]


def stored_folds(client_id: UUID) -> tuple[list[str], list[str]]:
    """(restricted classes, hidden measures) as they are stored."""
    row = db.session.execute(
        select(Client.restricted_classes, Client.hidden_measures).where(Client.id == client_id)
    ).one()
    return row[0], row[1]


def get_client_of(goal: Goal) -> Client:
    """The client of a goal whose operation is running."""
    return db.session.get_one(Client, goal.client_id)


def list_answers(actor: Actor, goal: Goal) -> Sequence[Answer]:
    """The screening answers of a goal, for lead and client only."""
    return db.session.scalars(
        select(Answer)
        .where(Answer.goal_id == goal.id, within(actor, Permission.READ_SAFETY_REASONS, Answer))
        .order_by(Answer.question)
    ).all()


def answer_rows(goal_id: UUID) -> dict[str, Answer]:
    """Answers by question, for operations."""
    rows = db.session.scalars(select(Answer).where(Answer.goal_id == goal_id))
    return {row.question: row for row in rows}


def get_decision(actor: Actor, goal: Goal, decision_id: UUID) -> EffectDecision:
    """A decision of this goal, for whoever may take it back. Raises `NotFound`."""
    found = db.session.scalars(
        select(EffectDecision).where(
            EffectDecision.id == decision_id,
            EffectDecision.goal_id == goal.id,
            within(actor, Permission.EDIT_TEAM, EffectDecision),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def decision_rows(goal_id: UUID) -> Sequence[EffectDecision]:
    """Decisions that stand, for operations."""
    return db.session.scalars(
        select(EffectDecision)
        .where(EffectDecision.goal_id == goal_id, EffectDecision.taken_back_at.is_(None))
        .order_by(EffectDecision.decided_at, EffectDecision.id)
    ).all()


def disciplines_of(practitioner_id: UUID) -> Sequence[str]:
    """What somebody practises, the main discipline first."""
    return db.session.scalars(
        select(PractitionerDiscipline.discipline)
        .where(PractitionerDiscipline.practitioner_id == practitioner_id)
        .order_by(PractitionerDiscipline.position, PractitionerDiscipline.discipline)
    ).all()


def list_team(actor: Actor, goal: Goal) -> Team:
    """The seats of a goal that the actor may see, in the order in which they come, with who is
    asked for them or fills them. One statement: a row for each discipline of a person.

    Telephones are for whoever may read the directory, from whom a seat is kept for lead and client.
    """
    with_phones = allowed(actor, Permission.READ_DIRECTORY)
    with_hidings = allowed(actor, Permission.READ_SAFETY_REASONS, goal)
    rows: Any = db.session.execute(_team(actor, with_hidings), {"goal_id": goal.id})
    seats: dict[Seat, set[UUID]] = {}
    people = People()
    for seat, name, discipline, own, at_work, hidden_from in rows:
        kept_from = seats.setdefault(seat, set())
        if hidden_from is not None:
            kept_from.add(hidden_from)
        if seat.practitioner_id is not None:
            phone = (own or at_work) if with_phones else None
            people.add(seat.practitioner_id, name, phone, discipline)
    return Team(list(seats), people, {seat.id: frozenset(who) for seat, who in seats.items()})


@kept
def _team(actor: Actor, with_hidings: bool) -> Executable:
    """Of the goal bound as `goal_id`."""
    first_workplace = (Workplace.practitioner_id == Practitioner.id) & (Workplace.position == 0)
    of_person = PractitionerDiscipline.practitioner_id == Practitioner.id
    hides = SeatHiding.seat_id == Seat.id
    return (
        select(
            Seat,
            Practitioner.name,
            PractitionerDiscipline.discipline,
            Practitioner.phone,
            Workplace.phone,
            SeatHiding.practitioner_id,
        )
        .outerjoin(Practitioner, Practitioner.id == Seat.practitioner_id)
        .outerjoin(PractitionerDiscipline, of_person)
        .outerjoin(Workplace, first_workplace)
        .outerjoin(SeatHiding, hides if with_hidings else false())
        .where(Seat.goal_id == bindparam("goal_id"), within(actor, Permission.READ_RECORD, Seat))
        .order_by(
            Seat.position,
            Seat.created_at,
            Seat.id,
            PractitionerDiscipline.position,
            PractitionerDiscipline.discipline,
        )
    )


def practitioner_exists(practitioner_id: UUID) -> bool:
    return (
        db.session.scalar(
            select(Practitioner.id).where(
                Practitioner.id == practitioner_id, Practitioner.retired_at.is_(None)
            )
        )
        is not None
    )


def hidings_of(actor: Actor, goal: Goal) -> Mapping[UUID, frozenset[UUID]]:
    """By seat, the practitioners it is kept from; for lead and client only."""
    require(actor, Permission.READ_SAFETY_REASONS, goal)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for seat_id, who in db.session.execute(
        select(SeatHiding.seat_id, SeatHiding.practitioner_id)
        .join(Seat, Seat.id == SeatHiding.seat_id)
        .where(Seat.goal_id == goal.id)
    ):
        found[seat_id].add(who)
    return defaultdict(frozenset, {key: frozenset(value) for key, value in found.items()})


def find_hiding(seat_id: UUID, practitioner_id: UUID) -> SeatHiding | None:
    """For operations."""
    return db.session.get(SeatHiding, (seat_id, practitioner_id))


def free_places(actor: Actor, disciplines: Iterable[str]) -> Mapping[str, list[str]]:
    """By discipline, the names of public or free services in the directory that could help.

    A service is one that says so of itself, or whose discipline exists only as a service. One
    statement, none where no discipline is asked for.
    """
    wanted = set(disciplines)
    if not wanted:
        return {}
    known = load_content().catalogue.disciplines
    by_nature = [name for name in wanted if name in known and _is_service(known[name])]
    rows = db.session.execute(_free(actor, wanted, by_nature))
    found: dict[str, list[str]] = defaultdict(list)
    for discipline, name in rows:
        found[discipline].append(name)
    return found


def _free(actor: Actor, wanted: set[str], by_nature: Collection[str]) -> Any:
    return (
        select(PractitionerDiscipline.discipline, Practitioner.name)
        .join(Practitioner, Practitioner.id == PractitionerDiscipline.practitioner_id)
        .where(
            PractitionerDiscipline.discipline.in_(wanted),
            or_(
                Practitioner.is_public_service,
                PractitionerDiscipline.discipline.in_(by_nature),
            ),
            Practitioner.retired_at.is_(None),
            within(actor, Permission.READ_DIRECTORY, Practitioner),
        )
        .order_by(PractitionerDiscipline.discipline, Practitioner.name, Practitioner.id)
    )


def _is_service(discipline: Discipline) -> bool:
    return discipline.regulation_uk == "service"
