"""Write the trail of looks. Nothing about a client is shown before it is written down.

Every row about a client notes itself when it is loaded, so no page can forget to. Before the answer
leaves, what was noted is stored in a short transaction of its own; if that fails the answer is
withheld. Lists read columns, not rows: of one's own clients they note nothing, and by `note` those
whom somebody else keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from careteam.audit.models import AccessRead
from careteam.audit.queries import find_stored_reads
from careteam.audit.trail import ActorLike, request_id
from careteam.kit import clock
from careteam.kit.db import db, own_transaction

Noted = set[tuple[UUID, str]]


def note(client_id: UUID | None, information_class: str) -> None:
    """Remember that this request has loaded a row of this class about this client."""
    if client_id is not None and has_request_context():
        noted: Noted = g.setdefault("noted_reads", set())
        noted.add((client_id, information_class))


def forget() -> None:
    """Nothing that was loaded so far is shown."""
    g.pop("noted_reads", None)


@contextmanager
def unseen() -> Iterator[None]:
    """Rows loaded meanwhile are looked at by a rule, not by a person: they note nothing."""
    if not has_request_context():
        yield
        return
    before: Noted = set(g.get("noted_reads", ()))
    try:
        yield
    finally:
        g.noted_reads = before


def store(actor: ActorLike, *, with_changes: bool = False) -> None:
    """Store what was noted, once an hour. Raises SQLAlchemyError when it cannot be stored.

    `with_changes` stores it in the session's own transaction, so that changes and looks are kept
    together or not at all; else it has a short transaction of its own.
    """
    noted: Noted = g.pop("noted_reads", set())
    if not noted:
        return
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    missing = noted - find_stored_reads(actor.key, hour, {client_id for client_id, _ in noted})
    if not missing:
        return
    rows = [
        {
            "hour_at": hour,
            "actor_key": actor.key,
            "actor_name": actor.name,
            "client_id": client_id,
            "information_class": information_class,
            "request_id": request_id(),
        }
        for client_id, information_class in sorted(missing, key=str)
    ]
    if with_changes:
        _insert(db.session.connection(), rows)
        return
    with own_transaction() as connection:
        _insert(connection, rows)


def _insert(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Another request of the same actor may have stored some of them meanwhile."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(AccessRead).on_conflict_do_nothing(), rows)
