"""Notes of the people around a goal, to the team or to everybody."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped


class Note(Keyed, Stamped, ClientRow, Base):
    """What somebody wrote down for the others.

    `audience`: team (the practitioners of the goal) or all (the client too); both as far as the
    consents show the note's class, which its writer chose. `seat_id` is the writer's place on the
    team, None for whoever keeps the record and for the client; who is not to know of that seat does
    not read its notes. `milestone_id` is the step it is about.
    """

    __tablename__ = "notes"
    SEAT_COLUMN = "seat_id"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_NOTES

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    milestone_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("milestones.id", ondelete="SET NULL"), index=True
    )
    audience: Mapped[str]
    body: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("audience IN ('team', 'all')", name="audience"),
        Index("ix_notes_goal_id_created_at", "goal_id", "created_at"),
    )


class NoteNews(Base):
    """What one person is still to be told of one goal's notes, and what they were told last.

    `reader_id` is a practitioner or the client. Since `since_at` something may wait for them; who
    may read what is asked when they are told. `mail_id` is the mail that told them last, of what
    was written from `told_since_at` on: it is asked again before it leaves.
    """

    __tablename__ = "note_news"

    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since_at: Mapped[datetime | None] = mapped_column(index=True)
    told_at: Mapped[datetime | None]
    told_since_at: Mapped[datetime | None]
    mail_id: Mapped[UUID | None] = mapped_column(index=True)


class NotesRead(Base):
    """When somebody last opened the notes of a goal; what others wrote since is new to them.

    `reader_id` is a practitioner or the client.
    """

    __tablename__ = "notes_read"

    reader_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    read_at: Mapped[datetime]
