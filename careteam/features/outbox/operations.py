"""Putting mail into the outbox, and taking it out again when it has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import make_msgid
from uuid import UUID

from careteam.features.outbox.models import Message
from careteam.features.outbox.queries import list_due
from careteam.kit import clock
from careteam.kit.db import db

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=5)
"""Before the second try; every further wait is twice as long, the last ten hours."""

Carrier = Callable[[Message], None]
"""Hands one message on. Raises OSError when it cannot."""


def queue_message(
    *,
    recipient: str,
    subject: str,
    body: str,
    reply_to: str | None = None,
    about_id: UUID | None = None,
    due_at: datetime | None = None,
) -> Message:
    """Put a message into the running transaction: it leaves only if that is committed.

    For operations of other rooms. Line breaks in the heading lines become blanks.
    """
    message = Message(
        message_id=make_msgid(domain="careteam.invalid"),
        recipient=" ".join(recipient.split()),
        subject=" ".join(subject.split()),
        body=body,
        reply_to=" ".join(reply_to.split()) if reply_to else None,
        about_id=about_id,
        due_at=due_at or clock.now(),
    )
    db.session.add(message)
    return message


def deliver_due(carry: Carrier) -> tuple[int, int]:
    """Deliver what is due, each message in its own transaction: (delivered, failed).

    A message whose delivery was cut off before it was noted is carried again under the same
    message id, so that it can be told from a new one.
    """
    delivered = failed = 0
    for message in list_due(clock.now()):
        try:
            carry(message)
        except OSError as problem:
            _note_failure(message, problem)
            failed += 1
        else:
            message.delivered_at = clock.now()
            message.body = ""
            message.tries += 1
            delivered += 1
        db.session.commit()
    return delivered, failed


def _note_failure(message: Message, problem: OSError) -> None:
    message.tries += 1
    message.last_problem = type(problem).__name__
    message.due_at = clock.now() + FIRST_WAIT * 2 ** (message.tries - 1)
    if message.tries >= MOST_TRIES:
        message.given_up_at = clock.now()
