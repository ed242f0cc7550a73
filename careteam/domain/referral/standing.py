"""Where a referral stands: the fold of its numbered events."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from careteam.domain.referral.needs import instant
from careteam.domain.referral.refusals import BrokenHistory
from careteam.domain.referral.table import ENTRIES, move_for
from careteam.domain.referral.values import (
    Action,
    Appointment,
    Contact,
    DeclineReason,
    Event,
    GoalReached,
    Outcome,
    Party,
    Route,
    Standing,
    State,
    Told,
    WaitingOn,
)

Changes = dict[str, Any]

_NOT_ACCEPTED: Changes = {
    "accepted_at": None,
    "accepted_by": None,
    "contact": None,
    "booking_page": "",
    "client_told_at": None,
    "told": None,
}
_NOT_DECLINED: Changes = {
    "declined_at": None,
    "declined_by": None,
    "decline_reason": None,
    "decline_text": "",
    "redirected_to": "",
}
_NEW_ROUND: Changes = {
    **_NOT_ACCEPTED,
    **_NOT_DECLINED,
    "delivered_at": None,
    "first_response_at": None,
    "is_answer_by_hand": False,
    "appointment": None,
    "first_visit_at": None,
    "outcome": None,
    "goal_reached": None,
    "passed_on": False,
    "review_on": None,
    "reports": 0,
    "care_ended": False,
    "reminders": 0,
}


def fold(events: Iterable[Event]) -> Standing:
    """The standing after `events`, which must be in order of their numbers.

    Raises BrokenHistory when they are not 1, 2, 3... or when the table has no such move.
    """
    standing = Standing()
    for event in events:
        standing = advance(standing, event)
    return standing


def advance(standing: Standing, event: Event) -> Standing:
    """The standing after one more event; raises BrokenHistory when it cannot follow."""
    if event.number != standing.number + 1:
        raise BrokenHistory(f"event {event.number} follows event {standing.number}")
    move = move_for(standing.state, event.action)
    if move is None or event.party not in move.parties:
        raise BrokenHistory(
            f"event {event.number}: {event.party} cannot {event.action} in {standing.state}"
        )
    changes = {"number": event.number, **_response(standing, event)}
    if event.action in ENTRIES:
        changes |= _entry_changes(standing, event)
    else:
        changes |= _move_changes(standing, event, move.target)
    return replace(standing, **changes)


def _response(standing: Standing, event: Event) -> Changes:
    """The receiving side's earliest act; a call recorded late may be earlier than a click."""
    if event.party is not Party.RECEIVER:
        return {}
    first = standing.first_response_at
    if first is not None and first < event.at:
        return {}
    by_hand = event.by_hand or (first == event.at and standing.is_answer_by_hand)
    return {"first_response_at": event.at, "is_answer_by_hand": by_hand}


def _entry_changes(standing: Standing, event: Event) -> Changes:
    if event.action is Action.REMIND:
        return {"reminders": standing.reminders + 1}
    if event.action is Action.TELL_CLIENT:
        return _told(event)
    return {"delivered_at": standing.delivered_at or event.at}


def _told(event: Event) -> Changes:
    """Leaving a no unsaid is a decision as well, and may be thought better of."""
    told = Told(event.data["told"]) if event.data.get("told") else None
    return {"told": told, "client_told_at": None if told is Told.NOTHING else event.at}


def _move_changes(standing: Standing, event: Event, target: State) -> Changes:
    changes: Changes = {
        "state": target,
        "last": event,
        "by_hand": event.by_hand,
        "since_at": standing.since_at if target is standing.state else event.at,
        "review_on": None,
    }
    own = _OWN_CHANGES.get(event.action)
    if own is not None:
        changes |= own(standing, event)
    changes["waiting_on"] = _waiting_on(replace(standing, **changes))
    return changes


def _sent(standing: Standing, event: Event) -> Changes:
    # Only a mail needs a second fact, the mail server's; everything else is handed over at once.
    at_once = event.data.get("route") != Route.MAIL
    return {**_NEW_ROUND, "sent_at": event.at, "delivered_at": event.at if at_once else None}


def _accepted(standing: Standing, event: Event) -> Changes:
    return {
        **_NOT_DECLINED,
        "accepted_at": event.at,
        "accepted_by": event.by,
        "contact": Contact(event.data["contact"]) if "contact" in event.data else None,
        "booking_page": event.data.get("booking_page", ""),
        "client_told_at": None,
        "told": None,
    }


