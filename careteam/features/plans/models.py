"""The recovery plan: milestones, what each waits for, and every change to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class Milestone(Keyed, Versioned, Stamped, ClientRow, Base):
    """One step of the plan, owned by a seat, by the client, or by the lead (neither).

    `status`: planned, in_progress, done, skipped or unable; the last two carry a `reason`.
    `template` is the pathway milestone it came from. A target day is a target, never a clearance.
    """

    __tablename__ = "milestones"
    INFORMATION_CLASS = "goal_plan"
    SEAT_COLUMN = "owner_seat_id"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    title: Mapped[str]
    phase: Mapped[str | None]
    owner_seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    owner_is_client: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    criterion: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str | None]
    comparator: Mapped[str | None]
    threshold: Mapped[float | None]
    status: Mapped[str] = mapped_column(default="planned")
    reason: Mapped[str | None] = mapped_column(Text)
    reached_on: Mapped[date | None]
    template: Mapped[str | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "status IN ('planned', 'in_progress', 'done', 'skipped', 'unable')", name="status"
        ),
        Index("ix_milestones_goal_id_due_on", "goal_id", "due_on"),
    )


class MilestoneDependency(Base):
    """`milestone_id` waits for `depends_on_id` and `lag_days` more; both belong to one goal."""

    __tablename__ = "milestone_dependencies"

    milestone_id: Mapped[UUID] = mapped_column(
        ForeignKey("milestones.id", ondelete="CASCADE"), primary_key=True
    )
    depends_on_id: Mapped[UUID] = mapped_column(
        ForeignKey("milestones.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    lag_days: Mapped[int] = mapped_column(default=0, server_default="0")

    __table_args__ = (CheckConstraint("lag_days >= 0", name="lag_days"),)


class PlanChange(Base):
    """History, undo and merge base in one: `field` of a milestone went from `old` to `new`.

    `row_version` is the milestone's version that the change produced. Erased with the client.
    """

    __tablename__ = "plan_changes"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )
    milestone_id: Mapped[UUID] = mapped_column(ForeignKey("milestones.id", ondelete="CASCADE"))
    row_version: Mapped[int]
    field: Mapped[str]
    old: Mapped[dict[str, Any]]
    new: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]

    __table_args__ = (
        Index("ix_plan_changes_milestone_id_row_version", "milestone_id", "row_version"),
        {"sqlite_autoincrement": True},
    )
