"""Ask first: one question about nobody, answered in one tap, also by whoever holds its link.

The address of the link is the question's id, signed: there is nothing personal behind it, so it
needs no code, no cookie and no row of its own.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import current_app, render_template
from itsdangerous import BadSignature, URLSafeSerializer

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.referral import Route, Way
from careteam.domain.referral.asking_first import Reply, may_be_answered
from careteam.features.directory.queries import find_practitioner, names_of, party_contacts
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals import mails
from careteam.features.referrals.handing_out import (
    NO_ADDRESS,
    ONLY_HERE,
    entry_address_of,
    links_leave,
)
from careteam.features.referrals.models import FirstQuestion
from careteam.features.referrals.queries.questions import question_behind
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid

ROUTES = (Route.INBOX, Route.MAIL, Route.LINK, Route.PHONE, Route.IN_PERSON)
WAYS_TOLD = (Way.PHONE, Way.MAIL, Way.PAPER, Way.IN_PERSON)
TAKEN_BACK = "This question has been taken back, or is too old to be answered."


def new_question(
    actor: Actor, question_id: UUID, receiver_id: UUID, text: str, route: str
) -> FirstQuestion:
    """The unsaved row for `ask_first`."""
    if actor.practitioner_id is None:
        raise Invalid("Add your own entry to the directory first.")
    return FirstQuestion(
        id=question_id,
        sender_id=actor.practitioner_id,
        receiver_id=receiver_id,
        text=text,
        status="sent",
        sent_by=route,
        sent_at=clock.now(),
    )


@operation(Permission.WRITE_REFERRAL, on="question", action="question.asked")
def ask_first(*, actor: Actor, question: FirstQuestion) -> FirstQuestion:
    """Let the question leave. Raises `Invalid` beside `text`, `to` or `route`."""
    if not question.text:
        raise Invalid("What would you like to know?", field="text")
    receiver = find_practitioner(actor, question.receiver_id)
    if receiver is None or receiver.retired_at is not None:
        raise Invalid("Choose somebody from the directory.", field="to")
    if receiver.id == actor.practitioner_id:
        raise Invalid("This is your own entry.", field="to")
    _check_route(question)
    db.session.add(question)
    if question.sent_by == Route.INBOX:
        mails.tell_of_question(question.receiver_id, actor.name, question.id)
    elif question.sent_by == Route.MAIL:
        _mail(question)
    return question


def _check_route(question: FirstQuestion) -> None:
    if question.sent_by not in ROUTES:
        raise Invalid("How does it get to them?", field="route")
    if question.sent_by == Route.INBOX and not mails.has_inbox(question.receiver_id):
        raise Invalid("They have no account here. Ask another way.", field="route")
    if question.sent_by in (Route.MAIL, Route.LINK) and not links_leave():
        raise Invalid(ONLY_HERE, field="route")


def _mail(question: FirstQuestion) -> None:
    people = party_contacts([question.sender_id, question.receiver_id])
    sender, receiver = people[question.sender_id], people[question.receiver_id]
    if not receiver.email:
        raise Invalid(NO_ADDRESS, field="route")
    queue_message(
        recipient=receiver.email,
        author_id=question.sender_id,
        from_name=sender.name,
        purpose="question",
        reply_to=sender.email,
        subject=f"A question from {sender.name}",
        body=render_template(
            "emails/question_first.txt",
            sender=sender,
            receiver=receiver,
            text=question.text,
            address=address_of(question),
            entry_address=entry_address_of(receiver),
        ),
        about_id=question.id,
    )


@operation(Permission.ACT_ON_REFERRAL, on="question", action="question.answered")
def answer_question(
    *, actor: Actor, question: FirstQuestion, reply: str, word: str | None, way: str = Way.ACCOUNT
) -> FirstQuestion:
    """The receiver's answer; or, by the sender, what they said by `way`, marked as by hand.

    Raises `Invalid` beside `reply` or `way`, `Conflict` once it is taken back or too old.
    """
    by_hand = actor.practitioner_id == question.sender_id
    if by_hand and way not in WAYS_TOLD:
        raise Invalid("How did they tell you?", field="way")
    if not by_hand:
        way = Way.ACCOUNT
    return _answer(question, reply, word, way, entered_by=actor.name if by_hand else None)


@operation(None, on="question", action="question.answered")
def answer_by_link(
    *, actor: Actor, question: FirstQuestion, reply: str, word: str | None
) -> FirstQuestion:
    """The answer of whoever holds the signed address; `actor` is `holder_of` it."""
    return _answer(question, reply, word, Way.LINK, entered_by=None)


def _answer(
    question: FirstQuestion, reply: str, word: str | None, way: str, *, entered_by: str | None
) -> FirstQuestion:
    if not may_be_answered(question.status, question.sent_at, clock.now()):
        raise Conflict(TAKEN_BACK)
    if reply not in set(Reply):
        raise Invalid("Choose yes, no or not now.", field="reply")
    is_news = entered_by is None and not is_unread(question)
    question.reply, question.word, question.status = reply, word or None, "answered"
    question.replied_at, question.reply_way, question.entered_by = clock.now(), way, entered_by
    question.reply_read_at = question.replied_at if entered_by else None
    if is_news:
        mails.tell_of_answer(question)
    return question


def is_unread(question: FirstQuestion) -> bool:
    """Whether there is an answer that its asker has not read; of another one no mail is sent."""
    return question.status == "answered" and question.reply_read_at is None


@operation(Permission.WRITE_REFERRAL, on="question", action="question.answer_read")
def read_answer(*, actor: Actor, question: FirstQuestion) -> FirstQuestion:
    """The asker has read the answer: it leaves Today."""
    if is_unread(question):
        question.reply_read_at = clock.now()
    return question


@operation(Permission.WRITE_REFERRAL, on="question", action="question.withdrawn")
def withdraw_question(*, actor: Actor, question: FirstQuestion) -> FirstQuestion:
    """Take it back: its link opens nothing any more."""
    if question.status == "withdrawn":
        raise Conflict("It has been taken back already.")
    question.status = "withdrawn"
    return question


@operation(Permission.WRITE_REFERRAL, on="question", action="question.handed_out")
def hand_over_question(*, actor: Actor, question: FirstQuestion) -> str:
    """The address of the question's link. Raises `Invalid`, `Conflict`."""
    if not links_leave():
        raise Invalid(ONLY_HERE)
    if question.status == "withdrawn":
        raise Conflict("It has been taken back.")
    return address_of(question)


def address_of(question: FirstQuestion) -> str:
    settings = current_app.extensions["careteam_settings"]
    return f"{settings.public_url}/q/{_signer().dumps(question.id.hex)}"


def question_of_token(token: str) -> FirstQuestion | None:
    """The question that a signed address opens today; None, after the same statement, for any
    mangled, foreign, old or withdrawn one."""
    try:
        question_id = UUID(_signer().loads(token[:200]))
    except (BadSignature, ValueError, TypeError, AttributeError):
        question_id = uuid4()
    found = question_behind(question_id)
    if found is None or not may_be_answered(found.status, found.sent_at, clock.now()):
        return None
    return found


def holder_of(question: FirstQuestion) -> Actor:
    """Whoever holds the link answers in the receiver's name, and does nothing else."""
    name = names_of([question.receiver_id]).get(question.receiver_id, "The receiver")
    return Actor(Kind.LINK, name=name, practitioner_id=question.receiver_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="first question")
