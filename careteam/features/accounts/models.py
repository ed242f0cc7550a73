"""The community, its accounts, and the sessions and tries of signing in."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column, synonym

from careteam.access.permissions import Permission
from careteam.domain.news import HowOften
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class Community(Keyed, Versioned, Stamped, Base):
    """The one row about this installation. `sample_since` is set while it holds sample data,
    `yearly_mail_stopped_at` while nobody is asked by mail whether their entry is right.

    `pathways_stamp` is another each time the community's own pathways changed, so that every
    process knows at the cost of one column whether what it holds is still right.
    """

    __tablename__ = "communities"

    name: Mapped[str]
    sample_since: Mapped[datetime | None]
    pathways_stamp: Mapped[UUID | None]
    yearly_mail_stopped_at: Mapped[datetime | None]


class SetupLink(Keyed, Stamped, Base):
    """The one-time link of the first set-up; only a hash of its token is kept."""

    __tablename__ = "setup_links"

    token_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


class Account(Keyed, Versioned, Stamped, Base):
    """A sign-in. `email` is kept in lower case; a steward may have no practitioner."""

    __tablename__ = "accounts"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_OWN_ACCOUNT

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    practitioner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("practitioners.id"), unique=True
    )
    is_steward: Mapped[bool] = mapped_column(default=False)
    keeps_ties_private: Mapped[bool] = mapped_column(default=False)
    wants_monday_mail: Mapped[bool] = mapped_column(default=True)
    news_mail: Mapped[str] = mapped_column(default=HowOften.DAILY.value)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    account_id: Mapped[UUID] = synonym("id")

    __table_args__ = (
        Index(
            "ix_accounts_private",
            "practitioner_id",
            sqlite_where=column("keeps_ties_private").is_(True),
            postgresql_where=column("keeps_ties_private").is_(True),
        ),
    )


class SignIn(Keyed, Stamped, Base):
    """One browser that is signed in. Only a hash of the cookie's token is kept."""

    __tablename__ = "sign_ins"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_OWN_ACCOUNT

    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    device: Mapped[str]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FailedTry(Keyed, Base):
    """A wrong password, by what was tried (hashes of e-mail and address). Old rows are removed."""

    __tablename__ = "failed_tries"

    key_hash: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_failed_tries_key_hash_at", "key_hash", "at"),)
