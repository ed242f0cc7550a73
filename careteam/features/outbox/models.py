"""Mail waiting to leave. A message is a row in the transaction of what it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.kit.db import Base, Keyed, Stamped


class Message(Keyed, Stamped, Base):
    """`message_id` is the mail's own and stays the same over every try.

    `author_id` is whoever may see and copy it while it has not left; None where nobody may (codes,
    words of the application itself). `about_id` is the row it tells of and `purpose` what it does
    for that row; both are the sending room's own words. `claim` and `claimed_until` say who is
    carrying it now. `delivered_at` is when a mail server took it, or when the author said that it
    went by hand (`by_hand_at`). `given_up_at` alone decides that nobody tries any more: a mail that
    was delivered and came back has both.

    `body` is blanked once delivered or discarded: it may hold a link that opens something.
    """

    __tablename__ = "outbox_messages"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    message_id: Mapped[str] = mapped_column(unique=True)
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("practitioners.id", ondelete="SET NULL")
    )
    from_name: Mapped[str | None]
    recipient: Mapped[str]
    reply_to: Mapped[str | None]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    about_id: Mapped[UUID | None]
    purpose: Mapped[str | None]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    last_problem: Mapped[str | None]
    claim: Mapped[UUID | None]
    claimed_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    by_hand_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_outbox_messages_waiting", "delivered_at", "given_up_at", "due_at"),
        Index("ix_outbox_messages_author_id", "author_id"),
        Index("ix_outbox_messages_about_id", "about_id"),
    )
