"""Screening answers, what was decided about their effects, what is laid by hand, and the seats."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.kit.db import Base, Keyed, Stamped, Versioned, new_to_somebody


class Answer(Keyed, Versioned, ClientRow, Base):
    """The answer to one screening question of a goal; its class is the question's.

    `value` is None where the question was left to the role in `left_to`. Numbers are kept as text.
    """

    __tablename__ = "answers"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_SAFETY_REASONS

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    question: Mapped[str]
    value: Mapped[str | None]
    left_to: Mapped[str | None]
    answered_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(default="spoken")

    __table_args__ = (
        UniqueConstraint("goal_id", "question"),
        Index("ix_answers_client_id_goal_id", "client_id", "goal_id"),
    )


class EffectDecision(Keyed, ClientRow, Base):
    """What was decided about one effect of one rule.

    `kind`: overridden (with a written reason), or for an emergency flag asked_again (not now; when
    it last was) or spoken (to whom, when, what they said). `effect` is the effect's key within the
    rule. A decision taken back keeps its row.
    """

    __tablename__ = "effect_decisions"
    INFORMATION_CLASS = "safety_alerts"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_SAFETY_REASONS

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    rule: Mapped[str]
    effect: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    spoken_to: Mapped[str | None]
    happened_on: Mapped[date | None]
    decided_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind IN ('overridden', 'asked_again', 'spoken')", name="kind"),
        Index("ix_effect_decisions_goal_id", "goal_id"),
    )


class Precaution(Keyed, Versioned, Stamped, ClientRow, Base):
    """A hold or a caution laid by hand; it stands for the whole person until somebody ends it.

    `scope` is that of the rules' holds, `none` for a caution and for what is no hands-on work.
    `what` is the effect, told to everybody who may know the safety alerts; `why` only to lead,
    client and writer, and where `shares_why` is set to the others as well. Who says so is a
    practitioner (`said_by_id`) or somebody outside, in words (`said_by_name`); `seat_id` is the
    place of whoever speaks in it, so that who is not to know of that seat does not read the row.
    `report_id` is the event of a referral, a report, that it was taken over from. `seen_at`:
    whoever keeps the record has seen it; what they laid at once.
    """

    __tablename__ = "precautions"
    INFORMATION_CLASS = "safety_alerts"
    SEAT_COLUMN = "seat_id"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    kind: Mapped[str]
    scope: Mapped[str]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    shares_why: Mapped[bool] = mapped_column(default=False)
    said_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    said_by_name: Mapped[str | None]
    from_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    ended_why: Mapped[str | None] = mapped_column(Text)
    report_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral_events.id", ondelete="SET NULL"), index=True
    )
    seen_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind IN ('hold', 'caution')", name="kind"),
        CheckConstraint("scope IN ('none', 'local', 'limb', 'abdomen', 'all')", name="scope"),
        CheckConstraint("(said_by_id IS NULL) <> (said_by_name IS NULL)", name="said_by"),
        Index("ix_precautions_goal_id", "goal_id"),
        new_to_somebody("precautions", "client_id"),
    )


class Clearance(Keyed, Versioned, Stamped, ClientRow, Base):
    """The word of a discipline that a phase may begin; what it covers no longer waits.

    `rules` are those that asked for it, with a space between: what another rule asks for later is
    not covered. `said` is what is cleared and on which conditions. It was given by a practitioner
    (`given_by_id`) or somebody outside, in words (`given_by_name`); `way`: account or link where
    they wrote it themselves, else phone, letter or in_person, entered by hand. One that is taken
    back keeps its row. `seen_at`: whoever keeps the record has seen it; their own at once.
    """

    __tablename__ = "clearances"
    INFORMATION_CLASS = "safety_alerts"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_CLEARANCE
    SEAT_COLUMN = "seat_id"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id"), index=True)
    discipline: Mapped[str]
    before_phase: Mapped[str]
    rules: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    given_by_name: Mapped[str | None]
    way: Mapped[str]
    given_on: Mapped[date]
    taken_back_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("way IN ('account', 'link', 'phone', 'letter', 'in_person')", name="way"),
        CheckConstraint("(given_by_id IS NULL) <> (given_by_name IS NULL)", name="given_by"),
        Index("ix_clearances_goal_id", "goal_id"),
        new_to_somebody("clearances", "client_id"),
    )


class ClearanceFile(Base):
    """The letter or photograph that came with a clearance. `kind`: pdf, png or jpeg, told by the
    content; `words` say it to a person.
    """

    __tablename__ = "clearance_files"

    clearance_id: Mapped[UUID] = mapped_column(
        ForeignKey("clearances.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str]
    words: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name="kind"),)


class Seat(Keyed, Versioned, Stamped, ClientRow, Base):
    """A role on the team.

    `state`: open, referred, filled, later, not_wanted or ended. `requirement`: required,
    recommended or conditional. `origin`: pathway, rule or hand. `is_own` marks a practitioner the
    client already had. `reason` may itself be a secret: lead and client only.
    """

    __tablename__ = "seats"
    INFORMATION_CLASS = "goal_plan"
    SEAT_COLUMN = "id"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    discipline: Mapped[str]
    requirement: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str]
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")
    practitioner_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))
    is_own: Mapped[bool] = mapped_column(default=False)
    filled_on: Mapped[date | None]
    state_reason: Mapped[str | None] = mapped_column(Text)
    explained: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'referred', 'filled', 'later', 'not_wanted', 'ended')", name="state"
        ),
        CheckConstraint("state <> 'filled' OR practitioner_id IS NOT NULL", name="filled_by"),
        Index("ix_seats_goal_id_position", "goal_id", "position"),
        Index("ix_seats_practitioner_id_state", "practitioner_id", "state"),
    )


class SeatHiding(Base):
    """The client keeps a seat from one practitioner: it leaves that person's team and plan."""

    __tablename__ = "seat_hidings"

    seat_id: Mapped[UUID] = mapped_column(
        ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True
    )
    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(
        ForeignKey("clients.id", ondelete="CASCADE"), index=True
    )


