"""Referrals and their numbered events; names given without a client."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from careteam.access.permissions import Permission
from careteam.access.record import ClientRow
from careteam.audit import reads
from careteam.kit.db import Base, Keyed, Stamped, Versioned


class Referral(Keyed, Versioned, Stamped, Base):
    """One practitioner sends a client to another, or a past one logged without a client.

    `status`, `waiting_on`, `review_on`, the `_at` columns, `is_answer_by_hand` and `is_reported`
    are stored folds of the events, written in the same operation. `status_at` is when the referral
    came into its state, a draft has none; `appointment_at` is when the booked appointment starts,
    `first_visit_at` when the client was first seen. `is_answer_by_hand`: the sender wrote the first
    response down. `sent_by` is the route it
    left by. `happened_on` is the day of a past referral. `previous_id` is the referral this one
    follows, after somebody said no. `import_id` is the list of past ones that it came with.
    """

    __tablename__ = "referrals"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_REFERRAL

    sender_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID | None] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"))
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("referrals.id"))
    information_class: Mapped[str] = mapped_column(default="letters_reports")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    urgency: Mapped[str] = mapped_column(default="routine")
    reason: Mapped[str | None] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    sent_by: Mapped[str | None]
    is_past: Mapped[bool] = mapped_column(default=False)
    happened_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="draft")
    status_at: Mapped[datetime | None]
    waiting_on: Mapped[str] = mapped_column(default="sender")
    review_on: Mapped[date | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    first_response_at: Mapped[datetime | None]
    is_answer_by_hand: Mapped[bool] = mapped_column(default=False)
    accepted_at: Mapped[datetime | None]
    appointment_at: Mapped[datetime | None]
    first_visit_at: Mapped[datetime | None]
    is_reported: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    import_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("referral_imports.id", ondelete="SET NULL"), index=True
    )
    is_sample: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("sender_id <> receiver_id", name="two_people"),
        Index("ix_referrals_previous_id", "previous_id"),
        Index("ix_referrals_sender_id_status", "sender_id", "status"),
        Index("ix_referrals_receiver_id_status", "receiver_id", "status"),
        Index("ix_referrals_sender_id_receiver_id", "sender_id", "receiver_id"),
        Index("ix_referrals_client_id", "client_id"),
        Index("ix_referrals_seat_id", "seat_id"),
    )


event.listen(
    Referral, "load", lambda row, _context: reads.note(row.client_id, row.information_class)
)


class ReferralImport(Keyed, Stamped, Base):
    """A list of past referrals that was brought and confirmed by an account.

    `source` is the name of the file. `added` is how many referrals it made, and `removed` how many
    of them an undo took away again: those that nobody had touched.
    """

    __tablename__ = "referral_imports"
    READ_PERMISSION: ClassVar[Permission] = Permission.EDIT_OWN_ACCOUNT

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    source: Mapped[str] = mapped_column(default="")
    added: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]
    removed: Mapped[int] = mapped_column(default=0)


class ReferralEvent(Keyed, Base):
    """Event `number` 1, 2, 3... of one referral; that uniqueness is the one-winner rule.

    `party` is the side whose act it is: sender, receiver or policy; `by_name` the person, and
    `entered_by` whoever wrote it down for them, after a call or a letter. `way` says how it came:
    account, link, phone, mail, paper, in_person, import or policy. `data` holds what the action
    needs (a coded reason, a text, a day), as the table of states says.
    """

    __tablename__ = "referral_events"

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"))
    number: Mapped[int]
    action: Mapped[str]
    at: Mapped[datetime]
    party: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("practitioners.id"), index=True)
    by_name: Mapped[str]
    entered_by: Mapped[str | None]
    way: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (UniqueConstraint("referral_id", "number"),)


class LetterContent(Base):
    """What a letter says beside its own words.

    `chosen` are the ids of the parts that go with it. `sent` holds, under "parts", those that are
    kept as they stood when it left; None while it is a draft.
    """

    __tablename__ = "letter_contents"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True
    )
    chosen: Mapped[list[str]] = mapped_column(default=list)
    sent: Mapped[dict[str, Any] | None]


class FirstQuestion(Keyed, Stamped, Base):
    """One question to a practitioner before anything is sent. It is about nobody: no client, no
    seat, no reason; so it is no referral and counts as none.

    `status`: sent, answered or withdrawn. `sent_by` is the route it left by. `reply`: yes, no or
    not_now, with a `word` with it; `reply_way` is how it came, and `entered_by` whoever wrote it
    down for them. `reply_read_at` is when the asker read it; None again once it is changed.
    """

    __tablename__ = "first_questions"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_REFERRAL

    sender_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(default="sent")
    sent_by: Mapped[str]
    sent_at: Mapped[datetime]
    reply: Mapped[str | None]
    word: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None]
    reply_way: Mapped[str | None]
    entered_by: Mapped[str | None]
    reply_read_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("sender_id <> receiver_id", name="two_people"),
        Index("ix_first_questions_sender_id", "sender_id"),
        Index("ix_first_questions_receiver_id", "receiver_id"),
    )


class SeatChoice(Stamped, ClientRow, Base):
    """Which names the client was offered for a seat before this referral, and who chose.

    The one chosen is the referral's receiver. `chosen_by`: client, or lead where the client left it
    to them; None where nobody said. `author_id` offered the names. For lead and client alone.
    """

    __tablename__ = "seat_choices"
    INFORMATION_CLASS = "goal_plan"
    READ_PERMISSION: ClassVar[Permission] = Permission.READ_SAFETY_REASONS
    SEAT_COLUMN = "seat_id"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True
    )
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goals.id", ondelete="CASCADE"))
    seat_id: Mapped[UUID] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"), index=True)
    chosen_by: Mapped[str | None]

    __table_args__ = (CheckConstraint("chosen_by IN ('client', 'lead')", name="chosen_by"),)


class SeatChoiceName(Base):
    """One of the names that were offered; the receiver's is always among them."""

    __tablename__ = "seat_choice_names"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("seat_choices.referral_id", ondelete="CASCADE"), primary_key=True
    )
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )


