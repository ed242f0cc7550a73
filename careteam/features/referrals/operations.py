"""Writing, sending and answering referrals; logging those of the past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import (
    Action,
    Outcome,
    Party,
    PastAnswer,
    PastReferral,
    Refused,
    Route,
    State,
    Way,
    fold,
    past_events,
)
from careteam.domain.referral.linking import WITHOUT_CODE
from careteam.features.clients.queries import get_led_client, get_led_goal
from careteam.features.directory.queries import find_practitioner, names_of
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.referrals import mails, moves
from careteam.features.referrals.handing_out import mail_link
from careteam.features.referrals.history import row_of, standing_of, store, stored_fold
from careteam.features.referrals.leaving import check_leaving, require_consent, require_urgency
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import events_of, find_referral, get_led_seat
from careteam.features.referrals.telling import tell_receiver
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid


@dataclass(frozen=True, slots=True)
class Letter:
    """What is asked of whom. Without a client it is visible to the two parties only.

    A client needs a goal, because a consent names the goal it is for; a seat belongs to it.
    """

    sender_id: UUID | None
    receiver_id: UUID
    urgency: str = Urgency.ROUTINE
    reason: str | None = None
    question: str | None = None
    client_id: UUID | None = None
    goal_id: UUID | None = None
    seat_id: UUID | None = None
    previous_id: UUID | None = None


@operation(Permission.WRITE_REFERRAL, on="letter", action="referral.written")
def write_referral(
    *, actor: Actor, letter: Letter, referral_id: UUID, is_sample: bool = False
) -> Referral:
    """A draft, seen by its sender only; reason and question may follow until it is sent.

    Raises `Invalid` beside the field, `NotFound`.
    """
    _check_receiver(actor, letter.receiver_id)
    _check_urgency(letter.urgency)
    _check_client(actor, letter)
    if letter.previous_id is not None and find_referral(actor, letter.previous_id) is None:
        raise Invalid("The referral this follows is not yours.")
    referral = Referral(
        id=referral_id,
        sender_id=letter.sender_id,
        receiver_id=letter.receiver_id,
        client_id=letter.client_id,
        goal_id=letter.goal_id,
        seat_id=letter.seat_id,
        previous_id=letter.previous_id,
        author_id=actor.practitioner_id,
        urgency=letter.urgency,
        reason=letter.reason,
        question=letter.question,
        is_sample=is_sample,
    )
    db.session.add(referral)
    return referral


def _check_receiver(actor: Actor, receiver_id: UUID) -> None:
    receiver = find_practitioner(actor, receiver_id)
    if receiver is None:
        raise Invalid("Choose somebody from the directory.", field="to")
    if receiver.id == actor.practitioner_id:
        raise Invalid("This is your own entry.", field="to")
    if receiver.retired_at is not None:
        raise Invalid(f"{receiver.name} is no longer in the directory.", field="to")


def _check_urgency(urgency: str) -> None:
    if urgency not in set(Urgency):
        raise Invalid("Choose how urgent it is.", field="urgency")


def _check_client(actor: Actor, letter: Letter) -> None:
    """Only whoever keeps the record refers, for a goal of this client and a seat of that goal."""
    if letter.client_id is None:
        if letter.goal_id is not None or letter.seat_id is not None:
            raise Invalid("Choose the client.", field="client")
        return
    get_led_client(actor, letter.client_id)
    if letter.goal_id is None:
        raise Invalid("Choose the goal it is for: the consent names it.", field="goal")
    if get_led_goal(actor, letter.goal_id).client_id != letter.client_id:
        raise Invalid("Choose a goal of this client.", field="goal")
    if letter.seat_id is None:
        return
    if get_led_seat(actor, letter.seat_id).goal_id != letter.goal_id:
        raise Invalid("Choose a place on the team of this goal.", field="seat")


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.changed")
def change_draft(
    *,
    actor: Actor,
    referral: Referral,
    urgency: str,
    reason: str | None,
    question: str | None,
) -> Referral:
    """Change the words before sending. Raises `Conflict` once it has left."""
    if referral.status != State.DRAFT:
        raise Conflict("This has been sent already; its words stand.")
    _check_urgency(urgency)
    referral.urgency, referral.reason, referral.question = urgency, reason, question
    return referral


@operation(Permission.WRITE_REFERRAL, on="referral", action="referral.sent")
def send_referral(
    *,
    actor: Actor,
    referral: Referral,
    route: str,
    spoken_to: str | None = None,
    at: datetime | None = None,
) -> Referral:
    """Let it leave, with the client's consent in force now, and tell the receiver by mail.

    The mail names no client and nothing about health. What this referral follows is passed on.
    Surfaces send by `letters.sending.send_letter`, so that what was chosen goes along. Raises
    `Invalid` beside `reason`, `question`, `urgency`, `how_given`, `route` or `spoken_to`;
    `Conflict` where the seat is taken.
    """
    check_leaving(referral, route, spoken_to)
    data = {"route": route, "spoken_to": spoken_to}
    moves.make(actor, referral, moves.Move(Action.SEND, data, at=at))
    referral.sent_by = route
    if route == Route.INBOX:
        mails.announce(referral, actor.name)
    elif route == Route.MAIL:
        subject = "{sender} asks for your help"
        mail_link(referral, "emails/referral_link.txt", subject, is_first=True)
    _pass_on(actor, referral)
    return referral


def _pass_on(actor: Actor, referral: Referral) -> None:
    """Say at the referral that was refused which one follows it."""
    if referral.previous_id is None:
        return
    previous = find_referral(actor, referral.previous_id)
    if previous is None or previous.status not in (State.DECLINED, State.REDIRECTED):
        return
    last = standing_of(events_of(previous.id)).last
    if last is not None and last.data.get("next_id") == str(referral.id):
        return  # Withdrawn, opened again and sent once more: it was said the first time.
    moves.make(actor, previous, moves.Move(Action.REFER_NEXT, {"next_id": str(referral.id)}))


@operation(Permission.ACT_ON_REFERRAL, on="referral", action="referral.moved")
def act(
    *,
    actor: Actor,
    referral: Referral,
    action: Action,
    data: Mapping[str, object] | None = None,
    way: Way = Way.ACCOUNT,
    by_hand: bool = False,
    at: datetime | None = None,
) -> Referral:
    """Make one move of the table, or write down what the receiver said (`by_hand`).

    The seat follows: filled when it is accepted, asked for again when it opens, open after a no.
    Raises `Invalid` for what is missing; `Conflict` with name and time when another was first.
    """
    if action is Action.SEND:
        raise Invalid("Send it from the letter's page.")
    if actor.kind is Kind.LINK:
        way = Way.LINK
        _use_link(actor, action)
    if action is Action.REMIND and not mails.has_inbox(referral.receiver_id):
        raise Invalid("They have no account here. Ring them instead.")
    if _tells_the_receiver(actor, referral, action):
        require_consent(referral)
        if action is Action.REOPEN:
            require_urgency(referral)
    moves.make(actor, referral, moves.Move(action, data or {}, way, by_hand, at))
    if action is Action.REMIND:
        mails.remind(referral, actor.name)
    elif not by_hand:
        tell_receiver(actor, referral, action)
    return referral


def _use_link(actor: Actor, action: Action) -> None:
    """First answers need only the link; all else the code. Raises `Forbidden` where it is due."""
    if not actor.is_confirmed and action not in WITHOUT_CODE:
        raise Forbidden("Please show your code first.")
    note_use(own_link(actor))


def _tells_the_receiver(actor: Actor, referral: Referral, action: Action) -> bool:
    """Whether the sender's act lets the receiver know something of the client.

    Opening a withdrawn one again does not: it becomes a draft.
    """
    is_sender = moves.side_of(actor, referral) is Party.SENDER
    return is_sender and (
        action is Action.ANSWER or (action is Action.REOPEN and referral.status != State.WITHDRAWN)
    )


@dataclass(frozen=True, slots=True)
class Past:
    """A referral remembered. `status` stands here so that the rule of the two parties fits."""

    sender_id: UUID
    receiver_id: UUID
    happened_on: date
    answer: PastAnswer
    outcome: Outcome = Outcome.NOT_KNOWN
    status: str = State.CLOSED


@operation(Permission.ACT_ON_REFERRAL, on="past", action="referral.logged")
def log_past_referral(
    *, actor: Actor, past: Past, referral_id: UUID, is_sample: bool = False
) -> Referral:
    """Log a referral of the past, to or from the actor, without a client and marked by hand.

    It counts in the network and, being about right only, in no waiting time. Raises `Invalid`.
    """
    other = past.receiver_id if past.sender_id == actor.practitioner_id else past.sender_id
    _check_receiver(actor, other)
    if past.happened_on > clock.today():
        raise Invalid("This day is still to come.", field="happened_on")
    names = names_of([past.sender_id, past.receiver_id])
    now = clock.now()
    noon = datetime.combine(past.happened_on, time(12), clock.local(now).tzinfo)
    remembered = PastReferral(
        sent_at=min(noon, now),
        ended_at=min(noon, now),
        sender=names[past.sender_id],
        receiver=names[past.receiver_id],
        answer=past.answer,
        text="Logged from memory",
        outcome=past.outcome,
    )
    try:
        events = [replace(event, entered_by=actor.name) for event in past_events(remembered, now)]
    except Refused as refused:
        raise Invalid(refused.sentence(), field=refused.field) from None
    referral = Referral(
        id=referral_id,
        sender_id=past.sender_id,
        receiver_id=past.receiver_id,
        author_id=actor.practitioner_id,
        happened_on=past.happened_on,
        is_past=True,
        sent_by=Route.PHONE,
        is_sample=is_sample,
    )
    store(referral, fold(events))
    db.session.add(referral)
    db.session.flush()
    db.session.add_all([row_of(referral.id, event, actor.practitioner_id) for event in events])
    return referral


def recompute_fold(referral: Referral) -> dict[str, Any]:
    """What the stored columns should be by the events, by column name.

    Raises BrokenHistory for events that the table does not allow.
    """
    return stored_fold(standing_of(events_of(referral.id)), is_past=referral.is_past)
