"""Questions and their answers, side by side, however many rounds there were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from careteam.domain.referral import Action, Event, Party
from careteam.features.referrals.history import event_of
from careteam.features.referrals.models import ReferralEvent
from careteam.features.referrals.thread import WITHHELD


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the receiver; `answer` is None while there is none."""

    question: str
    asked_by: str
    asked_at: datetime
    answer: str | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


def exchanges(rows: Iterable[ReferralEvent], viewer: Party, *, may_read: bool) -> list[Exchange]:
    """In the order of asking. The sender's answers go with the consent, as in the thread."""
    found: list[Exchange] = []
    for event in map(event_of, rows):
        if event.action is Action.ASK:
            found.append(Exchange(event.data.get("text", ""), event.by, event.at))
        elif event.action is Action.ANSWER and found:
            found[-1] = _answered(found[-1], event, viewer is Party.SENDER or may_read)
    return found


def _answered(asked: Exchange, event: Event, is_shown: bool) -> Exchange:
    return Exchange(
        asked.question,
        asked.asked_by,
        asked.asked_at,
        event.data.get("text", "") if is_shown else WITHHELD,
        event.by,
        event.at,
    )
