"""What waits for one person today: a handful of statements by columns, whatever the number.

What it tells of clients that somebody else keeps is noted as read, as in every list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, and_, case, exists, false, func, literal, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import IDENTITY, note_covered
from careteam.features.directory.models import Practitioner
from careteam.features.network.models import RememberedTie
from careteam.features.plans.models import Milestone
from careteam.features.plans.owners import GONE_WORDS
from careteam.features.plans.queries import taking_part
from careteam.features.teams.models import Seat
from careteam.features.teams.view import seat_label
from careteam.features.today.models import UrgentMatter
from careteam.kit import clock
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

_Owner = aliased(Seat)
_Own = aliased(Practitioner, name="own_entry")
SOON = timedelta(days=7)
MOST = 20
A_CLIENT = "A client whose record somebody else keeps now"


@dataclass(frozen=True, slots=True)
class MatterAsked:
    """An urgent matter of which nobody has said whether the person was seen.

    `client_id` only where its author still acts as that client's lead; `who` is then the name, and
    `phone` the number where ringing is a safe way.
    """

    id: UUID
    who: str
    client_id: UUID | None
    urgency: str
    done: str
    spoken_to: str | None
    at: datetime
    phone: str | None


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A required place on a team that nobody fills or is asked to fill."""

    id: UUID
    goal_id: UUID
    client_id: UUID
    called: str
    discipline: str


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A step that is due within a week or overdue; `left_by` says which place it was on, if that
    has ended.
    """

    id: UUID
    goal_id: UUID
    client_id: UUID
    called: str
    title: str
    due_on: date
    version: int
    left_by: str


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What of the beginning is done. `to_confirm` is one's own entry where nobody has said for six
    months that it is right; it is asked for by the same statement.
    """

    entry: bool
    contacts: bool
    history: bool
    client: bool
    to_confirm: Practitioner | None = None

    @property
    def all_done(self) -> bool:
        return self.entry and self.contacts and self.history and self.client


def get_matter(actor: Actor, matter_id: UUID) -> UrgentMatter:
    """An urgent matter the actor logged. Raises `NotFound`."""
    row = find_matter(actor, matter_id)
    if row is None:
        raise NotFound
    return row


def find_matter(actor: Actor, matter_id: UUID) -> UrgentMatter | None:
    return db.session.scalars(
        select(UrgentMatter).where(
            UrgentMatter.id == matter_id, within(actor, Permission.KEEP_OWN_NOTES, UrgentMatter)
        )
    ).one_or_none()


def list_matters_to_ask(actor: Actor) -> list[MatterAsked]:
    """Those whose day of asking has come, the most recent last, and those for which somebody was
    rung after all others."""
    found = [MatterAsked(*row) for row in columns_of(_matters_to_ask(actor))]
    note_covered(actor, [each.client_id for each in found if each.client_id])
    return found


@kept
def _matters_to_ask(actor: Actor) -> Executable:
    return (
        select(
            UrgentMatter.id,
            _whom(),
            Client.id,
            UrgentMatter.urgency,
            UrgentMatter.done,
            UrgentMatter.spoken_to,
            UrgentMatter.created_at,
            case((Client.safe_contact.is_(None) | (Client.safe_contact == "phone"), Client.phone)),
        )
        .outerjoin(
            Client,
            and_(
                Client.id == UrgentMatter.client_id, within(actor, Permission.EDIT_CLIENT, Client)
            ),
        )
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, UrgentMatter),
            UrgentMatter.outcome.is_(None),
            UrgentMatter.ask_on <= clock.today(),
        )
        .order_by(
            UrgentMatter.spoken_to.is_not(None),
            UrgentMatter.ask_on,
            UrgentMatter.created_at,
            UrgentMatter.id,
        )
        .limit(MOST)
    )


def _whom() -> Any:
    """The client's name, else what the author wrote to know the person by."""
    no_name = case((UrgentMatter.client_id.is_not(None), A_CLIENT), else_=UrgentMatter.who)
    return func.coalesce(Client.preferred_name, Client.name, no_name)


