"""Recorded values of outcome measures."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped


class Measurement(Keyed, Stamped, ClientRow, Base):
    """One value of one measure; its class is the catalogue's for that measure."""

    __tablename__ = "measurements"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    measure: Mapped[str]
    value: Mapped[float]
    taken_on: Mapped[date]
    how: Mapped[str] = mapped_column(default="in person")
    note: Mapped[str | None]

    __table_args__ = (
        Index("ix_measurements_goal_id_measure_taken_on", "goal_id", "measure", "taken_on"),
    )