def _declined(standing: Standing, event: Event) -> Changes:
    return {
        **_NOT_ACCEPTED,
        "declined_at": event.at,
        "declined_by": event.by,
        "decline_reason": DeclineReason(event.data["reason"]),
        "decline_text": event.data.get("text", ""),
        "redirected_to": event.data.get("suggests", ""),
        "appointment": None,
        "passed_on": False,
    }


def _redirected(standing: Standing, event: Event) -> Changes:
    return {
        "declined_at": event.at,
        "declined_by": event.by,
        "redirected_to": event.data["to"],
        "passed_on": False,
        "client_told_at": None,
        "told": None,
    }


def _held(standing: Standing, event: Event) -> Changes:
    return {"review_on": date.fromisoformat(event.data["review_on"])}


def _booked(standing: Standing, event: Event) -> Changes:
    end_at = event.data.get("end_at")
    return {
        "appointment": Appointment(
            start_at=instant(event.data["start_at"]),
            end_at=instant(end_at) if end_at else None,
            place=event.data.get("place", ""),
        )
    }


def _visited(standing: Standing, event: Event) -> Changes:
    first = standing.first_visit_at
    return {"first_visit_at": event.at if first is None else min(first, event.at)}


def _reopened(standing: Standing, event: Event) -> Changes:
    return {
        **_NOT_DECLINED,
        "outcome": None,
        "goal_reached": None,
        "passed_on": False,
        "care_ended": False,
        "told": None,
        "client_told_at": None if standing.told else standing.client_told_at,
    }


def _closed(standing: Standing, event: Event) -> Changes:
    reached = event.data.get("goal_reached")
    return {
        "outcome": Outcome(event.data["outcome"]),
        "goal_reached": GoalReached(reached) if reached else None,
    }


def _reported(standing: Standing, event: Event) -> Changes:
    ended = event.data.get("care_ended") == "yes"
    return {"reports": standing.reports + 1, "care_ended": ended}


def _withdrawn(standing: Standing, event: Event) -> Changes:
    return {"appointment": None}


_OWN_CHANGES: Mapping[Action, Callable[[Standing, Event], Changes]] = {
    Action.SEND: _sent,
    Action.ACCEPT: _accepted,
    Action.DECLINE: _declined,
    Action.UN_ACCEPT: _declined,
    Action.REDIRECT: _redirected,
    Action.HOLD: _held,
    Action.BOOK: _booked,
    Action.REBOOK: _booked,
    Action.SEEN: _visited,
    Action.START: _visited,
    Action.REPORT: _reported,
    Action.CLOSE: _closed,
    Action.REFER_NEXT: lambda standing, event: {"passed_on": True},
    Action.REOPEN: _reopened,
    Action.WITHDRAW: _withdrawn,
}

_WAITING_ON: Mapping[State, WaitingOn] = {
    State.DRAFT: WaitingOn.SENDER,
    State.DISCARDED: WaitingOn.NOBODY,
    State.SENT: WaitingOn.RECEIVER,
    State.ACKNOWLEDGED: WaitingOn.RECEIVER,
    State.NEEDS_INFORMATION: WaitingOn.SENDER,
    State.ON_HOLD: WaitingOn.RECEIVER,
    State.BOOKED: WaitingOn.RECEIVER,
    State.DID_NOT_ATTEND: WaitingOn.SENDER,
    State.IN_TREATMENT: WaitingOn.RECEIVER,
    State.REPORTED: WaitingOn.SENDER,
    State.CLOSED: WaitingOn.NOBODY,
    State.DECLINED: WaitingOn.SENDER,
    State.REDIRECTED: WaitingOn.SENDER,
    State.WITHDRAWN: WaitingOn.NOBODY,
    State.EXPIRED: WaitingOn.SENDER,
}


def _waiting_on(standing: Standing) -> WaitingOn:
    """Whose turn it is; after an acceptance, whoever is to make contact."""
    if standing.state is State.ACCEPTED:
        return WaitingOn(standing.contact or Contact.RECEIVER)
    if standing.passed_on:
        return WaitingOn.NOBODY
    return _WAITING_ON[standing.state]
