"""What is mailed about a referral: that something waits, never what, and never about whom."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, render_template

from careteam.domain.referral import Action
from careteam.features.directory.queries import inboxes_of, party_contacts
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.models import FirstQuestion, Referral


def has_inbox(practitioner_id: UUID) -> bool:
    """Whether this practitioner signs in here, so that a referral can wait for them."""
    return _address_of(practitioner_id) is not None


def announce(referral: Referral, sender_name: str) -> None:
    """Queue the word that a referral waits in the receiver's inbox."""
    _queue(referral, sender_name, "emails/referral_waits.txt", "A colleague has written to you")


def remind(referral: Referral, sender_name: str, email: str | None = None) -> None:
    """Queue the word that an answer is still waited for; nothing where there is no inbox.

    `email` is the receiver's where it is known already.
    """
    _queue(referral, sender_name, "emails/referral_reminder.txt", "An answer is waited for", email)


def tell(referral: Referral, sender_name: str, action: Action) -> None:
    """Queue the word of an answer, a withdrawal or a new asking; nothing without an inbox."""
    template, subject = _NEWS[action]
    _queue(referral, sender_name, template, subject)


_NEWS = {
    Action.ANSWER: ("emails/referral_answered.txt", "Your question is answered"),
    Action.WITHDRAW: ("emails/referral_withdrawn.txt", "Nothing is asked of you any more"),
    Action.REOPEN: ("emails/referral_waits.txt", "A colleague asks you once more"),
}


def tell_of_question(receiver_id: UUID, sender_name: str, question_id: UUID) -> None:
    """Queue the word that a question waits, for somebody with an account."""
    email = _address_of(receiver_id)
    if email is None:
        return
    settings = current_app.extensions["careteam_settings"]
    address = f"{settings.public_url}/questions/{question_id}" if settings.links_can_leave else None
    queue_message(
        recipient=email,
        subject="A colleague asks you a question",
        body=render_template("emails/question_waits.txt", sender=sender_name, address=address),
        about_id=question_id,
    )


def tell_of_answer(question: FirstQuestion) -> None:
    """Queue the word that a question is answered, for its asker: who, and neither question nor
    answer; nothing where they sign in no more."""
    email = _address_of(question.sender_id)
    if email is None:
        return
    settings = current_app.extensions["careteam_settings"]
    people = party_contacts([question.receiver_id])
    address = f"{settings.public_url}/questions/{question.id}"
    queue_message(
        recipient=email,
        subject="Your question is answered",
        body=render_template(
            "emails/question_answered.txt",
            receiver=people[question.receiver_id],
            address=address if settings.links_can_leave else None,
        ),
        about_id=question.id,
    )


def _queue(
    referral: Referral, sender_name: str, template: str, subject: str, email: str | None = None
) -> None:
    email = email or _address_of(referral.receiver_id)
    if email is None:
        return
    settings = current_app.extensions["careteam_settings"]
    address = f"{settings.public_url}/referrals" if settings.links_can_leave else None
    queue_message(
        recipient=email,
        subject=subject,
        body=render_template(template, sender=sender_name, address=address),
        author_id=referral.sender_id,
        about_id=referral.id,
    )


def _address_of(practitioner_id: UUID) -> str | None:
    return inboxes_of([practitioner_id]).get(practitioner_id)
