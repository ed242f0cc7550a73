"""Single entries, names and ways to reach people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import joinedload, load_only, selectinload

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.directory.catalogue import label_of
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from careteam.kit.listed import among_bound, listed
from careteam.kit.paging import Page

WHOLE = (
    selectinload(Practitioner.disciplines),
    selectinload(Practitioner.workplaces),
    selectinload(Practitioner.languages),
)
"""Loads what an entry consists of, in three statements for any number of entries."""


_LISTED = (
    Practitioner.name,
    Practitioner.email,
    Practitioner.phone,
    Practitioner.accepting,
    Practitioner.accepting_said_on,
    Practitioner.away_until,
    Practitioner.usual_wait_days,
    Practitioner.sees_online,
    Practitioner.visits_homes,
    Practitioner.is_public_service,
    Practitioner.verified_on,
    Practitioner.created_at,
    Practitioner.retired_at,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """How to name and reach somebody. `discipline` is the main one's label; `where` is the first
    workplace in one line; `registered` is body and number. A retired entry keeps its name and is
    marked."""

    practitioner_id: UUID
    name: str
    discipline: str
    where: str
    phone: str | None
    email: str | None
    website: str | None
    accepting: str
    is_retired: bool
    registered: str


def whole_entries(actor: Actor) -> Select[Any]:
    """Entries with everything they consist of, retired ones too."""
    return (
        select(Practitioner)
        .where(within(actor, Permission.READ_DIRECTORY, Practitioner))
        .options(*WHOLE)
    )


def entries_to_list(actor: Actor, ids: Iterable[UUID]) -> Sequence[Practitioner]:
    """These entries with disciplines and workplaces, by one statement, in no order. Loaded is what
    a line of a list says.
    """
    found = db.session.scalars(_to_list(actor), {"ids": listed(ids)})
    return found.unique().all()


@kept
def _to_list(actor: Actor) -> Select[Practitioner]:
    """Those bound as `ids`."""
    return (
        select(Practitioner)
        .where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            among_bound(Practitioner.id, "ids"),
        )
        .options(
            load_only(*_LISTED, raiseload=True),
            joinedload(Practitioner.disciplines),
            joinedload(Practitioner.workplaces).load_only(
                Workplace.practice, Workplace.place, raiseload=True
            ),
        )
    )


def find_practitioner(actor: Actor, practitioner_id: UUID | None) -> Practitioner | None:
    """The entry with disciplines, workplaces and languages; retired ones are found as well."""
    if practitioner_id is None:
        return None
    found: Practitioner | None = db.session.scalars(
        whole_entries(actor).where(Practitioner.id == practitioner_id)
    ).one_or_none()
    return found


def get_practitioner(actor: Actor, practitioner_id: UUID) -> Practitioner:
    """As `find_practitioner`. Raises `NotFound`."""
    found = find_practitioner(actor, practitioner_id)
    if found is None:
        raise NotFound
    return found


def get_own_entry(actor: Actor) -> Practitioner:
    """The whole entry of somebody who came by the link to it and showed a code.

    Raises `NotFound` for everybody else.
    """
    found = db.session.scalars(
        select(Practitioner)
        .where(
            Practitioner.id == actor.entry_id,
            within(actor, Permission.EDIT_PRACTITIONER, Practitioner),
        )
        .options(*WHOLE)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def get_entry_of_link(actor: Actor) -> Practitioner:
    """The entry whose availability may be said by its link, before a code was shown. Its parts are
    not loaded. Raises `NotFound` for everybody else.
    """
    found = db.session.scalars(
        select(Practitioner).where(
            Practitioner.id == actor.entry_id,
            within(actor, Permission.SAY_AVAILABILITY, Practitioner),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_everybody(actor: Actor) -> Sequence[Practitioner]:
    """All entries that were not taken out, whole, by name: four statements."""
    return db.session.scalars(
        whole_entries(actor)
        .where(Practitioner.retired_at.is_(None))
        .order_by(Practitioner.search_text, Practitioner.id)
    ).all()


def list_contacts(
    actor: Actor, known: Iterable[UUID] = (), *, everybody: bool = False, page: int = 1, size: int
) -> Page[Practitioner]:
    """The people one knows, whole, by name: those one added, and those whose ids are `known`.

    With `everybody`, and for somebody who knows nobody yet, the whole directory but oneself.
    """
    people = [within(actor, Permission.READ_DIRECTORY, Practitioner)]
    if actor.practitioner_id is not None:
        people.append(Practitioner.id != actor.practitioner_id)
    if everybody:
        people.append(Practitioner.retired_at.is_(None))
    else:
        people += [_is_known(actor, list(known)), _IS_THERE]
    total = _count(people)
    if not total and not everybody:
        return list_contacts(actor, everybody=True, page=page, size=size)
    rows = db.session.scalars(
        whole_entries(actor)
        .where(*people)
        .order_by(Practitioner.search_text, Practitioner.id)
        .offset((page - 1) * size)
        .limit(size)
    )
    return Page(rows.all(), page, size, total)


_IS_THERE = case((Practitioner.retired_at.is_(None), True), else_=False)
"""In a form that no index answers: whom one knows is found by who they are, not among everybody."""


def _is_known(actor: Actor, known: Sequence[UUID]) -> ColumnElement[bool]:
    named = Practitioner.id.in_(known)
    if actor.practitioner_id is None:
        return named
    return or_(named, Practitioner.added_by_id == actor.practitioner_id)


def _count(conditions: Sequence[ColumnElement[bool]]) -> int:
    return db.session.scalar(select(func.count()).select_from(Practitioner).where(*conditions)) or 0


def has_entries(actor: Actor) -> bool:
    """Whether the directory has anybody but oneself."""
    others = select(Practitioner.id).where(
        within(actor, Permission.READ_DIRECTORY, Practitioner), Practitioner.retired_at.is_(None)
    )
    if actor.practitioner_id is not None:
        others = others.where(Practitioner.id != actor.practitioner_id)
    return db.session.scalar(others.limit(1)) is not None


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Name by id, for rows that point at entries. One statement."""
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Practitioner.id, Practitioner.name).where(Practitioner.id.in_(wanted))
    )
    return {row.id: row.name for row in rows}


