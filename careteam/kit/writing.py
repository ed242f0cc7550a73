"""Writing many changed rows at once.

The session writes rows with a version one by one, so that each can be found stale. Here those with
the same changed columns go in one statement, and that all of them were found is asked once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from careteam.kit.db import Versioned

TOLD: list[Callable[[Session], None]] = []
"""Who is told right before rows are written: a flush knows nothing of them."""


def write_changes(session: Session) -> None:
    """Write the changed versioned rows of the session, then flush what is left.

    Raises StaleDataError where somebody else changed one of them meanwhile.
    """
    for tell in TOLD:
        tell(session)
    groups: dict[tuple[type[Any], tuple[str, ...]], list[Any]] = defaultdict(list)
    for row in session.dirty:
        if isinstance(row, Versioned) and (names := _changed(row)):
            groups[type(row), names].append(row)
    for (model, names), rows in groups.items():
        _write(session, model, names, rows)
    session.flush()


def _changed(row: Any) -> tuple[str, ...]:
    state = inspect(row)
    return tuple(
        column.key
        for column in state.mapper.column_attrs
        if state.attrs[column.key].history.has_changes()
    )


def _write(session: Session, model: type[Any], names: Collection[str], rows: Sequence[Any]) -> None:
    table = model.__table__
    statement = (
        update(table)
        .where(table.c.id == bindparam("key"), table.c.version == bindparam("known"))
        .values({name: bindparam(f"new_{name}") for name in (*names, "version")})
    )
    values = [
        {f"new_{name}": getattr(row, name) for name in names}
        | {"key": row.id, "known": row.version, "new_version": row.version + 1}
        for row in rows
    ]
    if session.connection().execute(statement, values).rowcount != len(rows):
        raise StaleDataError(f"{model.__name__}: one of {len(rows)} rows was changed meanwhile")
    for row in rows:
        for name in names:
            set_committed_value(row, name, getattr(row, name))
        set_committed_value(row, "version", row.version + 1)
