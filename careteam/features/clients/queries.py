"""Questions about clients and goals. A list of own clients reads columns and notes no read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Select, and_, bindparam, case, select
from sqlalchemy.orm.util import identity_key

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.access.reach import Role, reach_of
from careteam.audit import reads
from careteam.features.clients.models import Client, Goal, GoalWording
from careteam.features.directory.models import Practitioner
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound
from careteam.kit.text import folded

IDENTITY = "identity_contact"
STANDING_GOALS = ("active", "paused")
"""Statuses of a goal that is still pursued."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """What a list tells of a goal; `statement` is None while it is set aside."""

    id: UUID
    statement: str | None
    status: str
    anchor_on: date | None
    target_on: date | None


@dataclass(frozen=True, slots=True)
class ClientLine:
    """What a list tells of a client; of those kept by others it is noted by `note_lines`.

    `is_lead` where the actor keeps the record or, `stands_in`, covers for whoever keeps it.
    """

    id: UUID
    name: str
    preferred_name: str | None
    place: str | None
    is_lead: bool
    lead_name: str
    goals: tuple[GoalLine, ...] = ()
    stands_in: bool = False

    @property
    def called(self) -> str:
        return self.preferred_name or self.name


def get_client(actor: Actor, client_id: UUID) -> Client:
    """A client within the actor's reach. Raises `NotFound`."""
    client = find_client(actor, client_id)
    if client is None:
        raise NotFound
    return client


def find_client(actor: Actor, client_id: UUID) -> Client | None:
    return db.session.scalars(
        _client(actor, Permission.READ_CLIENT), {"client_id": client_id}
    ).one_or_none()


@kept
def _client(actor: Actor, permission: Permission) -> Select[Client]:
    """The one bound as `client_id`."""
    return select(Client).where(
        Client.id == bindparam("client_id"), within(actor, permission, Client)
    )


def get_with_goals(actor: Actor, client_id: UUID) -> tuple[Client, list[Goal]]:
    """A client within reach, with their goals as `list_goals` gives them: one statement.
    Raises `NotFound`.
    """
    rows = db.session.execute(_with_goals(actor), {"client_id": client_id}).all()
    if not rows:
        raise NotFound
    return rows[0][0], [goal for _, goal in rows if goal is not None]


@kept
def _with_goals(actor: Actor) -> Select[Client, Goal]:
    """The one bound as `client_id`, a row for each goal or one without."""
    shown = and_(Goal.client_id == Client.id, within(actor, Permission.READ_RECORD, Goal))
    return (
        select(Client, Goal)
        .outerjoin(Goal, shown)
        .where(Client.id == bindparam("client_id"), within(actor, Permission.READ_CLIENT, Client))
        .order_by(_by_status(), Goal.created_at.desc(), Goal.id)
    )


def get_led_client(actor: Actor, client_id: UUID) -> Client:
    """A client whose record the actor keeps. Raises `NotFound`, also for other reachable ones."""
    client = db.session.scalars(
        _client(actor, Permission.EDIT_CLIENT), {"client_id": client_id}
    ).one_or_none()
    if client is None:
        raise NotFound
    return client


def get_goal(actor: Actor, goal_id: UUID) -> Goal:
    """A goal that the actor's standing shows. Raises `NotFound`."""
    goal = db.session.scalars(
        select(Goal).where(Goal.id == goal_id, within(actor, Permission.READ_RECORD, Goal))
    ).one_or_none()
    if goal is None:
        raise NotFound
    return goal


def get_led_goal(actor: Actor, goal_id: UUID) -> Goal:
    """A goal that the actor may change. Raises `NotFound`, also for other visible ones."""
    goal = db.session.scalars(
        select(Goal).where(Goal.id == goal_id, within(actor, Permission.EDIT_GOAL, Goal))
    ).one_or_none()
    if goal is None:
        raise NotFound
    return goal


def list_goals(actor: Actor, client: Client) -> Sequence[Goal]:
    """The goals of a client that the actor may see: active, paused, the others; newest first."""
    return db.session.scalars(_goals(actor), {"client_id": client.id}).all()


@kept
def _goals(actor: Actor) -> Select[Goal]:
    """Of the client bound as `client_id`."""
    return (
        select(Goal)
        .where(
            Goal.client_id == bindparam("client_id"), within(actor, Permission.READ_RECORD, Goal)
        )
        .order_by(_by_status(), Goal.created_at.desc(), Goal.id)
    )


def _by_status() -> Any:
    return case({"active": 0, "paused": 1}, value=Goal.status, else_=2)


