"""Files that go with a referral."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, event
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.kit.db import Base, Keyed, Stamped, new_to_somebody


class Attachment(Keyed, Stamped, Base):
    """One file: what it is, and of which information class; the bytes stand apart.

    `label` is what its sender calls it; the name it had is not kept. `kind`: pdf, png or jpeg, told
    by the content; `words` say it to a person. `size` is in bytes. `seen_at`: the sender of the
    referral, or whoever keeps the record, has seen it; the sender's own at once.
    """

    __tablename__ = "attachments"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_REFERRAL

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), index=True
    )
    client_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )
    information_class: Mapped[str]
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    label: Mapped[str]
    kind: Mapped[str]
    words: Mapped[str]
    size: Mapped[int]
    seen_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name="kind"),
        new_to_somebody("attachments", "referral_id"),
    )


event.listen(
    Attachment, "load", lambda row, _context: reads.note(row.client_id, row.information_class)
)


class AttachmentContent(Base):
    """The bytes of a file, in the database: in every backup, and gone with what they belong to."""

    __tablename__ = "attachment_contents"

    attachment_id: Mapped[UUID] = mapped_column(
        ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True
    )
    data: Mapped[bytes] = mapped_column(LargeBinary)
