"""Questions for composing a letter, and about the files that go with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, true

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Goal
from careteam.features.directory.models import Practitioner
from careteam.features.letters.models import Attachment, AttachmentContent
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Answer
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def list_answers(actor: Actor, goal: Goal) -> Sequence[Answer]:
    """The screening answers of a goal, for lead and client."""
    return db.session.scalars(
        select(Answer)
        .where(Answer.goal_id == goal.id, within(actor, Permission.READ_SAFETY_REASONS, Answer))
        .order_by(Answer.question)
    ).all()


def list_attachments(
    actor: Actor, referral: Referral, classes: Collection[str] | None
) -> Sequence[Attachment]:
    """The files of a referral the actor reaches, the earliest first: of these information classes
    (None: of all), and those the actor added."""
    return db.session.scalars(
        select(Attachment)
        .where(Attachment.referral_id == referral.id, _shown(actor, classes))
        .order_by(Attachment.created_at, Attachment.id)
    ).all()


def count_shown(actor: Actor, referral: Referral, classes: Collection[str] | None) -> int:
    """How many `list_attachments` would list, without reading them."""
    counted = (
        select(func.count())
        .select_from(Attachment)
        .where(Attachment.referral_id == referral.id, _shown(actor, classes))
    )
    return db.session.scalar(counted) or 0


def get_attachment(
    actor: Actor, referral: Referral, attachment_id: UUID, classes: Collection[str] | None
) -> Attachment:
    """As `list_attachments`. Raises `NotFound`."""
    found = db.session.scalars(
        select(Attachment).where(
            Attachment.id == attachment_id,
            Attachment.referral_id == referral.id,
            _shown(actor, classes),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def _shown(actor: Actor, classes: Collection[str] | None) -> ColumnElement[bool]:
    if classes is None:
        return true()
    return or_(
        Attachment.information_class.in_(sorted(classes)),
        Attachment.author_id == actor.practitioner_id,
    )


def is_attached(referral: Referral, attachment_id: UUID) -> bool:
    """Whether this file was added already, by a form sent twice."""
    return (
        db.session.scalar(
            select(Attachment.id).where(
                Attachment.id == attachment_id, Attachment.referral_id == referral.id
            )
        )
        is not None
    )


def count_attachments(referral: Referral) -> int:
    """For operations."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Attachment)
            .where(Attachment.referral_id == referral.id)
        )
        or 0
    )


def content_of(attachment: Attachment) -> bytes:
    """The bytes of a file the actor reaches already."""
    return db.session.scalars(
        select(AttachmentContent.data).where(AttachmentContent.attachment_id == attachment.id)
    ).one()


@dataclass(frozen=True, slots=True)
class Registration:
    """Where a practitioner is registered, as the directory has it."""

    body: str | None
    number: str | None


def registration_of(practitioner_id: UUID) -> Registration:
    """For whoever already reaches the letter that names this person."""
    row = db.session.execute(
        select(Practitioner.registration_body, Practitioner.registration_number).where(
            Practitioner.id == practitioner_id
        )
    ).one()
    return Registration(*row)
