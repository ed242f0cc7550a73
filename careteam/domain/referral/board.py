"""The board: in which column a referral stands, and what comes next for whoever looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from careteam.domain.referral.labels import StateLabel, action_label
from careteam.domain.referral.values import Action, Party, State


class Column(StrEnum):
    """The columns, in the order in which a referral passes through them."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    WAITING_LIST = "waiting-list"
    REPORTED = "reported"
    CLOSED = "closed"


COLUMN_OF: Mapping[State, Column] = MappingProxyType(
    {
        State.DRAFT: Column.DRAFT,
        State.DISCARDED: Column.CLOSED,
        State.SENT: Column.SENT,
        State.ACKNOWLEDGED: Column.SENT,
        State.NEEDS_INFORMATION: Column.SENT,
        State.DECLINED: Column.SENT,
        State.REDIRECTED: Column.SENT,
        State.EXPIRED: Column.SENT,
        State.ON_HOLD: Column.WAITING_LIST,
        State.ACCEPTED: Column.ACCEPTED,
        State.BOOKED: Column.ACCEPTED,
        State.DID_NOT_ATTEND: Column.ACCEPTED,
        State.IN_TREATMENT: Column.ACCEPTED,
        State.REPORTED: Column.REPORTED,
        State.CLOSED: Column.CLOSED,
        State.WITHDRAWN: Column.CLOSED,
    }
)
"""A no stays where the sender looks for an answer until somebody else is asked; for whoever said
it, it is over: see `column_of`."""

REFUSED = frozenset({State.DECLINED, State.REDIRECTED})

COLUMNS: Mapping[Column, StateLabel] = MappingProxyType(
    {
        Column.DRAFT: StateLabel("Draft", "Draft"),
        Column.SENT: StateLabel("Sent", "New"),
        Column.ACCEPTED: StateLabel("With them", "With you"),
        Column.WAITING_LIST: StateLabel("Waiting list", "Waiting list"),
        Column.REPORTED: StateLabel("Reported", "Reported"),
        Column.CLOSED: StateLabel("Closed", "Closed"),
    }
)
EITHER_WAY: Mapping[Column, str] = MappingProxyType(
    {column: words.sender for column, words in COLUMNS.items()} | {Column.ACCEPTED: "Accepted"}
)
"""The heads where both directions stand on one board."""


@dataclass(frozen=True, slots=True)
class Step:
    """The usual next thing for one side. `by_hand`: the sender writes down what they were told."""

    action: Action
    by_hand: bool = False

    @property
    def label(self) -> str:
        return action_label(self.action, by_hand=self.by_hand)


_SENDER_STEPS: Mapping[State, Step] = {
    State.DRAFT: Step(Action.SEND),
    State.SENT: Step(Action.REMIND),
    State.ACKNOWLEDGED: Step(Action.REMIND),
    State.NEEDS_INFORMATION: Step(Action.ANSWER),
    State.ON_HOLD: Step(Action.ACCEPT, by_hand=True),
    State.ACCEPTED: Step(Action.BOOK),
    State.BOOKED: Step(Action.SEEN),
    State.DID_NOT_ATTEND: Step(Action.REBOOK),
    State.IN_TREATMENT: Step(Action.REPORT, by_hand=True),
    State.REPORTED: Step(Action.CLOSE),
    State.DECLINED: Step(Action.REFER_NEXT),
    State.REDIRECTED: Step(Action.REFER_NEXT),
    State.EXPIRED: Step(Action.REOPEN),
}
_RECEIVER_STEPS: Mapping[State, Step] = {
    State.SENT: Step(Action.ACCEPT),
    State.ACKNOWLEDGED: Step(Action.ACCEPT),
    State.NEEDS_INFORMATION: Step(Action.ACCEPT),
    State.ON_HOLD: Step(Action.ACCEPT),
    State.ACCEPTED: Step(Action.BOOK),
    State.BOOKED: Step(Action.SEEN),
    State.DID_NOT_ATTEND: Step(Action.REBOOK),
    State.IN_TREATMENT: Step(Action.REPORT),
    State.REPORTED: Step(Action.REPORT),
    State.EXPIRED: Step(Action.ACCEPT),
}


def next_step(state: State, side: Party, *, is_over: bool = False) -> Step | None:
    """What `side` would usually do next in `state`; None where nothing is left to do."""
    if is_over:
        return None
    steps = _RECEIVER_STEPS if side is Party.RECEIVER else _SENDER_STEPS
    return steps.get(state)


def column_of(state: State, side: Party, *, is_over: bool = False) -> Column:
    """The column for one side. `is_over`: a no whose place is taken, or that has grown old."""
    if is_over or (side is Party.RECEIVER and state in REFUSED):
        return Column.CLOSED
    return COLUMN_OF[state]
