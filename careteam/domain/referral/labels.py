"""Screen words for states, actions, reasons and outcomes; the only place they are written."""

from collections.abc import Mapping
from dataclasses import dataclass

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral.values import (
    Action,
    Contact,
    DeclineReason,
    GoalReached,
    Outcome,
    Party,
    Route,
    State,
    Told,
    WaitingOn,
    Way,
)


@dataclass(frozen=True, slots=True)
class StateLabel:
    """A state in the words of each side."""

    sender: str
    receiver: str


@dataclass(frozen=True, slots=True)
class ActionLabel:
    """An action on the button of whoever does it, on the sender's form for a call or letter,
    and in the past ('Ana Example <past> on 24 Nov at 10:42')."""

    button: str
    by_hand: str
    past: str


STATES: Mapping[State, StateLabel] = {
    State.DRAFT: StateLabel("Draft, not sent", "Not sent yet"),
    State.DISCARDED: StateLabel("Draft thrown away", "Never sent"),
    State.SENT: StateLabel("Sent, no answer yet", "New, waiting for your answer"),
    State.ACKNOWLEDGED: StateLabel("They have it, not decided yet", "Received, not decided yet"),
    State.NEEDS_INFORMATION: StateLabel("They asked you a question", "You asked a question"),
    State.ON_HOLD: StateLabel("On their waiting list", "On your waiting list"),
    State.ACCEPTED: StateLabel("Accepted, not booked yet", "Accepted by you, not booked yet"),
    State.BOOKED: StateLabel("Appointment booked", "Appointment booked"),
    State.DID_NOT_ATTEND: StateLabel("Did not attend", "Did not attend"),
    State.IN_TREATMENT: StateLabel("Being seen by them", "Being seen by you"),
    State.REPORTED: StateLabel("Report received, not closed yet", "You have reported"),
    State.CLOSED: StateLabel("Closed", "Closed"),
    State.DECLINED: StateLabel("Declined", "Declined by you"),
    State.REDIRECTED: StateLabel("They named somebody else", "You named somebody else"),
    State.WITHDRAWN: StateLabel("Withdrawn by you", "Withdrawn by the sender"),
    State.EXPIRED: StateLabel("No answer, time ran out", "Time ran out, you can still answer"),
}

ACTIONS: Mapping[Action, ActionLabel] = {
    Action.SEND: ActionLabel("Send", "Send", "sent this"),
    Action.DISCARD: ActionLabel("Throw the draft away", "", "threw this draft away"),
    Action.ACKNOWLEDGE: ActionLabel(
        "I have it, answer follows", "They have it, answer follows", "confirmed having this"
    ),
    Action.ASK: ActionLabel("Ask a question", "They asked a question", "asked about this"),
    Action.ANSWER: ActionLabel("Answer the question", "", "answered the question"),
    Action.ACCEPT: ActionLabel("Accept", "They accepted", "accepted this"),
    Action.DECLINE: ActionLabel("Decline", "They declined", "declined this"),
    Action.REDIRECT: ActionLabel(
        "Suggest somebody else", "They suggested somebody else", "suggested somebody else for this"
    ),
    Action.HOLD: ActionLabel(
        "Put on the waiting list", "They put it on the waiting list", "put this on the waiting list"
    ),
    Action.WITHDRAW: ActionLabel("Withdraw", "", "withdrew this"),
    Action.EXPIRE: ActionLabel("Stop waiting", "", "stopped waiting for an answer to this"),
    Action.BOOK: ActionLabel("Book the appointment", "They booked", "booked the appointment"),
    Action.START: ActionLabel("Treatment has started", "They have started", "started treatment"),
    Action.UN_ACCEPT: ActionLabel(
        "Take the acceptance back", "They took the acceptance back", "took the acceptance back"
    ),
    Action.SEEN: ActionLabel("Was seen", "They have seen the client", "recorded the visit"),
    Action.NOT_ATTENDED: ActionLabel(
        "Did not attend", "They say: did not attend", "recorded that nobody came"
    ),
    Action.REBOOK: ActionLabel("Book a new time", "They booked a new time", "booked a new time"),
    Action.REPORT: ActionLabel("Write a report", "They reported", "reported on this"),
    Action.CLOSE: ActionLabel("Close with outcome", "", "closed this"),
    Action.REFER_NEXT: ActionLabel("Refer to the next person", "", "referred to somebody else"),
    Action.REOPEN: ActionLabel("Open again", "They want to open it again", "opened this again"),
    Action.DELIVER: ActionLabel("Record the hand-over", "", "sent the mail on its way"),
    Action.REMIND: ActionLabel("Remind", "", "sent a reminder of this"),
    Action.TELL_CLIENT: ActionLabel("The client is told", "", "told the client of the acceptance"),
}

