"""Writing a note, and taking back one's own."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.notes.choosing import ALL, AUDIENCES, NOT_OF_NOTES
from careteam.features.notes.models import Note, NotesRead
from careteam.features.notes.new_queries import find_notes_read, reader_of
from careteam.features.notes.news import expect_news
from careteam.features.notes.queries import own_seat_id
from careteam.features.pathways.content import load_content
from careteam.features.plans.models import Milestone
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid


@operation(Permission.WRITE_NOTE, on="goal", action="note.written")
def write_note(
    *,
    actor: Actor,
    goal: Goal,
    note_id: UUID,
    body: str | None,
    audience: str | None,
    information_class: str | None,
    milestone: Milestone | None = None,
) -> Note:
    """Write a note for the team or for everybody; a client writes for everybody.

    Raises `Invalid` beside `body`, `audience` or `information_class`, and `Conflict` for a key that
    is in use.
    """
    if actor.kind is Kind.CLIENT:
        audience = ALL
    _check(body, audience, information_class)
    note = Note(
        id=note_id,
        client_id=goal.client_id,
        goal_id=goal.id,
        author_id=actor.practitioner_id,
        seat_id=own_seat_id(actor, goal),
        milestone_id=_of_goal(milestone, goal),
        information_class=information_class,
        audience=audience,
        body=body,
    )
    expect_news(actor, goal, with_client=audience == ALL)
    db.session.add(note)
    return note


def _check(body: str | None, audience: str | None, information_class: str | None) -> None:
    if not body:
        raise Invalid("Write the note.", field="body")
    if audience not in AUDIENCES:
        raise Invalid("Choose whom it is for.", field="audience")
    classes = load_content().catalogue.matrix.class_by_id
    if information_class not in classes or information_class in NOT_OF_NOTES:
        raise Invalid(
            "Choose what it is about: this decides who reads it.", field="information_class"
        )


def _of_goal(milestone: Milestone | None, goal: Goal) -> UUID | None:
    if milestone is None:
        return None
    if milestone.goal_id != goal.id:
        raise Invalid("This step belongs to another plan.")
    return milestone.id


@operation(Permission.WRITE_NOTE, on="note", action="note.taken_back")
def take_back_note(*, actor: Actor, note: Note) -> Note:
    """Remove a note of one's own. Raises `Forbidden` for one that somebody else wrote."""
    require(actor, Permission.READ_NOTES, note)
    if not is_own(actor, note):
        raise Forbidden
    db.session.delete(note)
    return note


@operation(Permission.READ_RECORD, on="goal", action="notes.read")
def open_notes(*, actor: Actor, goal: Goal) -> Goal:
    """The actor reads the notes now: what was written until then is new to them no more."""
    reader_id = reader_of(actor)
    if reader_id is None:
        return goal
    row = find_notes_read(reader_id, goal.id)
    if row is None:
        row = NotesRead(reader_id=reader_id, goal_id=goal.id)
        db.session.add(row)
    row.read_at = clock.now()
    return goal


def is_own(actor: Actor, note: Note) -> bool:
    """Whether the actor wrote it; the client's are those without an author."""
    if actor.kind is Kind.CLIENT:
        return note.author_id is None
    return actor.practitioner_id is not None and note.author_id == actor.practitioner_id
