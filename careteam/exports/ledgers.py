"""What somebody gave, received and noted, as tables. No client stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.referral import Party, State, state_label
from careteam.domain.relationships.touches import LABELS, Kind
from careteam.kit import clock
from careteam.kit.tables import csv_of

REFERRALS = (
    "Day", "From", "To", "Direction", "State", "Answered", "Accepted", "First visit", "Closed",
    "Logged later",
)  # fmt: skip
CONTACTS = ("Day", "With", "What", "Note", "Next step", "Next step on", "Next step done")
CALLED = {"spoke": "Call, spoke", "voicemail": "Call, voicemail", "no_answer": "Call, no answer"}


def referrals_csv(actor: Actor, rows: Iterable[Any]) -> bytes:
    """One's own referrals, a line each, by day; days are those of the community."""
    lines = [_referral(actor, row) for row in rows]
    return csv_of(REFERRALS, sorted(lines, key=lambda line: line["Day"]))


def contacts_csv(touches: Iterable[Any], calls: Iterable[Any]) -> bytes:
    """Touches and calls in one list, by day."""
    lines = [*map(_touch, touches), *map(_call, calls)]
    return csv_of(CONTACTS, sorted(lines, key=lambda line: line["Day"]))


def _referral(actor: Actor, row: Any) -> dict[str, Any]:
    is_given = row.sender_id == actor.practitioner_id
    viewer = Party.SENDER if is_given else Party.RECEIVER
    return {
        "Day": row.happened_on or _day(row.left_at),
        "From": row.sender,
        "To": row.receiver,
        "Direction": "given" if is_given else "received",
        "State": state_label(State(row.status), viewer),
        "Answered": _day(row.first_response_at),
        "Accepted": _day(row.accepted_at),
        "First visit": _day(row.first_visit_at),
        "Closed": _day(row.closed_at),
        "Logged later": "yes" if row.is_past else None,
    }


def _touch(row: Any) -> dict[str, Any]:
    return {
        "Day": row.happened_on,
        "With": row.who,
        "What": LABELS[Kind(row.kind)],
        "Note": row.note,
        "Next step": row.next_step,
        "Next step on": row.next_on,
        "Next step done": row.next_done_on,
    }


def _call(row: Any) -> dict[str, Any]:
    return {"Day": _day(row.at), "With": row.who, "What": CALLED.get(row.outcome, "Call")}


def _day(at: datetime | None) -> date | None:
    return clock.local(at).date() if at else None
