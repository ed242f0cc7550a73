"""What points at an entry, for pointing it at another or taking it back.

It asks nothing of an actor: the operations that use it do, and answer nobody which rows there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.imports.models import Merge, ToldApart
from careteam.kit.db import Base, db

STAY = frozenset({Practitioner.__tablename__, Merge.__tablename__, "accounts"})


def pointing_columns() -> Iterator[Column[Any]]:
    """Every column that names a practitioner, but those of rows that are part of an entry."""
    for table in Base.metadata.sorted_tables:
        if table.name in STAY:
            continue
        for key in table.foreign_keys:
            is_part = key.ondelete == "CASCADE"
            if key.column.table.name == Practitioner.__tablename__ and not is_part:
                yield key.parent


def keys_beside(column: Column[Any]) -> list[Column[Any]]:
    """The columns that, with this one, say which row it is."""
    return [each for each in column.table.primary_key.columns if each is not column]


def movable_keys(column: Column[Any], old: UUID, new: UUID) -> list[tuple[Any, ...]]:
    """Keys of the rows that name `old` in this column and could name `new`.

    Those stay that would then be between somebody and themself, or a second one where there may be
    one only; and consents of a client who gave, or took back, one for `new`: what that says goes
    before, so that nobody learns more about a client through a merge.
    """
    rows = db.session.execute(
        select(*keys_beside(column)).where(column == old, *_free(column, new))
    )
    return [tuple(row) for row in rows]


def _free(column: Column[Any], new: UUID) -> Iterator[ColumnElement[bool]]:
    table = column.table
    assert isinstance(table, Table)
    if any(str(each.name).endswith("two_people") for each in table.constraints):
        for other in pointing_columns():
            if other.table is table and other is not column:
                yield or_(other.is_(None), other != new)
    twin = table.alias()
    alone = [list(table.primary_key.columns)]
    alone += [
        list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)
    ]
    if table.name == Consent.__tablename__:
        alone.append([table.c.client_id, column])
    for columns in alone:
        if any(each is column for each in columns):
            same = [twin.c[each.name] == each for each in columns if each is not column]
            yield ~select(twin).where(twin.c[column.name] == new, *same).exists()


def list_untouched_entries(ids: Collection[UUID]) -> list[UUID]:
    """Those of these entries that are as they were made, nobody's, and named by no row."""
    named = [
        Practitioner.id.not_in(select(column).where(column.is_not(None)))
        for column in pointing_columns()
    ]
    untouched = select(Practitioner.id).where(
        Practitioner.id.in_(ids),
        Practitioner.version == 1,
        Practitioner.claimed_at.is_(None),
        *named,
    )
    return list(db.session.scalars(untouched))


def find_merge(gone_id: UUID) -> Merge | None:
    """The one that took this entry out and still holds."""
    return db.session.scalars(
        select(Merge).where(Merge.gone_id == gone_id, Merge.undone_at.is_(None))
    ).one_or_none()


def list_merged_into(actor: Actor, practitioner_id: UUID) -> list[tuple[UUID, str]]:
    """Key and name of the entries that were found to be this person too."""
    rows = db.session.execute(
        select(Practitioner.id, Practitioner.name)
        .where(
            Practitioner.merged_into_id == practitioner_id,
            within(actor, Permission.READ_DIRECTORY, Practitioner),
        )
        .order_by(Practitioner.retired_at, Practitioner.id)
    )
    return [(row.id, row.name) for row in rows]


def told_apart(actor: Actor) -> set[frozenset[str]]:
    """Pairs of keys, as text, of whom somebody said that they are two people."""
    rows = db.session.execute(
        select(ToldApart.one_id, ToldApart.other_id)
        .join(Practitioner, Practitioner.id == ToldApart.one_id)
        .where(within(actor, Permission.READ_DIRECTORY, Practitioner))
    )
    return {frozenset(map(str, row)) for row in rows}
