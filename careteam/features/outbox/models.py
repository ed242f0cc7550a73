"""Mail waiting to leave. A message is a row in the transaction of what it tells of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from careteam.kit.db import Base, Keyed, Stamped


class Message(Keyed, Stamped, Base):
    """`message_id` is the mail's own and stays the same over every try.

    `body` is blanked once delivered: it may hold a link that opens something.
    """

    __tablename__ = "outbox_messages"

    message_id: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    reply_to: Mapped[str | None]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    about_id: Mapped[UUID | None]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_problem: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_outbox_messages_waiting", "delivered_at", "given_up_at", "due_at"),)
