"""Touches with practitioners and practices, calls, rhythms wished for, and outreach."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.domain.relationships.outreach import Step
from careteam.kit.db import Base, Keyed, Stamped


class Touch(Keyed, Stamped, Base):
    """One contact with a practitioner or with a practice, seen by its author and by nobody else.

    It tells nothing of a client: an update about one is checked against their consent when it is
    noted, and who they are is not kept. One that was removed keeps its row, for the undo.
    """

    __tablename__ = "touches"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    practice: Mapped[str | None]
    kind: Mapped[str]
    happened_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    next_done_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("(practitioner_id IS NULL) <> (practice IS NULL)", name="with_one"),
        CheckConstraint("author_id <> practitioner_id", name="two_people"),
        Index("ix_touches_author_id_practitioner_id", "author_id", "practitioner_id"),
    )


class Call(Keyed, Base):
    """One telephone call to a practitioner. `outcome`: spoke, voicemail or no_answer."""

    __tablename__ = "calls"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    referral_id: Mapped[UUID | None] = mapped_column(ForeignKey("referrals.id"))
    outcome: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_calls_author_id_at", "author_id", "at"),)


class Tending(Base):
    """How often its author wishes to be in touch with somebody, and until when that is put off."""

    __tablename__ = "tendings"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    every_months: Mapped[int | None]
    wished_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("every_months BETWEEN 1 AND 12", name="every_months"),
        CheckConstraint("author_id <> practitioner_id", name="two_people"),
    )


class PracticeTending(Base):
    """The same for a practice. `folded` is its name, told apart by it whatever the capitals."""

    __tablename__ = "practice_tendings"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)
    practice: Mapped[str]
    every_months: Mapped[int | None]
    wished_on: Mapped[date | None]
    snoozed_until: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("every_months BETWEEN 1 AND 12", name="every_months"),)


class GroupTending(Base):
    """How often its author wishes to be in touch with each person on a standing team."""

    __tablename__ = "group_tendings"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    team_id: Mapped[UUID] = mapped_column(
        ForeignKey("standing_teams.id", ondelete="CASCADE"), primary_key=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    every_months: Mapped[int]
    wished_on: Mapped[date]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("every_months BETWEEN 1 AND 12", name="every_months"),)


class Campaign(Keyed, Stamped, Base):
    """A few steps with each of several people and practices, seen by its author alone.

    `steps` are the ids of the steps, by comma. Contacts from `began_on` on count. One that was
    removed keeps its row, for the undo.
    """

    __tablename__ = "campaigns"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    name: Mapped[str]
    steps: Mapped[str]
    began_on: Mapped[date]
    removed_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    @property
    def wanted(self) -> list[Step]:
        """Its steps in the usual order."""
        asked = self.steps.split(",")
        return [step for step in Step if step.value in asked]


class CampaignTarget(Keyed, Stamped, Base):
    """A person or a practice of an outreach. `left_on`: nothing further is meant to be done."""

    __tablename__ = "campaign_targets"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    campaign_id: Mapped[UUID] = mapped_column(
        ForeignKey("campaigns.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    practice: Mapped[str | None]
    left_on: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("(practitioner_id IS NULL) <> (practice IS NULL)", name="with_one"),
        CheckConstraint("author_id <> practitioner_id", name="two_people"),
        UniqueConstraint("campaign_id", "practitioner_id"),
    )


class ProfileCard(Keyed, Stamped, Base):
    """Whoever holds the address with its key reads its author's own entry, without an account.

    One that is ended never opens again: the next has another key.
    """

    __tablename__ = "profile_cards"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), index=True
    )
    ended_at: Mapped[datetime | None]


class Observation(Keyed, Stamped, Base):
    """One dated fact about how somebody works in public, with who saw it.

    A draft has no `shared_at` and is its author's alone; a shared one is read by all members and by
    the person described, who can answer. `result`, `answers_public` and `is_helpful` are words of
    `observing.py`; `until_on` is when insurance ends. `said` is the answer.
    """

    __tablename__ = "observations"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_DIRECTORY

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    fact: Mapped[str]
    observed_on: Mapped[date]
    result: Mapped[str | None]
    body: Mapped[str | None]
    number: Mapped[str | None]
    until_on: Mapped[date | None]
    last_post_on: Mapped[date | None]
    answers_public: Mapped[str | None]
    is_helpful: Mapped[str | None]
    link: Mapped[str | None]
    note: Mapped[str | None]
    shared_at: Mapped[datetime | None]
    said: Mapped[str | None]
    is_contested: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (CheckConstraint("author_id <> practitioner_id", name="two_people"),)


class YearlyMail(Base):
    """When somebody was last asked by mail whether their entry is right, or wished not to be."""

    __tablename__ = "yearly_mails"

    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id", ondelete="CASCADE"), primary_key=True
    )
    asked_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class Ask(Keyed, Stamped, Base):
    """Somebody of a discipline was asked for in public or in a group, seen by its author alone.

    One that was removed keeps its row, for the undo.
    """

    __tablename__ = "asks"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    discipline: Mapped[str]
    place: Mapped[str | None]
    asked_where: Mapped[str]
    asked_on: Mapped[date]
    removed_at: Mapped[datetime | None]


class AskedName(Keyed, Stamped, Base):
    """A name that came back: a draft of its author's until it is an entry (`practitioner_id`)."""

    __tablename__ = "asked_names"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    ask_id: Mapped[UUID] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    name: Mapped[str]
    reach: Mapped[str | None]
    said_by: Mapped[str | None]
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    dropped_at: Mapped[datetime | None]
