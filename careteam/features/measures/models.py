"""Recorded values of outcome measures."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped, new_to_somebody


class Measurement(Keyed, Stamped, ClientRow, Base):
    """One value of one measure; its class is the catalogue's for that measure.

    `seen_at`: whoever keeps the record has seen it; at once where they or the client recorded it.
    """

    __tablename__ = "measurements"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    measure: Mapped[str]
    value: Mapped[float]
    taken_on: Mapped[date]
    how: Mapped[str] = mapped_column(default="in person")
    note: Mapped[str | None]
    seen_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_measurements_goal_id_measure_taken_on", "goal_id", "measure", "taken_on"),
        new_to_somebody("measurements", "client_id"),
    )
