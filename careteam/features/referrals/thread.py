"""What happened to a referral, line by line, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from careteam.domain.referral import (
    Action,
    Contact,
    DeclineReason,
    Event,
    GoalReached,
    Outcome,
    Party,
    Route,
    Told,
    Way,
)
from careteam.domain.referral.labels import (
    ACTIONS,
    CONTACTS,
    DECLINE_REASONS,
    GOAL_REACHED,
    OUTCOMES,
    ROUTES,
    TOLD,
    WANTED,
    WAYS,
)
from careteam.domain.wording import day_words, instant_words
from careteam.features.referrals.history import event_of
from careteam.features.referrals.models import ReferralEvent
from careteam.kit import clock

WITHHELD = "Not shown: the client's consent is not in force."


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `by_hand`: how it was told and who wrote it down, else None."""

    title: str
    text: str
    at: datetime
    by_hand: str | None
    icon: str
    kind: str | None


def thread(
    rows: Iterable[ReferralEvent],
    viewer: Party,
    *,
    may_read: bool,
    apart: frozenset[Action] = frozenset(),
) -> list[Line]:
    """The newest first. The receiver's own words stay; the sender's go with the consent.

    The words of actions that the page shows `apart` are left out here. What the client is told of
    a no is between client and sender.
    """
    events = [event_of(row) for row in reversed(list(rows))]
    return [
        replace(line, text="") if event.action in apart else line
        for event in events
        if not (viewer is Party.RECEIVER and event.data.get("told"))
        for line in [_line(event, viewer, may_read)]
    ]


def _line(event: Event, viewer: Party, may_read: bool) -> Line:
    icon, kind = _LOOKS.get(event.action, ("circle", None))
    hidden = viewer is Party.RECEIVER and event.party is Party.SENDER and not may_read
    return Line(
        title=f"{event.by or 'Nobody answered and the time ran out: it'} {_past(event)}",
        text=WITHHELD if hidden and event.data.get("text") else _words(event),
        at=event.at,
        by_hand=_by_hand(event),
        icon=icon,
        kind=kind,
    )


def _past(event: Event) -> str:
    if event.action is Action.EXPIRE and not event.by:
        return "is no longer waited for"
    if event.action is Action.REMIND and event.way is Way.PHONE:
        return "rang about this"
    if event.data.get("told"):
        return "decided what the client is told"
    return ACTIONS[event.action].past


def _by_hand(event: Event) -> str | None:
    if event.entered_by is None:
        return None
    if event.data.get("approximate"):
        return f"From memory, entered by hand by {event.entered_by}"
    how = WAYS[event.way] if event.way not in (Way.ACCOUNT, Way.POLICY) else "from memory"
    return f"Told {how}, entered by hand by {event.entered_by}"


def _words(event: Event) -> str:
    if event.data.get("approximate"):
        return _remembered(event)
    own = _DETAILS.get(event.action)
    parts = [own(event.data) if own else "", event.data.get("text", ""), *_asks(event.data)]
    return " · ".join(part for part in parts if part)


def _asks(data: Mapping[str, str]) -> list[str]:
    """What a report asks of the plan."""
    asked = [f"{words}: {data[name]}" for name, words in WANTED.items() if data.get(name)]
    return [*asked, "The care has ended"] if data.get("care_ended") else asked


def _remembered(event: Event) -> str:
    """What of a referral of the past was asked for; its way and reason were not."""
    is_known = event.action is Action.CLOSE and event.data["outcome"] != Outcome.NOT_KNOWN
    return OUTCOMES[Outcome(event.data["outcome"])] if is_known else ""


def _sent(data: Mapping[str, str]) -> str:
    route = Route(data["route"])
    words = "To the inbox here" if route is Route.INBOX else ROUTES[route]
    spoken = data.get("spoken_to")
    return f"{words}. Spoken to: {spoken}" if spoken else words


def _booking(data: Mapping[str, str]) -> str:
    start_at = datetime.fromisoformat(data["start_at"])
    words = instant_words(start_at, clock.local(start_at).tzinfo)  # type: ignore[arg-type]
    if data.get("end_at"):
        words += f" to {clock.local(datetime.fromisoformat(data['end_at'])):%H:%M}"
    return f"{words}, {data['place']}" if data.get("place") else words


def _closed(data: Mapping[str, str]) -> str:
    reached = data.get("goal_reached")
    goal = f". What it was for: {GOAL_REACHED[GoalReached(reached)].lower()}" if reached else ""
    told = ". The client has been told" if data.get("client_told") else ""
    return OUTCOMES[Outcome(data["outcome"])] + goal + told


def _reason(data: Mapping[str, str]) -> str:
    words = DECLINE_REASONS[DeclineReason(data["reason"])].removesuffix(" (please say)")
    return f"{words}. Suggests: {data['suggests']}" if data.get("suggests") else words


def _accepted(data: Mapping[str, str]) -> str:
    words = _CONTACT[Contact(data["contact"])] if data.get("contact") else ""
    return f"{words}, at {data['booking_page']}" if data.get("booking_page") else words


_CONTACT = {
    Contact.RECEIVER: "They contact the client",
    Contact.CLIENT: CONTACTS[Contact.CLIENT].sender,
    Contact.SENDER: "The sender arranges it",
}
_DETAILS: Mapping[Action, Callable[[Mapping[str, str]], str]] = {
    Action.SEND: _sent,
    Action.ACCEPT: _accepted,
    Action.DECLINE: _reason,
    Action.UN_ACCEPT: _reason,
    Action.REDIRECT: lambda data: data["to"],
    Action.HOLD: lambda data: f"To be looked at again on {_day(data['review_on'])}",
    Action.BOOK: _booking,
    Action.REBOOK: _booking,
    Action.CLOSE: _closed,
    Action.TELL_CLIENT: lambda data: TOLD[Told(data["told"])] if data.get("told") else "",
}
_LOOKS: Mapping[Action, tuple[str, str | None]] = {
    Action.SEND: ("send", "info"),
    Action.DELIVER: ("mail", None),
    Action.ACKNOWLEDGE: ("eye", None),
    Action.ASK: ("circle-help", "wait"),
    Action.ANSWER: ("message-square", None),
    Action.ACCEPT: ("circle-check", "good"),
    Action.DECLINE: ("circle-x", "alert"),
    Action.UN_ACCEPT: ("circle-x", "alert"),
    Action.REDIRECT: ("arrow-right", "wait"),
    Action.HOLD: ("hourglass", "wait"),
    Action.WITHDRAW: ("undo-2", None),
    Action.EXPIRE: ("clock", "alert"),
    Action.BOOK: ("calendar-check", "good"),
    Action.REBOOK: ("calendar-check", "good"),
    Action.START: ("play", "good"),
    Action.SEEN: ("user-check", "good"),
    Action.NOT_ATTENDED: ("user-x", "wait"),
    Action.REPORT: ("file-text", "good"),
    Action.CLOSE: ("check", "good"),
    Action.REFER_NEXT: ("arrow-right", None),
    Action.REOPEN: ("rotate-ccw", None),
    Action.REMIND: ("clock", None),
    Action.TELL_CLIENT: ("message-square", None),
    Action.DISCARD: ("trash-2", None),
}


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text), clock.today())
