"""Urgent matters, most without a client."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.kit.db import Base, Keyed, Stamped


class UrgentMatter(Keyed, Stamped, Base):
    """What was seen and done about it. `who` is how its author recognises the person, no name.

    `client_id` is set where it was logged from that client's goal; `who` is then empty.
    `outcome`: seen, not_seen, unknown, or None while nobody has asked.
    """

    __tablename__ = "urgent_matters"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    flag: Mapped[str | None]
    urgency: Mapped[str]
    who: Mapped[str]
    done: Mapped[str] = mapped_column(Text)
    spoken_to: Mapped[str | None]
    ask_on: Mapped[date]
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]

    __table_args__ = (
        Index("ix_urgent_matters_author_id_outcome", "author_id", "outcome"),
        Index("ix_urgent_matters_client_id", "client_id"),
    )
