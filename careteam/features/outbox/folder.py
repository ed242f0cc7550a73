"""Mail as files: one a message, for whatever program sends them on."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from careteam.features.outbox.models import Message
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Writes each message to `folder` as RFC 5322 text, named after its message id."""

    folder: Path
    sender: str

    def __call__(self, message: Message) -> None:
        """Write the file whole or not at all. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(message.message_id.encode()).hexdigest()[:24]
        unfinished = self.folder / f".{name}.part"
        unfinished.write_bytes(self.written(message))
        os.replace(unfinished, self.folder / f"{name}.eml")

    def written(self, message: Message) -> bytes:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"Careteam <{self.sender}>"
        mail["To"] = message.recipient
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = message.message_id
        mail["Auto-Submitted"] = "auto-generated"
        if message.reply_to:
            mail["Reply-To"] = message.reply_to
        mail.set_content(message.body)
        return mail.as_bytes()
