"""Referrals as rows, for tests that only look at counts, and the people who send them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from careteam.features.network.models import RememberedTie
from careteam.features.referrals.models import Referral
from careteam.kit.db import db

JANUARY = datetime(2026, 1, 10, 12, tzinfo=UTC)


def refer(
    sender: UUID | None,
    receiver: UUID | None,
    times: int = 1,
    *,
    status: str = "sent",
    at: datetime = JANUARY,
    happened_on: date | None = None,
    answered_after: timedelta | None = None,
) -> None:
    """So many referrals in that direction; `closed` and `accepted` ones were accepted."""
    assert sender is not None
    assert receiver is not None
    accepted = status in ("accepted", "closed")
    for _ in range(times):
        db.session.add(
            Referral(
                id=uuid4(),
                sender_id=sender,
                receiver_id=receiver,
                author_id=sender,
                status=status,
                sent_at=None if status == "draft" else at,
                delivered_at=at if answered_after else None,
                first_response_at=at + answered_after if answered_after else None,
                accepted_at=at if accepted else None,
                is_past=happened_on is not None,
                happened_on=happened_on,
            )
        )
    db.session.commit()


def remember(author: UUID | None, other: UUID, sent: str, received: str) -> None:
    assert author is not None
    db.session.add(
        RememberedTie(
            author_id=author,
            practitioner_id=other,
            sent=sent,
            received=received,
            said_on=date(2026, 3, 1),
        )
    )
    db.session.commit()
