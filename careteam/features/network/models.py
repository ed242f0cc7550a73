"""What a practitioner remembers of the past; what is worked out of the whole network and kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.kit.db import Base

BANDS = ("none", "few", "some", "many")


class RememberedTie(Base):
    """About, by hand: `sent` and `received` are bands (none 0, few 1-2, some 3-5, many more)."""

    __tablename__ = "remembered_ties"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    sent: Mapped[str] = mapped_column(default="none")
    received: Mapped[str] = mapped_column(default="none")
    said_on: Mapped[date]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("sent IN ('none', 'few', 'some', 'many')", name="sent"),
        CheckConstraint("received IN ('none', 'few', 'some', 'many')", name="received"),
        CheckConstraint("author_id <> practitioner_id", name="two_people"),
    )


class NetworkVersion(Base):
    """One row: how often the counted ties, or who hides theirs, have changed.

    `mark` is another by lot each time: what a process keeps of one state is that of no other, not
    of a database that was put back either.
    """

    __tablename__ = "network_versions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    number: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(default="")

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class NetworkResult(Base):
    """A figure of the whole network, worked out beside the pages and kept until it changes.

    version: that of the network `value` was worked out from; None before the first.
    is_refused: the network of `version` was too large for the engines that are there.
    took_seconds: how long it took, so that a large network is not worked out all day long.
    working_since: a worker is at it since then; `percent` says how far. A claim runs out.
    failed_at: when it last broke off, until it has succeeded again.
    """

    __tablename__ = "network_results"

    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int | None]
    computed_at: Mapped[datetime | None]
    value: Mapped[dict[str, Any] | None]
    is_refused: Mapped[bool] = mapped_column(default=False)
    took_seconds: Mapped[float] = mapped_column(default=0.0)
    working_since: Mapped[datetime | None]
    percent: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
