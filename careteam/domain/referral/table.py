"""The one table of referral states: which action leads where, and who may make it.

Screens, interface and tests read this table. `FHIR` gives the status of the ServiceRequest and
of the Task for each state, with the business status of the BSeR vocabulary where it has one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careteam.domain.referral.values import Action, Party, State

_SENDER = frozenset({Party.SENDER})
_RECEIVER = frozenset({Party.RECEIVER})
_POLICY = frozenset({Party.POLICY})
_BOTH = _SENDER | _RECEIVER
_SENDER_OR_POLICY = _SENDER | _POLICY


@dataclass(frozen=True, slots=True)
class Move:
    """Where an action leads and which sides may make it."""

    target: State
    parties: frozenset[Party]


_ANSWERS = {
    Action.ASK: Move(State.NEEDS_INFORMATION, _RECEIVER),
    Action.ACCEPT: Move(State.ACCEPTED, _RECEIVER),
    Action.DECLINE: Move(State.DECLINED, _RECEIVER),
    Action.REDIRECT: Move(State.REDIRECTED, _RECEIVER),
    Action.HOLD: Move(State.ON_HOLD, _RECEIVER),
}
_ACKNOWLEDGE = {Action.ACKNOWLEDGE: Move(State.ACKNOWLEDGED, _RECEIVER)}
_DECIDE = {action: _ANSWERS[action] for action in (Action.ACCEPT, Action.DECLINE)}
_WITHDRAW = {Action.WITHDRAW: Move(State.WITHDRAWN, _SENDER)}
_EXPIRE = {Action.EXPIRE: Move(State.EXPIRED, _POLICY)}
_UN_ACCEPT = {Action.UN_ACCEPT: Move(State.DECLINED, _RECEIVER)}
_REBOOK = {Action.REBOOK: Move(State.BOOKED, _BOTH)}
_REPORT = {Action.REPORT: Move(State.REPORTED, _RECEIVER)}
_CLOSE = {Action.CLOSE: Move(State.CLOSED, _SENDER)}

TABLE: Mapping[State, Mapping[Action, Move]] = MappingProxyType(
    {
        State.DRAFT: {
            Action.SEND: Move(State.SENT, _SENDER),
            Action.DISCARD: Move(State.DISCARDED, _SENDER),
        },
        State.DISCARDED: {},
        State.SENT: _ACKNOWLEDGE | _ANSWERS | _WITHDRAW | _EXPIRE,
        State.ACKNOWLEDGED: _ANSWERS | _WITHDRAW | _EXPIRE,
        State.NEEDS_INFORMATION: {
            Action.ANSWER: Move(State.ACKNOWLEDGED, _SENDER),
            **_DECIDE,
            **_WITHDRAW,
        },
        State.ON_HOLD: _DECIDE | _WITHDRAW,
        State.ACCEPTED: {
            Action.BOOK: Move(State.BOOKED, _BOTH),
            Action.START: Move(State.IN_TREATMENT, _RECEIVER),
            **_UN_ACCEPT,
            **_WITHDRAW,
            **_CLOSE,
        },
        State.BOOKED: {
            Action.SEEN: Move(State.IN_TREATMENT, _BOTH),
            Action.NOT_ATTENDED: Move(State.DID_NOT_ATTEND, _BOTH),
            **_REBOOK,
            **_UN_ACCEPT,
            **_WITHDRAW,
            **_CLOSE,
        },
        State.DID_NOT_ATTEND: _REBOOK | _WITHDRAW | _CLOSE,
        State.IN_TREATMENT: _REPORT | _WITHDRAW | _CLOSE,
        State.REPORTED: _REPORT | _CLOSE,
        State.CLOSED: {Action.REOPEN: Move(State.IN_TREATMENT, _SENDER)},
        State.DECLINED: {
            Action.REFER_NEXT: Move(State.DECLINED, _SENDER),
            Action.REOPEN: Move(State.SENT, _SENDER),
        },
        State.REDIRECTED: {
            Action.REFER_NEXT: Move(State.REDIRECTED, _SENDER),
            Action.REOPEN: Move(State.SENT, _SENDER),
        },
        State.WITHDRAWN: {Action.REOPEN: Move(State.DRAFT, _SENDER)},
        State.EXPIRED: {
            **_ACKNOWLEDGE,
            **_ANSWERS,
            Action.REOPEN: Move(State.SENT, _BOTH),
        },
    }
)

_BEFORE_SENDING = frozenset({State.DRAFT, State.DISCARDED})
_CHASED = frozenset(
    {
        State.SENT,
        State.ACKNOWLEDGED,
        State.NEEDS_INFORMATION,
        State.ON_HOLD,
        State.ACCEPTED,
        State.BOOKED,
        State.IN_TREATMENT,
    }
)
ENTRIES: Mapping[Action, frozenset[State]] = MappingProxyType(
    {
        # The mail server may take the letter after the answer came by telephone.
        Action.DELIVER: frozenset(State) - _BEFORE_SENDING,
        Action.REMIND: _CHASED,
        # Who makes contact next, worth telling until the first visit; or that there was no yes.
        Action.TELL_CLIENT: frozenset(
            {State.ACCEPTED, State.BOOKED, State.DECLINED, State.REDIRECTED, State.EXPIRED}
        ),
    }
)
"""Entries that move nothing, with the states in which they may be written."""
_ENTERED_BY = {Action.TELL_CLIENT: _SENDER}
"""Entries that not every writer of entries may write."""


def move_for(state: State, action: Action) -> Move | None:
    """The move of `action` in `state`, entries included (they stay); None when there is none."""
    if action in ENTRIES:
        parties = _ENTERED_BY.get(action, _SENDER_OR_POLICY)
        return Move(state, parties) if state in ENTRIES[action] else None
    return TABLE[state].get(action)


def may(state: State, action: Action, party: Party, *, by_hand: bool = False) -> bool:
    """Whether `party` may make `action` now; `by_hand`: the sender records the receiver's act."""
    move = move_for(state, action)
    if move is None:
        return False
    if by_hand:
        return party is Party.SENDER and Party.RECEIVER in move.parties
    return party in move.parties


def allowed_actions(state: State, party: Party, *, by_hand: bool = False) -> tuple[Action, ...]:
    """The table's actions open to `party` in `state`, in the order of the table.

    With `by_hand`, what the sender may record for the receiver.
    """
    return tuple(action for action in TABLE[state] if may(state, action, party, by_hand=by_hand))


def is_open(state: State) -> bool:
    """Whether something is still expected of somebody outside the sender's desk."""
    return state in _CHASED or state in {State.DID_NOT_ATTEND, State.REPORTED}
