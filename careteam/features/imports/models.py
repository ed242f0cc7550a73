"""Imports between their two steps, and entries that were made one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class ImportDraft(Keyed, Versioned, Stamped, Base):
    """`content` holds the rows as brought and what was decided about them, until confirmed; then
    the keys of the entries made, for undoing it.

    Seen by the account that brought it only, and removed at `expires_at`; see `contents.py`. At
    `asked_at` a long one was left to the worker, who says how far it is (`working.py`).
    """

    __tablename__ = "import_drafts"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_OWN_ACCOUNT

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(default="practitioners")
    source: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]]
    expires_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    working_since: Mapped[datetime | None]
    percent: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_import_drafts_account_id", "account_id"),
        Index("ix_import_drafts_expires_at", "expires_at"),
    )


class ImportColumns(Base):
    """What somebody said that the columns of a list hold, for the next one with these headings.

    `headings` is a hash of them; `columns` has the name of a field for each, or "".
    """

    __tablename__ = "import_columns"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_OWN_ACCOUNT

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True
    )
    headings: Mapped[str] = mapped_column(primary_key=True)
    columns: Mapped[list[str]]


class ImportChange(Base):
    """What an entry said before an import changed it, by the names of its fields, for giving it
    back; `version` is the entry's after the change. It goes with the import, with the entry, and as
    soon as the person asks to be removed."""

    __tablename__ = "import_changes"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_DIRECTORY

    import_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_drafts.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int]
    was: Mapped[dict[str, Any]]


class Merge(Keyed, Stamped, Base):
    """Two entries that were found to be one person's. Until it is undone, `content` holds which
    rows were let point at the entry that stays, and which of its fields came from the other."""

    __tablename__ = "merges"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_DIRECTORY

    kept_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), index=True
    )
    gone_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), index=True
    )
    content: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_entries"),)


class ToldApart(Base):
    """Two entries that look like one person's and are of two people: they are not offered again.

    `one_id` is the smaller key.
    """

    __tablename__ = "told_apart"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_DIRECTORY

    one_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), primary_key=True, index=True
    )