def contacts_of(actor: Actor, ids: Iterable[UUID | None]) -> dict[UUID, Contact]:
    """Name, main discipline, place and ways to reach, by id. One statement."""
    return _contacts(ids, within(actor, Permission.READ_DIRECTORY, Practitioner))


def party_contacts(ids: Iterable[UUID | None]) -> dict[UUID, Contact]:
    """As `contacts_of`, for whoever already reaches the referral that names these people."""
    return _contacts(ids, true())


def _contacts(ids: Iterable[UUID | None], condition: ColumnElement[bool]) -> dict[UUID, Contact]:
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    first_workplace = (Workplace.practitioner_id == Practitioner.id) & (Workplace.position == 0)
    main_discipline = (PractitionerDiscipline.practitioner_id == Practitioner.id) & (
        PractitionerDiscipline.position == 0
    )
    rows = db.session.execute(
        select(
            Practitioner.id,
            Practitioner.name,
            PractitionerDiscipline.discipline,
            Workplace.practice,
            Workplace.place,
            Practitioner.phone,
            Workplace.phone.label("workplace_phone"),
            Practitioner.email,
            Practitioner.website,
            Practitioner.accepting,
            Practitioner.retired_at,
            Practitioner.registration_body,
            Practitioner.registration_number,
        )
        .outerjoin(PractitionerDiscipline, main_discipline)
        .outerjoin(Workplace, first_workplace)
        .where(Practitioner.id.in_(wanted), condition)
    )
    return {row.id: _contact(row) for row in rows}


def _contact(row: Any) -> Contact:
    return Contact(
        practitioner_id=row.id,
        name=row.name,
        discipline=label_of(row.discipline) if row.discipline else "",
        where=", ".join(part for part in (row.practice, row.place) if part),
        phone=row.phone or row.workplace_phone,
        email=row.email,
        website=row.website,
        accepting=row.accepting,
        is_retired=row.retired_at is not None,
        registered=" ".join(filter(None, (row.registration_body, row.registration_number))),
    )
