"""Questions to the two trails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from careteam.audit.models import AccessRead, AuditEvent
from careteam.kit.db import db, read_connection
from careteam.kit.listed import among_bound, listed


def find_stored_reads(
    actor_key: str, hour_at: datetime, client_ids: Iterable[UUID]
) -> set[tuple[UUID, str]]:
    """Which (client, information class) pairs of this actor and hour are on the trail already."""
    with read_connection() as connection:
        asked = {"client_ids": listed(client_ids), "actor_key": actor_key, "hour_at": hour_at}
        found = connection.execute(_stored_reads(), asked)
        return {(client_id, information_class) for client_id, information_class in found}


@cache
def _stored_reads() -> Select[UUID, str]:
    """Put together once and kept, because every page about a client asks it."""
    return select(AccessRead.client_id, AccessRead.information_class).where(
        among_bound(AccessRead.client_id, "client_ids"),
        AccessRead.actor_key == bindparam("actor_key"),
        AccessRead.hour_at == bindparam("hour_at"),
    )


def list_reads_of(client_id: UUID, limit: int = 200) -> Sequence[AccessRead]:
    """Who looked at this client's record, the newest first. The caller has checked the actor."""
    return db.session.scalars(
        select(AccessRead)
        .where(AccessRead.client_id == client_id)
        .order_by(AccessRead.number.desc())
        .limit(limit)
    ).all()


def list_events_of(client_id: UUID, limit: int = 200) -> Sequence[AuditEvent]:
    """What was changed about this client, the newest first. The caller has checked the actor."""
    return db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.client_id == client_id)
        .order_by(AuditEvent.number.desc())
        .limit(limit)
    ).all()
