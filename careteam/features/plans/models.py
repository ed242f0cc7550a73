"""The recovery plan: milestones, what each waits for, every change, and what is agreed of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped, Versioned

LINKED_PLAN = "The linked plan"
"""Who changed a milestone that was kept in step: nobody of the other client's record is named."""


class Milestone(Keyed, Versioned, Stamped, ClientRow, Base):
    """One step of the plan, owned by a seat, by the client, or by the lead (neither).

    `status`: planned, in_progress, done, skipped or unable; the last two carry a `reason`.
    `template` is the pathway milestone it came from. A target day is a target, never a clearance.
    `mirror_id` is shared with the milestone of a partner's plan that is kept in step with it, for
    as long as both sides of the link `pair_id` stand. `report_id` is the event of a referral, a
    report, that it was made from, `report_part` the part of it.
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
    pair_id: Mapped[UUID | None]
    mirror_id: Mapped[UUID | None] = mapped_column(index=True)
    report_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral_events.id", ondelete="SET NULL"), index=True
    )
    report_part: Mapped[str | None]

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
    Without `by_id` it was the client, or the partner's plan where `by_name` is `LINKED_PLAN`. With
    a `way` (phone, letter or in_person) it was entered by hand: `told_by` is who said so.
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
    told_by: Mapped[str | None]
    way: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("(way IS NULL) = (told_by IS NULL)", name="told"),
        CheckConstraint("way IN ('phone', 'letter', 'in_person')", name="way"),
        Index("ix_plan_changes_milestone_id_row_version", "milestone_id", "row_version"),
        {"sqlite_autoincrement": True},
    )


class PlanVersion(Keyed, ClientRow, Base):
    """The structure of a plan as it was put before everybody, in the snapshot's plain values.

    Versions of a goal are numbered 1, 2, 3; the unique number lets one of two publishers win.
    `asks_client`: it changed something for the client, whose answer it waits for.
    """

    __tablename__ = "plan_versions"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.ANSWER_PLAN

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    number: Mapped[int]
    structure: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    asks_client: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        UniqueConstraint("goal_id", "number"),
        Index("ix_plan_versions_published_at", "published_at"),
    )


class PlanAgreement(Keyed, ClientRow, Base):
    """What one party said to one version. The highest `number` counts, the others are history.

    `party` is `lead`, `client` or the id of a seat, which then stands in `seat_id` too; `person_id`
    is who fills that seat. `answer`: agreed, objects or copied (gets a copy, is asked nothing).
    `way`: account, link or page where the party answered, else phone, letter or in_person, entered
    by hand by `by_name`. `given_on` is the day it was said. The `comment` is for whoever keeps the
    record and for whoever wrote it.
    """

    __tablename__ = "plan_agreements"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.ANSWER_PLAN
    SEAT_COLUMN = "seat_id"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("plan_versions.id", ondelete="CASCADE"))
    party: Mapped[str]
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    number: Mapped[int]
    answer: Mapped[str]
    comment: Mapped[str | None] = mapped_column(Text)
    way: Mapped[str]
    given_on: Mapped[date]
    at: Mapped[datetime]
    by_name: Mapped[str]

    __table_args__ = (
        CheckConstraint("answer IN ('agreed', 'objects', 'copied')", name="answer"),
        CheckConstraint(
            "way IN ('account', 'link', 'page', 'phone', 'letter', 'in_person')", name="way"
        ),
        UniqueConstraint("version_id", "party", "number"),
    )
