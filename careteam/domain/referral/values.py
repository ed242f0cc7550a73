"""The words of a referral: states, actions, sides, ways, reasons and outcomes.

Values are the codes that rows, forms and exports carry; labels for screens are in `labels`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from careteam.domain.pathway.vocabulary import Urgency


class State(StrEnum):
    """Where a referral stands: always the fold of its events."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_INFORMATION = "needs_information"
    ON_HOLD = "on_hold"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    DID_NOT_ATTEND = "did_not_attend"
    IN_TREATMENT = "in_treatment"
    REPORTED = "reported"
    CLOSED = "closed"
    DECLINED = "declined"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Action(StrEnum):
    """What somebody does to a referral."""

    SEND = "send"
    DISCARD = "discard"
    ACKNOWLEDGE = "acknowledge"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    REDIRECT = "redirect"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    BOOK = "book"
    START = "start"
    UN_ACCEPT = "un_accept"
    SEEN = "seen"
    NOT_ATTENDED = "not_attended"
    REBOOK = "rebook"
    REPORT = "report"
    CLOSE = "close"
    REFER_NEXT = "refer_next"
    REOPEN = "reopen"
    DELIVER = "deliver"
    REMIND = "remind"
    TELL_CLIENT = "tell_client"


class Party(StrEnum):
    """The side an act belongs to."""

    SENDER = "sender"
    RECEIVER = "receiver"
    POLICY = "policy"


class Way(StrEnum):
    """How an act reached the record."""

    ACCOUNT = "account"
    LINK = "link"
    PHONE = "phone"
    MAIL = "mail"
    PAPER = "paper"
    IN_PERSON = "in_person"
    IMPORT = "import"
    POLICY = "policy"


BY_HAND_WAYS = frozenset({Way.PHONE, Way.MAIL, Way.PAPER, Way.IN_PERSON, Way.IMPORT})
"""Ways in which the sender may record what the receiver did."""


class Route(StrEnum):
    """How a referral is handed over when it is sent."""

    INBOX = "inbox"
    MAIL = "mail"
    LINK = "link"
    PHONE = "phone"
    PAPER = "paper"
    IN_PERSON = "in_person"


def needs_telephone(urgency: Urgency | str) -> bool:
    """Whether a person must speak to a person; a message is not a route for these levels.

    Raises ValueError for a level that is not in the catalogue.
    """
    return Urgency(urgency).is_telephone_matter


class DeclineReason(StrEnum):
    """Why the receiver says no; OTHER needs a text."""

    NO_CAPACITY = "no_capacity"
    OUTSIDE_SCOPE = "outside_scope"
    OUTSIDE_AREA = "outside_area"
    NOT_SUITABLE = "not_suitable"
    CLIENT_NOT_REACHED = "client_not_reached"
    CLIENT_DECLINED = "client_declined"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Outcome(StrEnum):
    """How a referral ended for the client."""

    DONE = "done"
    ADVICE_GIVEN = "advice_given"
    CONTINUES = "continues"
    STOPPED_EARLY = "stopped_early"
    NEVER_ATTENDED = "never_attended"
    NOT_NEEDED = "not_needed"
    NOT_POSSIBLE = "not_possible"
    NOT_KNOWN = "not_known"


NOTHING_DONE = frozenset({Outcome.NEVER_ATTENDED, Outcome.NOT_NEEDED, Outcome.NOT_POSSIBLE})
"""Outcomes without any care given."""


class GoalReached(StrEnum):
    """Whether what the referral was for has been reached."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"


class Told(StrEnum):
    """What the sender lets the client know of a no."""

    NOTHING = "nothing"
    CANNOT = "cannot"
    WITH_REASON = "with_reason"


class Contact(StrEnum):
    """Who makes contact next after an acceptance."""

    RECEIVER = "receiver"
    CLIENT = "client"
    SENDER = "sender"


class WaitingOn(StrEnum):
    """Whose turn it is."""

    SENDER = "sender"
    RECEIVER = "receiver"
    CLIENT = "client"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Event:
    """One numbered entry of a referral's append-only list.

    `at` is when it happened (aware, UTC), `by` the name of the person whose act it is. When
    somebody else wrote it down (a call, a letter), `entered_by` names the writer. `data` holds
    JSON values only, checked by `needs.checked`.
    """

    number: int
    action: Action
    at: datetime
    by: str
    party: Party
    way: Way = Way.ACCOUNT
    data: Mapping[str, str] = field(default_factory=dict)
    entered_by: str | None = None

    @property
    def by_hand(self) -> bool:
        """Whether it was written down by somebody other than the person who did it."""
        return self.entered_by is not None

    @property
    def approximate(self) -> bool:
        """Whether the time is only about right, so that it must not feed any waiting time."""
        return self.data.get("approximate") == "yes"


@dataclass(frozen=True, slots=True)
class Appointment:
    """The booked appointment; instants in UTC."""

    start_at: datetime
    end_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What an action needs to know of the referral besides its events."""

    urgency: Urgency = Urgency.ROUTINE
    has_client: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands after its events.

    `since_at` is the time of the event that led to the state (None for a draft never sent).
    `first_response_at` is the first act of a person on the receiving side in the current round;
    a round begins with each sending from draft; `is_answer_by_hand` says whether the sender wrote
    that act down, and `first_visit_at` is the first time that the client was seen, in the same
    round. Acceptance and refusal are those in force:
    taking an acceptance back or reopening clears them here, never in the events. `client_told_at`
    is when the client was told of that acceptance or no, `told` what of a no; `care_ended` whether
    the last report says that the receiver's care has ended. `last` is the
    last event that moved the referral, `by_hand` whether that one was entered by hand.
    """

    state: State = State.DRAFT
    number: int = 0
    since_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    first_response_at: datetime | None = None
    is_answer_by_hand: bool = False
    accepted_at: datetime | None = None
    accepted_by: str | None = None
    contact: Contact | None = None
    booking_page: str = ""
    client_told_at: datetime | None = None
    told: Told | None = None
    declined_at: datetime | None = None
    declined_by: str | None = None
    decline_reason: DeclineReason | None = None
    decline_text: str = ""
    redirected_to: str = ""
    review_on: date | None = None
    appointment: Appointment | None = None
    first_visit_at: datetime | None = None
    outcome: Outcome | None = None
    goal_reached: GoalReached | None = None
    reports: int = 0
    care_ended: bool = False
    reminders: int = 0
    passed_on: bool = False
    last: Event | None = None
    by_hand: bool = False
    waiting_on: WaitingOn = WaitingOn.SENDER