def list_wordings(actor: Actor, goal: Goal) -> Sequence[GoalWording]:
    """Earlier wordings of a goal, the latest first: for lead and client only."""
    return db.session.scalars(
        select(GoalWording)
        .where(
            GoalWording.goal_id == goal.id,
            within(actor, Permission.READ_SAFETY_REASONS, GoalWording),
        )
        .order_by(GoalWording.replaced_at.desc(), GoalWording.id)
    ).all()


def hidden_measures_of(client_ids: Iterable[UUID]) -> Mapping[UUID, frozenset[str]]:
    """Measures that the answers hide, by client. The caller reaches these clients already.

    Clients that the session holds are asked of it, as most pages load theirs first.
    """
    wanted = set(client_ids)
    held = {key: client for key in wanted if (client := _held(key)) is not None}
    found = {key: frozenset(client.hidden_measures) for key, client in held.items()}
    if missing := wanted - held.keys():
        rows = db.session.execute(
            select(Client.id, Client.hidden_measures).where(Client.id.in_(missing))
        )
        found |= {client_id: frozenset(hidden) for client_id, hidden in rows}
    return found


def _held(client_id: UUID) -> Client | None:
    """The client as this session has loaded or changed it, without asking the database."""
    row = db.session.identity_map.get(identity_key(Client, client_id))
    return row if row is not None and "hidden_measures" in vars(row) else None


def list_client_lines(actor: Actor, search: str | None = None) -> list[ClientLine]:
    """Own clients and those whose team the actor is on, by name, each with its standing goals.

    `search` keeps those whose name, preferred name or place holds every word of it; accents and
    case do not matter. Two statements, whatever the number of clients.
    """
    words = folded(search or "").split()
    found: list[Any] = [
        row for row in columns_of(_clients_with_lead(actor)) if _matches(row, words)
    ]
    found.sort(key=lambda row: (folded(row.name), str(row.id)))
    goals = _goal_lines(actor, {row.id for row in found})
    led = {each.client_id: each.stands_in for each in reach_of(actor).with_role(Role.LEAD)}
    return [
        ClientLine(
            id=row.id,
            name=row.name,
            preferred_name=row.preferred_name,
            place=row.place,
            is_lead=row.id in led,
            lead_name=row.lead_name,
            goals=tuple(goals.get(row.id, ())),
            stands_in=led.get(row.id, False),
        )
        for row in found
    ]


@kept
def _clients_with_lead(actor: Actor) -> Executable:
    return (
        select(
            Client.id,
            Client.name,
            Client.preferred_name,
            Client.place,
            Client.lead_id,
            Practitioner.name.label("lead_name"),
        )
        .join(Practitioner, Practitioner.id == Client.lead_id)
        .where(within(actor, Permission.READ_CLIENT, Client))
    )


def note_lines(lines: Iterable[ClientLine]) -> None:
    """Note as read what a list shows of clients whose record somebody else keeps."""
    for line in lines:
        reads.note(line.id, IDENTITY)
        if line.goals:
            reads.note(line.id, str(Goal.INFORMATION_CLASS))


def note_covered(actor: Actor, client_ids: Iterable[UUID], *classes: str) -> None:
    """Note as read what a list shows of those clients for whose lead the actor stands in."""
    reach = reach_of(actor)
    for client_id in set(client_ids):
        standing = reach.standing(client_id)
        if standing is not None and standing.stands_in:
            for information_class in (IDENTITY, *classes):
                reads.note(client_id, information_class)


def _matches(row: Any, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = folded(" ".join(filter(None, (row.name, row.preferred_name, row.place))))
    return all(word in text for word in words)


@kept
def _standing_goals(actor: Actor) -> Executable:
    return (
        select(
            Goal.id,
            Goal.client_id,
            Goal.statement,
            Goal.status,
            Goal.anchor_on,
            Goal.target_on,
            Goal.set_aside_at,
        )
        .where(Goal.status.in_(STANDING_GOALS), within(actor, Permission.READ_RECORD, Goal))
        .order_by(_by_status(), Goal.created_at.desc(), Goal.id)
    )


def _goal_lines(actor: Actor, client_ids: Collection[UUID]) -> Mapping[UUID, list[GoalLine]]:
    rows: Any = db.session.execute(_standing_goals(actor))
    lines: dict[UUID, list[GoalLine]] = defaultdict(list)
    for row in rows:
        if row.client_id in client_ids:
            aside = row.set_aside_at is not None
            lines[row.client_id].append(
                GoalLine(
                    row.id,
                    None if aside else row.statement,
                    row.status,
                    row.anchor_on,
                    None if aside else row.target_on,
                )
            )
    return lines