DECLINE_REASONS: Mapping[DeclineReason, str] = {
    DeclineReason.NO_CAPACITY: "No capacity at the moment",
    DeclineReason.OUTSIDE_SCOPE: "Outside my scope",
    DeclineReason.OUTSIDE_AREA: "Outside my area",
    DeclineReason.NOT_SUITABLE: "Not suitable for this client",
    DeclineReason.CLIENT_NOT_REACHED: "Could not reach the client",
    DeclineReason.CLIENT_DECLINED: "The client declined",
    DeclineReason.DUPLICATE: "Already referred to me",
    DeclineReason.OTHER: "Other reason (please say)",
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.DONE: "Done, the question is answered",
    Outcome.ADVICE_GIVEN: "Advice given, no treatment needed",
    Outcome.CONTINUES: "Care goes on with them",
    Outcome.STOPPED_EARLY: "Started, then stopped early",
    Outcome.NEVER_ATTENDED: "The client never attended",
    Outcome.NOT_NEEDED: "No longer needed, nothing was done",
    Outcome.NOT_POSSIBLE: "Could not be done",
    Outcome.NOT_KNOWN: "Not known",
}

GOAL_REACHED: Mapping[GoalReached, str] = {
    GoalReached.REACHED: "Reached",
    GoalReached.PARTLY: "Partly",
    GoalReached.NOT_REACHED: "Not reached",
}

TOLD: Mapping[Told, str] = {
    Told.NOTHING: "Nothing for now",
    Told.CANNOT: "That they cannot take it on",
    Told.WITH_REASON: "That they cannot, and why",
}
"""What the sender lets the client know of a no."""

CONTACTS: Mapping[Contact, StateLabel] = {
    Contact.RECEIVER: StateLabel("They contact the client", "I contact the client"),
    Contact.CLIENT: StateLabel("The client contacts them", "The client contacts me"),
    Contact.SENDER: StateLabel("I arrange it with them", "The sender arranges it with me"),
}

WANTED: Mapping[str, str] = {
    "next_step": "Next step",
    "caution": "Caution",
    "hold": "Hold wanted",
}
"""What a report may ask of the plan, by the name of its field."""

WAITING_ON: Mapping[WaitingOn, StateLabel] = {
    WaitingOn.SENDER: StateLabel("Waiting for you", "Waiting for the sender"),
    WaitingOn.RECEIVER: StateLabel("Waiting for them", "Waiting for you"),
    WaitingOn.CLIENT: StateLabel("Waiting for the client", "Waiting for the client"),
    WaitingOn.NOBODY: StateLabel("Nothing to do", "Nothing to do"),
}

WAYS: Mapping[Way, str] = {
    Way.ACCOUNT: "signed in",
    Way.LINK: "by link",
    Way.PHONE: "by telephone",
    Way.MAIL: "by e-mail",
    Way.PAPER: "by letter",
    Way.IN_PERSON: "in person",
    Way.IMPORT: "from an import",
    Way.POLICY: "automatically",
}

ROUTES: Mapping[Route, str] = {
    Route.INBOX: "To their inbox here",
    Route.MAIL: "By e-mail",
    Route.LINK: "As a link that I hand over",
    Route.PHONE: "By telephone",
    Route.PAPER: "On paper",
    Route.IN_PERSON: "In person",
}

URGENCIES: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: "Emergency now",
    Urgency.SAME_DAY: "Same day",
    Urgency.URGENT: "Urgent",
    Urgency.SOON: "Soon",
    Urgency.ROUTINE: "Routine",
    Urgency.INFORMATION: "For information",
}


def state_label(state: State, viewer: Party = Party.SENDER) -> str:
    """The state in the words of the side that looks."""
    words = STATES[state]
    return words.receiver if viewer is Party.RECEIVER else words.sender


def action_label(action: Action, *, by_hand: bool = False) -> str:
    """The words on the button; with `by_hand`, on the sender's form for a call or a letter."""
    words = ACTIONS[action]
    return words.by_hand if by_hand and words.by_hand else words.button
