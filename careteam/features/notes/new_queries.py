"""What others wrote since somebody last opened the notes of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, case, func, or_, select

from careteam.access.actor import Actor, Kind
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import IDENTITY
from careteam.features.notes.models import Note, NotesRead
from careteam.kit.db import columns_of, db

MOST = 20


@dataclass(frozen=True, slots=True)
class NewNotes:
    """How many notes of one goal are new to the actor, and since when the first of them waits."""

    goal_id: UUID
    client_id: UUID
    called: str
    count: int
    since_at: datetime


def list_new_notes(actor: Actor) -> list[NewNotes]:
    """By goal, that which waits longest first: one statement, and no word of a note.

    As far as the actor may read them, on the page of a goal they see. Of clients that somebody else
    keeps it is noted that they were looked at.
    """
    if reader_of(actor) is None:
        return []
    rows = columns_of(_new_notes(actor)).all()
    for row in rows:
        if row.lead_id != actor.practitioner_id:
            reads.note(row.client_id, IDENTITY)
    return [NewNotes(*row[:-1]) for row in rows]


@kept
def _new_notes(actor: Actor) -> Executable:
    called = func.coalesce(Client.preferred_name, Client.name)
    since_at = func.min(Note.created_at)
    conditions = [
        within(actor, Permission.READ_NOTES, Note),
        within(actor, Permission.READ_RECORD, Goal),
        is_new_to(actor),
    ]
    return (
        select(Note.goal_id, Note.client_id, called, func.count(), since_at, Client.lead_id)
        .join(Client, Client.id == Note.client_id)
        .join(Goal, Goal.id == Note.goal_id)
        .outerjoin(NotesRead, read_by(reader_of(actor)))
        .where(*conditions)
        .group_by(Note.goal_id, Note.client_id, called, Client.lead_id)
        .order_by(since_at, Note.goal_id)
        .limit(MOST)
    )


def count_notes(actor: Actor, goal: Goal) -> tuple[int, int]:
    """How many notes of a goal the actor may read, and how many of them are new: one statement."""
    is_new = case((is_new_to(actor), 1), else_=0)
    total, new = db.session.execute(
        select(func.count(), func.coalesce(func.sum(is_new), 0))
        .select_from(Note)
        .outerjoin(NotesRead, read_by(reader_of(actor)))
        .where(Note.goal_id == goal.id, within(actor, Permission.READ_NOTES, Note))
    ).one()
    return total, new


def read_by(reader_id: UUID | None) -> ColumnElement[bool]:
    return and_(NotesRead.goal_id == Note.goal_id, NotesRead.reader_id == reader_id)


def reader_of(actor: Actor) -> UUID | None:
    """As whom somebody reads notes: the client, else the practitioner, also behind a link."""
    return actor.client_id if actor.kind is Kind.CLIENT else actor.practitioner_id


def written_by_others(actor: Actor) -> ColumnElement[bool]:
    """Notes that are not the actor's own; the client's are those without an author."""
    if actor.kind is Kind.CLIENT:
        return Note.author_id.is_not(None)
    return Note.author_id.is_distinct_from(actor.practitioner_id)


def is_new_to(actor: Actor) -> ColumnElement[bool]:
    """Somebody else wrote it, the client perhaps, and the reader has not opened the notes since."""
    unread = or_(NotesRead.read_at.is_(None), Note.created_at > NotesRead.read_at)
    return and_(written_by_others(actor), unread)


def find_notes_read(reader_id: UUID, goal_id: UUID) -> NotesRead | None:
    """For operations."""
    return db.session.get(NotesRead, (reader_id, goal_id))
