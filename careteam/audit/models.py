"""The two trails: what was changed, and whose data was looked at. Both only grow.

Neither has foreign keys: a trail outlives what it tells of. Neither holds a value of client data:
changes are kept as the names of fields.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careteam.audit.append_only import protect
from careteam.kit.db import Base

Counter = BigInteger().with_variant(Integer, "sqlite")


class AuditEvent(Base):
    __tablename__ = "audit_events"

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    actor_key: Mapped[str]
    actor_name: Mapped[str]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[str]
    client_id: Mapped[UUID | None]
    fields: Mapped[list[str]]
    request_id: Mapped[str]

    __table_args__ = (
        Index("ix_audit_events_client_id_number", "client_id", "number"),
        Index("ix_audit_events_object_id", "object_id"),
        {"sqlite_autoincrement": True},
    )


class AccessRead(Base):
    """One row for each actor, client, information class and clock hour (UTC)."""

    __tablename__ = "access_reads"

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    hour_at: Mapped[datetime]
    actor_key: Mapped[str]
    actor_name: Mapped[str]
    client_id: Mapped[UUID]
    information_class: Mapped[str]
    request_id: Mapped[str]

    __table_args__ = (
        UniqueConstraint("client_id", "actor_key", "information_class", "hour_at"),
        {"sqlite_autoincrement": True},
    )


protect(AuditEvent.__table__)
protect(AccessRead.__table__)
