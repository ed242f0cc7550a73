"""A referral of the past, logged as a whole: without a client, by hand, marked so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from careteam.domain.referral.moves import apply
from careteam.domain.referral.needs import Data
from careteam.domain.referral.values import (
    Action,
    Contact,
    DeclineReason,
    Event,
    Outcome,
    Party,
    Route,
    Standing,
    Way,
)


class PastAnswer(StrEnum):
    """What came of it, as far as the sender remembers."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    NEVER_ANSWERED = "never_answered"


@dataclass(frozen=True, slots=True)
class PastReferral:
    """What the sender remembers.

    `answered_at` None: the day of the answer is not known. `exact` says whether the times are
    good enough to count in waiting times; without it they only count in the network.
    """

    sent_at: datetime
    sender: str
    receiver: str
    answer: PastAnswer
    answered_at: datetime | None = None
    reason: DeclineReason = DeclineReason.OTHER
    text: str = ""
    outcome: Outcome = Outcome.NOT_KNOWN
    ended_at: datetime | None = None
    exact: bool = False


def past_events(past: PastReferral, now: datetime, way: Way = Way.PHONE) -> tuple[Event, ...]:
    """The events of a past referral; it ends closed, declined or expired, so nothing chases it.

    Raises Refused when a day lies in the future or before the sending, or OTHER has no text.
    """
    answered_at = past.answered_at or past.sent_at
    standing, events = Standing(), list[Event]()

    def add(action: Action, party: Party, at: datetime, data: Data, for_: str | None) -> None:
        nonlocal standing
        exact = past.exact and (action is Action.SEND or past.answered_at is not None)
        event, standing = apply(
            standing,
            action,
            party,
            by="" if party is Party.POLICY else past.sender,
            at=at,
            now=now,
            way=Way.IMPORT if party is Party.POLICY else way,
            data={**data, "approximate": "" if exact else "yes"},
            on_behalf_of=for_,
        )
        events.append(event)

    add(Action.SEND, Party.SENDER, past.sent_at, {"route": _ROUTES.get(way, Route.PHONE)}, None)
    if past.answer is PastAnswer.NEVER_ANSWERED:
        add(Action.EXPIRE, Party.POLICY, past.ended_at or now, {}, None)
    elif past.answer is PastAnswer.DECLINED:
        data = {"reason": past.reason, "text": past.text}
        add(Action.DECLINE, Party.SENDER, answered_at, data, past.receiver)
    else:
        accepted = {"contact": Contact.CLIENT}
        add(Action.ACCEPT, Party.SENDER, answered_at, accepted, past.receiver)
        closed = {"outcome": past.outcome, "text": past.text}
        add(Action.CLOSE, Party.SENDER, past.ended_at or answered_at, closed, None)
    return tuple(events)


_ROUTES = {Way.PAPER: Route.PAPER, Way.IN_PERSON: Route.IN_PERSON}