def list_open_required_seats(actor: Actor) -> list[OpenSeat]:
    """Required places on the teams the actor leads, in the order of each team."""
    return [OpenSeat(*row) for row in columns_of(_open_required_seats(actor))]


@kept
def _open_required_seats(actor: Actor) -> Executable:
    return (
        select(
            Seat.id,
            Seat.goal_id,
            Seat.client_id,
            func.coalesce(Client.preferred_name, Client.name),
            Seat.discipline,
        )
        .join(Goal, Goal.id == Seat.goal_id)
        .join(Client, Client.id == Seat.client_id)
        .where(
            within(actor, Permission.EDIT_TEAM, Seat),
            Seat.state == "open",
            Seat.requirement == "required",
            Goal.status == "active",
        )
        .order_by(Goal.created_at, Goal.id, Seat.position, Seat.id)
        .limit(MOST)
    )


def list_due_milestones(actor: Actor) -> list[DueMilestone]:
    """Steps the actor may move that are due within a week or overdue, the oldest first."""
    found: Any = columns_of(_due_milestones(actor)).all()
    for row in found:
        if row.lead_id != actor.practitioner_id:
            reads.note(row.client_id, IDENTITY)
            reads.note(row.client_id, str(Milestone.INFORMATION_CLASS))
    return [
        DueMilestone(
            row.id,
            row.goal_id,
            row.client_id,
            row.called,
            row.title,
            row.due_on,
            row.version,
            _left_by(row.discipline, row.state),
        )
        for row in found
    ]


@kept
def _due_milestones(actor: Actor) -> Executable:
    return (
        select(
            Milestone.id,
            Milestone.goal_id,
            Milestone.client_id,
            func.coalesce(Client.preferred_name, Client.name).label("called"),
            Milestone.title,
            Milestone.due_on,
            Milestone.version,
            _Owner.discipline,
            _Owner.state,
            Client.lead_id,
        )
        .join(Goal, Goal.id == Milestone.goal_id)
        .join(Client, Client.id == Milestone.client_id)
        .outerjoin(_Owner, _Owner.id == Milestone.owner_seat_id)
        .where(
            within(actor, Permission.MOVE_MILESTONE, Milestone),
            Milestone.status.in_(["planned", "in_progress"]),
            taking_part(),
            Milestone.due_on <= clock.today() + SOON,
            Goal.status == "active",
            Goal.set_aside_at.is_(None),
        )
        .order_by(Milestone.due_on, Milestone.id)
        .limit(MOST)
    )


def _left_by(discipline: str | None, state: str | None) -> str:
    """'Physiotherapist has ended' where nobody will come to that place."""
    return (
        f"{seat_label(discipline)} {GONE_WORDS[state]}"
        if discipline and state in GONE_WORDS
        else ""
    )


def first_steps(actor: Actor) -> FirstSteps:
    """Which of the first steps are done, by one statement."""
    contacts, history, client, own = db.session.execute(_first_steps(actor)).one()
    return FirstSteps(
        entry=actor.practitioner_id is not None,
        contacts=bool(contacts),
        history=bool(history),
        client=bool(client),
        to_confirm=own if own is not None and own.is_unconfirmed else None,
    )


@kept
def _first_steps(actor: Actor) -> Executable:
    me = actor.practitioner_id
    contacts = exists().where(
        Practitioner.retired_at.is_(None),
        Practitioner.id != me if me else Practitioner.id.is_not(None),
    )
    remembered = exists().where(RememberedTie.author_id == me) if me else false()
    client = exists().where(Client.lead_id == me) if me else false()
    mine = and_(_Own.id == me, _Own.retired_at.is_(None)) if me else false()
    one_row = select(literal(1).label("one")).subquery()
    return select(contacts, remembered, client, _Own).select_from(one_row).outerjoin(_Own, mine)
