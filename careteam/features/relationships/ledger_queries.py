"""One's own referrals and contacts, all of them, for taking them away. No client is named, and no
row about one is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral
from careteam.features.relationships.models import Call, Touch
from careteam.kit.db import db

NEVER_LEFT = ("draft", "discarded")


def list_own_referrals(actor: Actor) -> Sequence[Any]:
    """Given and received."""
    sender, receiver = aliased(Practitioner), aliased(Practitioner)
    left_at = func.coalesce(Referral.sent_at, Referral.created_at)
    return db.session.execute(
        select(
            Referral.sender_id,
            sender.name.label("sender"),
            receiver.name.label("receiver"),
            Referral.happened_on,
            left_at.label("left_at"),
            Referral.status,
            Referral.first_response_at,
            Referral.accepted_at,
            Referral.first_visit_at,
            Referral.closed_at,
            Referral.is_past,
        )
        .join(sender, sender.id == Referral.sender_id)
        .join(receiver, receiver.id == Referral.receiver_id)
        .where(
            within(actor, Permission.READ_REFERRAL, Referral),
            or_(
                Referral.sender_id == actor.practitioner_id,
                Referral.receiver_id == actor.practitioner_id,
            ),
            Referral.status.not_in(NEVER_LEFT),
        )
        .order_by(left_at, Referral.id)
    ).all()


def list_own_touches(actor: Actor) -> Sequence[Any]:
    """With people and practices, the oldest first."""
    return db.session.execute(
        select(
            func.coalesce(Practitioner.name, Touch.practice).label("who"),
            Touch.kind,
            Touch.happened_on,
            Touch.note,
            Touch.next_step,
            Touch.next_on,
            Touch.next_done_on,
        )
        .outerjoin(Practitioner, Practitioner.id == Touch.practitioner_id)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Touch), Touch.removed_at.is_(None))
        .order_by(Touch.happened_on, Touch.created_at, Touch.id)
    ).all()


def list_own_calls(actor: Actor) -> Sequence[Any]:
    """The oldest first."""
    return db.session.execute(
        select(Practitioner.name.label("who"), Call.outcome, Call.at)
        .join(Practitioner, Practitioner.id == Call.practitioner_id)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Call))
        .order_by(Call.at, Call.id)
    ).all()
