"""The actor's own referrals, as what was given and received: no client's name."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.domain.relationships.giving import Exchange
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.queries import UNCOUNTED
from careteam.kit import clock
from careteam.kit.db import db


def list_exchanges(actor: Actor) -> list[Exchange]:
    """Every counted referral that the actor sent or received. One statement."""
    me = actor.practitioner_id
    if me is None:
        return []
    rows = db.session.execute(
        select(
            Referral.sender_id,
            Referral.receiver_id,
            Referral.happened_on,
            func.coalesce(Referral.sent_at, Referral.created_at).label("left_at"),
            Referral.accepted_at,
            Referral.status,
        ).where(
            within(actor, Permission.READ_NETWORK, Referral),
            Referral.status.not_in(UNCOUNTED),
            or_(Referral.sender_id == me, Referral.receiver_id == me),
        )
    )
    return [
        Exchange(
            other=str(row.receiver_id if row.sender_id == me else row.sender_id),
            is_given=row.sender_id == me,
            on=row.happened_on or clock.day_of(row.left_at),
            is_accepted=row.accepted_at is not None,
            is_closed=row.status == State.CLOSED,
        )
        for row in rows
    ]
