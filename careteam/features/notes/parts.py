"""Notes as pages show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import IDENTITY
from careteam.features.notes.choosing import AUDIENCES, KindOfNote, kinds_of_note
from careteam.features.notes.new_queries import NewNotes, reader_of
from careteam.features.notes.operations import is_own
from careteam.features.notes.queries import PAGE_SIZE, FoundNote, FoundNotes, list_notes
from careteam.features.pathways.content import load_content
from careteam.features.teams.labels import seat_label

SHOWN = 3
"""Notes on the client's page; the notes' own page has them all."""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One note. `by` is `You`, a practitioner or the client; `kind` begins its class's label."""

    id: UUID
    body: str
    by: str
    role: str
    at: datetime
    audience: str
    kind: str
    about: str | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NotesPart:
    """A page of a goal's notes, what of all is new, and what the form for one more offers."""

    goal_id: UUID
    lines: Sequence[NoteLine]
    number: int
    last: int
    total: int
    kinds: Sequence[KindOfNote]
    new_id: str
    new: Sequence[NewNotes] = ()

    @property
    def may_write(self) -> bool:
        return bool(self.kinds)

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def notes_part(
    actor: Actor, goal: Goal, client_called: str, *, page: int = 1, size: int = PAGE_SIZE
) -> NotesPart:
    """The notes of a goal within the actor's reach, the newest first."""
    found = list_notes(actor, goal, page, size)
    may_write = allowed(actor, Permission.WRITE_NOTE, goal)
    return NotesPart(
        goal_id=goal.id,
        lines=[_line(actor, each, client_called) for each in found.items],
        number=found.number,
        last=found.last,
        total=found.total,
        kinds=kinds_of_note(actor, goal) if may_write else (),
        new_id=str(uuid4()),
        new=_new(actor, goal, client_called, found),
    )


def _new(actor: Actor, goal: Goal, client_called: str, found: FoundNotes) -> tuple[NewNotes, ...]:
    """At most one line. Of a client whom somebody else keeps it is noted that they were looked at,
    as lists of new notes do.
    """
    if not found.new or found.new_since_at is None or reader_of(actor) is None:
        return ()
    if found.lead_id != actor.practitioner_id:
        reads.note(goal.client_id, IDENTITY)
    return (NewNotes(goal.id, goal.client_id, client_called, found.new, found.new_since_at),)


def _short(label: str) -> str:
    """The first of the things that a class names: 'What the client can and cannot do'."""
    return re.split("[,;]", label, maxsplit=1)[0]


def _role(found: FoundNote) -> str:
    if found.author is None:
        return "Client"
    words = seat_label(found.discipline) if found.discipline else "Practitioner"
    return f"{words}, leads the team" if found.leads else words


def _line(actor: Actor, found: FoundNote, client_called: str) -> NoteLine:
    note = found.row
    mine = is_own(actor, note)
    classes = load_content().catalogue.matrix.class_by_id
    known = classes.get(note.information_class)
    return NoteLine(
        id=note.id,
        body=note.body,
        by="You" if mine else found.author or client_called,
        role=_role(found),
        at=note.created_at,
        audience=AUDIENCES[note.audience],
        kind=_short(known.label) if known else note.information_class,
        about=found.about,
        is_mine=mine,
    )
