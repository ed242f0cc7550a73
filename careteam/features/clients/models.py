"""The client and what the client wants."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, event, false
from sqlalchemy.orm import Mapped, mapped_column, synonym

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.audit import reads
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class Client(Keyed, Versioned, Stamped, Base):
    """The person cared for; `lead_id` keeps the record.

    `safe_contact` says which way is safe to use: email, phone, post, in_person or none.
    `wants_no_screen`: no page of their own, but paper and telephone.
    `email_by_id`: who wrote the e-mail address in the place of whoever keeps the record.
    `restricted_classes` and `hidden_measures` are stored folds of the screening answers of all
    goals (features/teams keeps them, `flask check` re-derives them).
    """

    __tablename__ = "clients"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_CLIENT

    lead_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    information_class: Mapped[str] = mapped_column(default="identity_contact")
    name: Mapped[str]
    preferred_name: Mapped[str | None]
    date_of_birth: Mapped[date | None]
    email: Mapped[str | None]
    email_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    phone: Mapped[str | None]
    safe_contact: Mapped[str | None]
    place: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    language: Mapped[str | None]
    communication_needs: Mapped[str | None] = mapped_column(Text)
    general_practitioner: Mapped[str | None]
    keep_consent_given_on: Mapped[date]
    keep_consent_how: Mapped[str] = mapped_column(default="spoken")
    restricted_classes: Mapped[list[str]] = mapped_column(default=list)
    hidden_measures: Mapped[list[str]] = mapped_column(default=list)
    is_sample: Mapped[bool] = mapped_column(default=False)
    wants_no_screen: Mapped[bool] = mapped_column(default=False, server_default=false())

    client_id: Mapped[UUID] = synonym("id")

    @property
    def called(self) -> str:
        """How to address the client."""
        return self.preferred_name or self.name


event.listen(Client, "load", lambda row, _context: reads.note(row.id, row.information_class))


class Goal(Keyed, Versioned, Stamped, ClientRow, Base):
    """What the client wants, in the client's words.

    `status`: active, paused, replaced or ended. While `set_aside_at` is set, the wording, measure
    and target belong to a pathway that was left, and no page but the lead's goal page shows them.
    `pathway_version` is the content's version the goal was made from.
    """

    __tablename__ = "goals"
    INFORMATION_CLASS = "goal_plan"

    statement: Mapped[str] = mapped_column(Text)
    pathway: Mapped[str | None]
    pathway_version: Mapped[str | None]
    anchor_on: Mapped[date | None]
    measure: Mapped[str | None]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    clinical_lead: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="active")
    status_reason: Mapped[str | None]
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("goals.id"))
    set_aside_at: Mapped[datetime | None]

    goal_id: Mapped[UUID] = synonym("id")

    __table_args__ = (
        CheckConstraint("status IN ('active', 'paused', 'replaced', 'ended')", name="status"),
    )


class GoalWording(Keyed, ClientRow, Base):
    """An earlier wording of a goal, kept with the lead."""

    __tablename__ = "goal_wordings"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_SAFETY_REASONS

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    statement: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None]
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    reason: Mapped[str | None]
    replaced_at: Mapped[datetime]

    __table_args__ = (Index("ix_goal_wordings_goal_id", "goal_id"),)
