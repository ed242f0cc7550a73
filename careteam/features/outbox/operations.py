"""Putting mail into the outbox, and what its author says of it afterwards."""

from __future__ import annotations

from datetime import datetime
from email.utils import make_msgid
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.outbox.models import Message
from careteam.features.outbox.queries import list_to, lock_message
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, NotFound

ERASED = "erased"
CAME_BACK = "It came back: it did not reach the mailbox."


def queue_message(
    *,
    recipient: str,
    subject: str,
    body: str,
    author_id: UUID | None = None,
    from_name: str | None = None,
    reply_to: str | None = None,
    about_id: UUID | None = None,
    purpose: str | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Put a message into the running transaction: it leaves only if that is committed.

    For operations of other rooms. Line breaks in the heading lines become blanks. `author_id` may
    read the body until it has left and sees when it does not arrive: leave it out for codes and
    whatever else nobody but the recipient may read. `purpose` says what the mail does; one without
    is a mere notice, which nobody is asked to send by hand.
    """
    message = Message(
        message_id=make_msgid(domain="careteam.invalid"),
        recipient=_one_line(recipient),
        subject=_one_line(subject),
        body=body,
        author_id=author_id,
        from_name=_one_line(from_name) if from_name else None,
        reply_to=_one_line(reply_to) if reply_to else None,
        about_id=about_id,
        purpose=purpose,
        due_at=due_at or clock.now(),
    )
    db.session.add(message)
    return message


def forget_recipient(email: str) -> None:
    """Nobody is written to at this address any more, and the address is not kept.

    What waits is discarded. For operations of other rooms.
    """
    for message in list_to(email):
        if message.delivered_at is None:
            message.discarded_at = message.discarded_at or clock.now()
            message.given_up_at = message.given_up_at or message.discarded_at
            message.body = ""
        message.recipient = ERASED


def _one_line(text: str) -> str:
    return " ".join(text.split())


@operation(Permission.KEEP_OWN_NOTES, on="message", action="mail.sent_by_hand")
def mark_sent_by_hand(*, actor: Actor, message: Message) -> Message:
    """The author copied the text and sent it themself. Raises `Conflict` where it has left."""
    row = _still_here(message)
    row.delivered_at = row.by_hand_at = clock.now()
    row.given_up_at = None
    row.body = ""
    return row


@operation(Permission.KEEP_OWN_NOTES, on="message", action="mail.tried_again")
def try_again(*, actor: Actor, message: Message) -> Message:
    """Put a message that was given up back among those due, with the same message id; one that is
    held up is due now.

    Raises `Conflict` where nothing stood in its way, or its words are gone since it left once.
    """
    row = _still_here(message)
    if row.given_up_at is None and row.last_problem is None:
        raise Conflict("This is on its way already.")
    row.due_at = clock.now()
    if row.given_up_at is not None:
        row.given_up_at = row.last_problem = None
        row.tries = 0
    return row


@operation(Permission.KEEP_OWN_NOTES, on="message", action="mail.discarded")
def discard_message(*, actor: Actor, message: Message) -> Message:
    """It is not to be sent any more; its words go. Raises `Conflict` where it is being sent.

    A mail that came back is seen to in the same way.
    """
    row = _now(message)
    if row.delivered_at is not None and row.given_up_at is None:
        raise Conflict("This has left already.")
    _not_in_somebodys_hands(row)
    row.discarded_at = clock.now()
    row.given_up_at = row.given_up_at or row.discarded_at
    row.body = ""
    return row


@operation(Permission.KEEP_OWN_NOTES, on="message", action="mail.bounced")
def mark_bounced(*, actor: Actor, message: Message, reason: str | None = None) -> Message:
    """The author was told that a mail which had left did not arrive.

    No mailbox is read here, so this is said by hand. Its words are gone; it has to be written anew,
    or the receiver told in another way. Raises `Conflict` where it has not left.
    """
    row = _now(message)
    if row.delivered_at is None:
        raise Conflict("This has not left yet.")
    if row.given_up_at is None:
        row.given_up_at = clock.now()
    row.discarded_at = None
    row.last_problem = reason or CAME_BACK
    return row


@operation(Permission.KEEP_OWN_NOTES, on="message", action="mail.not_bounced")
def take_back_bounce(*, actor: Actor, message: Message) -> Message:
    """That it came back was a mistake: it arrived. Raises `Conflict` where nobody said so."""
    row = _now(message)
    if row.delivered_at is None or row.given_up_at is None:
        raise Conflict("This did not come back.")
    row.given_up_at = row.discarded_at = row.last_problem = None
    return row


def _still_here(message: Message) -> Message:
    """The row as it is now, with its words. Raises `Conflict` where they are gone or on the way."""
    row = _now(message)
    if row.delivered_at is not None:
        raise Conflict("This has left already; its words are not kept.")
    if row.discarded_at is not None:
        raise Conflict("This was discarded; its words are not kept.")
    _not_in_somebodys_hands(row)
    return row


def _not_in_somebodys_hands(row: Message) -> None:
    if row.claimed_until is not None and row.claimed_until > clock.now():
        raise Conflict("This is being sent just now. Please look again in a few minutes.")


def _now(message: Message) -> Message:
    row = lock_message(message.id)
    if row is None:
        raise NotFound
    return row
