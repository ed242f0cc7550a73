"""Questions about notes. A page of them costs one statement, however many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, case, func, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner, PractitionerDiscipline
from careteam.features.notes.models import Note, NotesRead
from careteam.features.notes.new_queries import is_new_to, read_by, reader_of
from careteam.features.plans.models import Milestone
from careteam.features.plans.queries import lead_of
from careteam.features.teams.models import Seat
from careteam.features.teams.reach import shown_by_default
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from careteam.kit.paging import Page

PAGE_SIZE = 25

_Step = aliased(Milestone)
_Own, _Main = aliased(PractitionerDiscipline), aliased(PractitionerDiscipline)


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note with who wrote it (None: the client) and the step it is about, if any.

    `discipline` is what its writer practises: that of their place on the team, else the main one.
    """

    row: Note
    author: str | None
    discipline: str | None
    leads: bool
    about: str | None


@dataclass(frozen=True, slots=True)
class FoundNotes(Page[FoundNote]):
    """A page of notes; of all pages how many are new to the reader, and since when the first of
    them waits. `lead_id` keeps the record, None where there is no note.
    """

    new: int = 0
    new_since_at: datetime | None = None
    lead_id: UUID | None = None


def list_notes(actor: Actor, goal: Goal, page: int = 1, size: int = PAGE_SIZE) -> FoundNotes:
    """The notes of a goal that the actor may read, the newest first.

    What is counted over all pages comes with each row. A page beyond the last has none, so only
    there it is asked for by itself.
    """
    of_page = {"goal_id": goal.id, "before": (page - 1) * size, "most": size}
    rows = db.session.execute(_notes(actor), of_page).all()
    if not rows and page > 1:
        return replace(list_notes(actor, goal, 1, size), items=[], number=page)
    total, new, since_at, lead_id = rows[0][5:] if rows else (0, 0, None, None)
    items = [FoundNote(*row[:5]) for row in rows]
    return FoundNotes(items, page, size, total, new, since_at, lead_id)


@kept
def _notes(actor: Actor) -> Select[Any]:
    """Of the goal bound as `goal_id`, as many as `most` after the first `before`."""
    is_new = is_new_to(actor)
    as_seated = (_Own.practitioner_id == Note.author_id) & (_Own.discipline == Seat.discipline)
    shown = within(actor, Permission.READ_RECORD, _Step)
    columns: tuple[Any, ...] = (
        Note,
        Practitioner.name,
        func.coalesce(_Own.discipline, _Main.discipline),
        Client.lead_id.is_not_distinct_from(Note.author_id),
        _Step.title,
        func.count().over(),
        func.sum(case((is_new, 1), else_=0)).over(),
        func.min(case((is_new, Note.created_at))).over(),
        Client.lead_id,
    )
    return (
        select(*columns)
        .join(Client, Client.id == Note.client_id)
        .outerjoin(Practitioner, Practitioner.id == Note.author_id)
        .outerjoin(Seat, Seat.id == Note.seat_id)
        .outerjoin(_Own, as_seated)
        .outerjoin(_Main, (_Main.practitioner_id == Note.author_id) & (_Main.position == 0))
        .outerjoin(_Step, (_Step.id == Note.milestone_id) & shown)
        .outerjoin(NotesRead, read_by(reader_of(actor)))
        .where(Note.goal_id == bindparam("goal_id"), within(actor, Permission.READ_NOTES, Note))
        .order_by(Note.created_at.desc(), Note.id)
        .offset(bindparam("before"))
        .limit(bindparam("most"))
    )


def find_note(actor: Actor, goal: Goal, note_id: UUID) -> Note | None:
    return db.session.scalars(
        select(Note).where(
            Note.id == note_id,
            Note.goal_id == goal.id,
            within(actor, Permission.READ_NOTES, Note),
        )
    ).one_or_none()


def get_note(actor: Actor, goal: Goal, note_id: UUID) -> Note:
    """One note of this goal that the actor may read. Raises `NotFound`."""
    note = find_note(actor, goal, note_id)
    if note is None:
        raise NotFound
    return note


def own_seat_id(actor: Actor, goal: Goal) -> UUID | None:
    """The place on the goal's team from which the actor writes, None for lead and client."""
    if actor.practitioner_id is None:
        return None
    return db.session.scalar(
        select(Seat.id)
        .where(
            Seat.goal_id == goal.id,
            Seat.practitioner_id == actor.practitioner_id,
            Seat.state == "filled",
            within(actor, Permission.READ_RECORD, Seat),
        )
        .order_by(Seat.is_own, Seat.position, Seat.id)
        .limit(1)
    )


def lead_and_classes(goal: Goal) -> tuple[str, frozenset[str]]:
    """Who keeps the record, and the classes in which they read what others wrote."""
    lead_id, name = lead_of(goal.client_id)
    disciplines = db.session.scalars(
        select(PractitionerDiscipline.discipline).where(
            PractitionerDiscipline.practitioner_id == lead_id
        )
    ).all()
    return name, shown_by_default(disciplines)
