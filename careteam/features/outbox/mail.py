"""A mail as it is carried: a value, so that no transaction is open while it travels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from careteam.features.outbox.models import Message
from careteam.kit import clock


class NotCarried(Exception):
    """The mail did not leave. `reason` is a sentence for people, without any address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(NotCarried):
    """It never will: the same words to the same address would be refused again."""


class Delayed(NotCarried):
    """It may later. `for_all`: no other mail would fare better now."""

    def __init__(self, reason: str, *, for_all: bool = False) -> None:
        super().__init__(reason)
        self.for_all = for_all


@dataclass(frozen=True, slots=True)
class Mail:
    """What a carrier needs of a message, and what the surface needs once it has left."""

    id: UUID
    message_id: str
    recipient: str
    subject: str
    body: str = field(repr=False)
    from_name: str | None = None
    reply_to: str | None = None
    about_id: UUID | None = None
    purpose: str | None = None


Carrier = Callable[[Mail], None]
"""Hands one mail on. Raises `Refused`, `Delayed`, or OSError where it cannot just now."""


def mail_of(message: Message) -> Mail:
    return Mail(
        id=message.id,
        message_id=message.message_id,
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        from_name=message.from_name,
        reply_to=message.reply_to,
        about_id=message.about_id,
        purpose=message.purpose,
    )


def written(mail: Mail, sender: str) -> EmailMessage:
    """The mail as RFC 5322 asks. Raises `Refused` where its heading cannot be written."""
    message = EmailMessage(policy=SMTP)
    called = f"{mail.from_name} via Careteam" if mail.from_name else "Careteam"
    message["From"] = Address(called, addr_spec=sender)
    message["To"] = _address(mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to)
    message.set_content(mail.body)
    return message


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except Exception as error:
        # The library's reader of addresses fails in many ways on what is none.
        raise Refused("This is not an address that mail can be sent to.") from error
