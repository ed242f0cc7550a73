"""Practitioners, whom all members share: people and services, and where they work."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careteam.access.permissions import Permission
from careteam.domain.confirming import is_unconfirmed, last_confirmed
from careteam.kit import clock
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class Practitioner(Keyed, Versioned, Stamped, Base):
    """One entry. `kind`: person or service; `accepting`: yes, no or unknown.

    `verified_on` is when a person last checked the entry, never the day it was edited.
    `search_text` is folded: name, practices, places, discipline labels. `claimed_at` is set while
    an account belongs to the entry. Fees are in the community's currency. `said_by_self_on` is when
    the person themself last corrected or confirmed it by the link they were mailed, and
    `removal_asked_at` when they asked to be removed; at `emptied_at` what it said was erased.
    `merged_into_id` is the entry of the same person that stays in its place.
    """

    __tablename__ = "practitioners"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_DIRECTORY

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="person")
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    social: Mapped[str | None]
    sees_in_person: Mapped[bool] = mapped_column(default=True)
    sees_online: Mapped[bool] = mapped_column(default=False)
    visits_homes: Mapped[bool] = mapped_column(default=False)
    is_public_service: Mapped[bool] = mapped_column(default=False)
    fee_from: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    fee_to: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    accepting: Mapped[str] = mapped_column(default="unknown")
    accepting_said_on: Mapped[date | None]
    usual_wait_days: Mapped[int | None]
    away_until: Mapped[date | None]
    registration_body: Mapped[str | None]
    registration_number: Mapped[str | None]
    registration_checked_on: Mapped[date | None]
    registration_checked_by: Mapped[str | None]
    bio: Mapped[str | None] = mapped_column(Text)
    verified_on: Mapped[date | None]
    verified_by: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    retired_at: Mapped[datetime | None]
    retired_reason: Mapped[str | None]
    said_by_self_on: Mapped[date | None]
    removal_asked_at: Mapped[datetime | None]
    emptied_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("practitioners.id", ondelete="SET NULL"), index=True
    )
    search_text: Mapped[str] = mapped_column(Text, default="")
    is_sample: Mapped[bool] = mapped_column(default=False)

    disciplines: Mapped[list[PractitionerDiscipline]] = relationship(
        lazy="raise",
        order_by="PractitionerDiscipline.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    workplaces: Mapped[list[Workplace]] = relationship(
        lazy="raise",
        order_by="Workplace.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    languages: Mapped[list[PractitionerLanguage]] = relationship(
        lazy="raise",
        order_by="PractitionerLanguage.code",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    __table_args__ = (
        CheckConstraint("kind IN ('person', 'service')", name="kind"),
        CheckConstraint("accepting IN ('yes', 'no', 'unknown')", name="accepting"),
        Index("ix_practitioners_retired_at_name_id", "retired_at", "name", "id"),
        # The directory's list and search run along this one, without sorting. Not on PostgreSQL,
        # whose index rows are too short for the longest entries.
        Index(
            "ix_practitioners_retired_at_search_text_id",
            "retired_at",
            "search_text",
            "id",
            info={"only": "sqlite"},
        ).ddl_if(dialect="sqlite"),
        Index("ix_practitioners_email", "email"),
        Index("ix_practitioners_phone", "phone"),
    )

    @property
    def confirmed_on(self) -> date:
        entered_on = clock.day_of(self.created_at)
        return last_confirmed(entered_on, self.verified_on, self.accepting_said_on)

    @property
    def is_unconfirmed(self) -> bool:
        """Nobody has said for six months that it is right."""
        return is_unconfirmed(self.confirmed_on, clock.today())


class PractitionerDiscipline(Base):
    """`discipline` is an id of the catalogue; position 0 is the main one."""

    __tablename__ = "practitioner_disciplines"

    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), primary_key=True
    )
    discipline: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        Index(
            "ix_practitioner_disciplines_discipline_practitioner_id",
            "discipline",
            "practitioner_id",
        ),
    )


class PractitionerLanguage(Base):
    """`code` is ISO 639-1."""

    __tablename__ = "practitioner_languages"

    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(primary_key=True, index=True)


class Interest(Base):
    """What ties the author to somebody besides the work; a client to whom they are named is told.

    Only the author reads it. `kind` is of `INTERESTS`.
    """

    __tablename__ = "interests"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    kind: Mapped[str]

    __table_args__ = (
        CheckConstraint("kind IN ('relative', 'business', 'other')", name="kind"),
        CheckConstraint("author_id <> practitioner_id", name="two_people"),
    )


class TrustWords(Base):
    """Why the author trusts somebody, in a sentence that can stand on a sheet of names.

    Only the author reads it here.
    """

    __tablename__ = "trust_words"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    sentence: Mapped[str]

    __table_args__ = (CheckConstraint("author_id <> practitioner_id", name="two_people"),)


class Workplace(Keyed, Base):
    """One place of work; distance is to the nearest. Coordinates in degrees, of the town."""

    __tablename__ = "workplaces"

    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE")
    )
    position: Mapped[int] = mapped_column(default=0)
    practice: Mapped[str | None]
    place: Mapped[str | None]
    days: Mapped[str | None]
    phone: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]

    __table_args__ = (
        Index("ix_workplaces_latitude_longitude", "latitude", "longitude", "practitioner_id"),
        Index(
            "ix_workplaces_practitioner_id_latitude_longitude",
            "practitioner_id",
            "latitude",
            "longitude",
        ),
    )
