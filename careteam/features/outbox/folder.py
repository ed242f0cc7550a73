"""Mail as files: one a message, for whatever program sends them on."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from careteam.features.outbox.mail import Delayed, Mail, written


@dataclass(frozen=True, slots=True)
class MailFolder:
    """Writes each message to `folder` as RFC 5322 text, named after its message id."""

    folder: Path
    sender: str

    def __call__(self, mail: Mail) -> None:
        """Write the file whole or not at all, onto the disk. Raises `Delayed`."""
        name = hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
        text = written(mail, self.sender).as_bytes()
        try:
            self._keep(name, text)
        except OSError as error:
            raise Delayed("The folder for mail cannot be written to.", for_all=True) from error

    def _keep(self, name: str, text: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{name}.{os.getpid()}.part"
        with unfinished.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, self.folder / f"{name}.eml")