class Cover(Keyed, Stamped, ClientRow, Base):
    """Somebody who acts in the lead's place from one day to another, with the client's agreement.

    `author_id` is the lead who named them: it counts only while the same person keeps the record.
    `agreed_how`: spoken, screen or paper.
    """

    __tablename__ = "covers"
    INFORMATION_CLASS = "identity_contact"

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    agreed_on: Mapped[date]
    agreed_how: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))

    __table_args__ = (CheckConstraint("from_on <= until_on", name="days"),)


class HandOver(Keyed, Versioned, Stamped, ClientRow, Base):
    """The lead (`author_id`) asks a colleague to keep the record from now on.

    `state`: proposed, accepted, declined or withdrawn. `agreed_how`, by the client: spoken, screen
    or paper.
    """

    __tablename__ = "hand_overs"
    INFORMATION_CLASS = "identity_contact"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_CLIENT

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    agreed_on: Mapped[date]
    agreed_how: Mapped[str]
    state: Mapped[str] = mapped_column(default="proposed")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"))

    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'accepted', 'declined', 'withdrawn')", name="state"),
    )


class Partner(Keyed, Versioned, Stamped, ClientRow, Base):
    """One client's side of a link between two plans; the other's has the same `pair_id`.

    Nothing in it names the other client, so that it may outlive their record. It holds what this
    client agreed to and how (`agreed_how`: spoken, screen or paper). Ended, it stays ended.
    """

    __tablename__ = "partners"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.UNLINK_PARTNER

    pair_id: Mapped[UUID]
    agreed_on: Mapped[date]
    agreed_how: Mapped[str]
    ended_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("pair_id", "client_id"),)


class NameWish(ClientRow, Base):
    """Somebody whom the lead keeps for a place when a team is suggested, or leaves out where no
    place is named. It is about the goal: who takes the client over finds it as it was.
    """

    __tablename__ = "name_wishes"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_TEAM

    goal_id: Mapped[UUID] = mapped_column(
        ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True
    )
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    seat_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("seats.id", ondelete="CASCADE"), unique=True
    )


class Refusal(Keyed, ClientRow, Base):
    """Somebody whom the client does not want for any goal. Why is not asked.

    For lead and client alone; `author_id` is None where the client said it on their own page,
    `untold_since` then when, until the lead has looked at it.
    """

    __tablename__ = "refusals"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_SAFETY_REASONS

    practitioner_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    said_on: Mapped[date]
    untold_since: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("client_id", "practitioner_id"),)
