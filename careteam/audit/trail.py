"""Write the trail of changes: who did what to which row, and which fields it touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from flask import g, has_request_context
from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import Session

from careteam.audit.models import AuditEvent
from careteam.audit.sentences import SENTENCES
from careteam.kit import clock
from careteam.kit.db import Base, db

BOOKKEEPING = frozenset({"version", "updated_at", "created_at"})


class ActorLike(Protocol):
    """What the trail needs to know of an actor; `access` stands above and defines them."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written down of one change: by whom, of which row, which fields."""

    actor: ActorLike
    action: str
    row: Any
    changes: frozenset[str]


def is_row(value: object) -> bool:
    return isinstance(value, Base)


@contextmanager
def watching(session: Session) -> Iterator[set[str]]:
    """Collect `table.field` of everything that is flushed meanwhile."""
    changes: set[str] = set()

    def note(flushing: Session, *_: Any) -> None:
        for row in (*flushing.new, *flushing.dirty):
            changes.update(_changed_fields(row))
        changes.update(f"{row.__tablename__}.removed" for row in flushing.deleted)

    event.listen(session, "before_flush", note)
    try:
        yield changes
    finally:
        event.remove(session, "before_flush", note)


@contextmanager
def noticing(session: Session) -> Iterator[set[str]]:
    """As `watching`, of what is added or changed meanwhile and waits to be flushed."""
    known = {id(row) for row in (*session.new, *session.dirty)}
    changes: set[str] = set()
    yield changes
    for row in (*session.new, *session.dirty):
        if id(row) not in known:
            changes.update(_changed_fields(row))


def _changed_fields(row: Any) -> Iterator[str]:
    state = inspect(row)
    for column in state.mapper.column_attrs:
        if column.key in BOOKKEEPING:
            continue
        history = state.attrs[column.key].history
        if history.has_changes() and any(value is not None for value in history.sum()):
            yield f"{row.__tablename__}.{column.key}"


def record(actor: ActorLike, action: str, row: Any, changes: set[str]) -> None:
    """Add the audit event to the running transaction. `action` must have a sentence."""
    record_all([Entry(actor, action, row, frozenset(changes))])


def record_all(entries: Iterable[Entry]) -> None:
    """As `record`, in one statement however many there are."""
    rows = [_values_of(entry) for entry in entries]
    db.session.flush()
    if rows:
        table: Any = AuditEvent.__table__
        db.session.execute(insert(table), rows)


def _values_of(entry: Entry) -> dict[str, Any]:
    actor, action, row = entry.actor, entry.action, entry.row
    if action not in SENTENCES:
        raise KeyError(f"no sentence for the action {action!r}")
    return {
        "at": clock.now(),
        "actor_key": actor.key,
        "actor_name": actor.name,
        "action": action,
        "object_type": row.__tablename__ if is_row(row) else "",
        "object_id": str(getattr(row, "id", "")) if is_row(row) else "",
        "client_id": getattr(row, "client_id", None) if is_row(row) else None,
        "fields": sorted(entry.changes),
        "request_id": request_id(),
    }


def request_id() -> str:
    return g.get("request_id", "") if has_request_context() else ""
