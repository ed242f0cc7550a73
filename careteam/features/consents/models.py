"""The client's permission: this practitioner, for these goals, these classes, until then."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped


class Consent(Keyed, Stamped, ClientRow, Base):
    """Never edited: a changed mind withdraws one and records another.

    `choice`: names_and_times, needed or items. `classes` are information classes shown in full.
    `how_given`: spoken, screen or paper. It lasts until the end of `until_on`, when set.
    `untold_since` is when the client withdrew it by themself, until the lead has looked at that.
    """

    __tablename__ = "consents"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_CONSENTS

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    choice: Mapped[str]
    classes: Mapped[list[str]]
    given_on: Mapped[date]
    how_given: Mapped[str]
    until_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_how: Mapped[str | None]
    untold_since: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("choice IN ('names_and_times', 'needed', 'items')", name="choice"),
        Index("ix_consents_practitioner_id_withdrawn_at", "practitioner_id", "withdrawn_at"),
    )


class ConsentGoal(Base):
    """A goal that a consent covers."""

    __tablename__ = "consent_goals"

    consent_id: Mapped[UUID] = mapped_column(
        ForeignKey("consents.id", ondelete="CASCADE"), primary_key=True
    )
    goal_id: Mapped[UUID] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True, index=True
    )
