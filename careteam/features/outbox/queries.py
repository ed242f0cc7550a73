"""Which messages wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from careteam.features.outbox.models import Message
from careteam.kit.db import db


def list_due(now: datetime, most: int = 200) -> Sequence[Message]:
    """Messages to be delivered now, the longest waiting first."""
    return db.session.scalars(
        select(Message)
        .where(
            Message.delivered_at.is_(None),
            Message.given_up_at.is_(None),
            Message.due_at <= now,
        )
        .order_by(Message.due_at, Message.id)
        .limit(most)
    ).all()


def count_waiting() -> int:
    """Messages neither delivered nor given up."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Message)
            .where(Message.delivered_at.is_(None), Message.given_up_at.is_(None))
        )
        or 0
    )
