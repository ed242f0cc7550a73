"""What the picture says of practitioners, by columns. Entries taken out are not drawn."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.network.picture import Person
from careteam.features.directory.catalogue import label_of
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.features.network.queries.ties import MOST_NAMED, readable
from careteam.kit.db import db

NO_DISCIPLINE = "Discipline not known"
_MAIN = (PractitionerDiscipline.practitioner_id == Practitioner.id) & (
    PractitionerDiscipline.position == 0
)
_FIRST = (Workplace.practitioner_id == Practitioner.id) & (Workplace.position == 0)
_ACCEPTING = {"yes": True, "no": False}


def list_people(actor: Actor, ids: Collection[str] | None = None) -> list[Person]:
    """Those of `ids` that are in the directory, or everybody in it. One statement.

    Of those named, whoever was taken out is left out here: asked of the database, SQLite would
    go through the index of the whole directory to find them.
    """
    if ids is not None and not ids:
        return []
    if ids is None or len(ids) > MOST_NAMED:
        everybody = _people(_entries(actor).where(Practitioner.retired_at.is_(None)))
        return [each for each in everybody if ids is None or each.id in ids]
    return _people(_entries(actor).where(Practitioner.id.in_([UUID(id_) for id_ in ids])))


def list_everybody() -> list[Person]:
    """For the worker, who gathers for everybody and shows nobody anything."""
    return _people(_entries(None).where(Practitioner.retired_at.is_(None)))


def gone_ids(actor: Actor) -> frozenset[str]:
    """Entries that were taken out of the directory."""
    there = within(actor, Permission.READ_DIRECTORY, Practitioner)
    taken_out = select(Practitioner.id).where(there, Practitioner.retired_at.is_not(None))
    return frozenset(str(id_) for id_ in db.session.scalars(taken_out))


def count_people(actor: Actor, most: int | None = None) -> int:
    """How many are in the directory; with `most` it stops counting there."""
    there = select(Practitioner.id).where(
        within(actor, Permission.READ_DIRECTORY, Practitioner), Practitioner.retired_at.is_(None)
    )
    counted = select(func.count()).select_from(there.limit(most).subquery())
    return db.session.scalar(counted) or 0


def count_disciplines(actor: Actor) -> dict[str, int]:
    """How many have each main discipline."""
    return _counts(actor, PractitionerDiscipline, PractitionerDiscipline.discipline)


def count_places(actor: Actor) -> dict[str, int]:
    """How many work first in each place."""
    return _counts(actor, Workplace, Workplace.place)


def _counts(
    actor: Actor, part: type[PractitionerDiscipline | Workplace], by: Any
) -> dict[str, int]:
    """Of the first of each entry. Reads one table and leaves out those of the few taken out."""
    taken_out = select(Practitioner.id).where(
        within(actor, Permission.READ_DIRECTORY, Practitioner), Practitioner.retired_at.is_not(None)
    )
    rows = db.session.execute(
        select(by, func.count())
        .where(part.position == 0, part.practitioner_id.not_in(taken_out))
        .group_by(by)
    )
    return {value: count for value, count in rows if value}


def _entries(actor: Actor | None) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Practitioner.retired_at,
        Practitioner.id,
        Practitioner.name,
        Practitioner.accepting,
        PractitionerDiscipline.discipline,
        Workplace.place,
    )
    return (
        select(*columns)
        .select_from(Practitioner)
        .outerjoin(PractitionerDiscipline, _MAIN)
        .outerjoin(Workplace, _FIRST)
        .where(readable(actor, Permission.READ_DIRECTORY, Practitioner))
    )


def _people(statement: Select[Any]) -> list[Person]:
    return [_person(row) for row in db.session.execute(statement) if row.retired_at is None]


def _person(row: Any) -> Person:
    return Person(
        id=str(row.id),
        name=row.name,
        discipline_id=row.discipline or "",
        discipline=label_of(row.discipline) if row.discipline else NO_DISCIPLINE,
        place=row.place or None,
        accepting=_ACCEPTING.get(row.accepting),
    )
