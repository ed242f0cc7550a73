"""What a practitioner remembers of the past, in bands: drawn in the picture, counted nowhere."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
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