class NamesGiven(Keyed, Stamped, Base):
    """Two or three names given to somebody who rings herself: no client record, no consent."""

    __tablename__ = "names_given"
    READ_PERMISSION: ClassVar[Permission] = Permission.KEEP_OWN_NOTES

    author_id: Mapped[UUID] = mapped_column(ForeignKey("practitioners.id"), index=True)
    discipline: Mapped[str]
    given_on: Mapped[date]
    ask_on: Mapped[date | None]
    is_sample: Mapped[bool] = mapped_column(default=False)


class GivenName(Base):
    """One of the names, the sentence why, and what became of it.

    `outcome`: reached, no_call_back, not_going, or None while nobody has asked.
    """

    __tablename__ = "given_names"

    names_given_id: Mapped[UUID] = mapped_column(
        ForeignKey("names_given.id", ondelete="CASCADE"), primary_key=True
    )
    practitioner_id: Mapped[UUID] = mapped_column(
        ForeignKey("practitioners.id"), primary_key=True, index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    why: Mapped[str | None]
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]


class _Steps:
    """After how many working days without an answer what follows; None: never."""

    remind_days: Mapped[int | None]
    tell_days: Mapped[int | None]
    propose_days: Mapped[int | None]
    expire_days: Mapped[int | None]


class ChaseDefault(_Steps, Versioned, Stamped, Base):
    """The community's steps for one urgency, where it changed those of the catalogue."""

    __tablename__ = "chase_defaults"

    urgency: Mapped[str] = mapped_column(primary_key=True)


class ChasePolicy(_Steps, Versioned, Stamped, Base):
    """The steps of one referral, where its sender changed those of the community.

    `may_mail`: a link that was handed over may be followed by a reminder by mail.
    """

    __tablename__ = "chase_policies"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True
    )
    may_mail: Mapped[bool] = mapped_column(default=False)


class ChasePause(Keyed, Base):
    """Time that does not count, for one referral; until further notice without `until_at`.

    `reason`: client (it is the client's delay), receiver or other.
    """

    __tablename__ = "chase_pauses"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), index=True
    )
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
    reason: Mapped[str]
    by_name: Mapped[str]


class Chase(Base):
    """When something has to follow if no answer comes; computed from events, pauses and steps.

    `due_at` is when a worker has to look next, None while nothing will be due. `tell_at` and
    `propose_at` are since when the answer is overdue, and since when it is time to ask somebody
    else: pages read them. `lost_at` is since when the receiver's mail is known not to have arrived,
    while nothing else reached them. `told_at` is when the sender was told, `unreachable` that no
    reminder could leave. A referral that nobody waits for has no times.
    """

    __tablename__ = "chases"

    referral_id: Mapped[UUID] = mapped_column(
        ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True
    )
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    tell_at: Mapped[datetime | None]
    propose_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    unreachable: Mapped[bool] = mapped_column(default=False)
