"""Rows of events to values of the referral table and back; what is stored of their fold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import (
    Action,
    Event,
    Matter,
    Party,
    Standing,
    State,
    WaitingOn,
    Way,
    fold,
)
from careteam.features.referrals.models import Referral, ReferralEvent


def event_of(row: ReferralEvent) -> Event:
    """The value of a stored event. Raises ValueError for a code the table does not know."""
    return Event(
        number=row.number,
        action=Action(row.action),
        at=row.at,
        by=row.by_name,
        party=Party(row.party),
        way=Way(row.way),
        data=row.data,
        entered_by=row.entered_by,
    )


def row_of(referral_id: UUID, event: Event, by_id: UUID | None) -> ReferralEvent:
    """The row of an event; `by_id` is whoever acted here, the writer of what was told by hand."""
    return ReferralEvent(
        id=uuid4(),
        referral_id=referral_id,
        number=event.number,
        action=event.action,
        at=event.at,
        party=event.party,
        by_id=by_id,
        by_name=event.by,
        entered_by=event.entered_by,
        way=event.way,
        data=dict(event.data),
    )


def standing_of(rows: Iterable[ReferralEvent]) -> Standing:
    """Where a referral stands after its stored events. Raises BrokenHistory."""
    return fold(event_of(row) for row in rows)


def matter_of(referral: Referral) -> Matter:
    return Matter(urgency=Urgency(referral.urgency), has_client=referral.client_id is not None)


def stored_fold(standing: Standing, *, is_past: bool = False) -> dict[str, Any]:
    """The columns of a referral that repeat its events. Nobody waits for a past referral."""
    appointment = standing.appointment
    return {
        "status": str(standing.state),
        "status_at": standing.since_at,
        "waiting_on": str(WaitingOn.NOBODY if is_past else standing.waiting_on),
        "review_on": standing.review_on,
        "sent_at": standing.sent_at,
        "delivered_at": standing.delivered_at,
        "first_response_at": standing.first_response_at,
        "is_answer_by_hand": standing.is_answer_by_hand,
        "accepted_at": standing.accepted_at,
        "appointment_at": appointment.start_at if appointment else None,
        "first_visit_at": standing.first_visit_at,
        "is_reported": standing.reports > 0,
        "closed_at": standing.since_at if standing.state is State.CLOSED else None,
    }


def store(referral: Referral, standing: Standing) -> None:
    """Write the fold into the row."""
    for name, value in stored_fold(standing, is_past=referral.is_past).items():
        setattr(referral, name, value)
