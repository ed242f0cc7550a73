"""The post of a community: carried now, read from the folder it is written to."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Flask

from careteam.cli.work import run_round

PATIENCE = 60.0
PUBLIC_URL = "https://team.example.org"
ADDRESS = re.compile(re.escape(PUBLIC_URL) + r"(/r/\S+)")
CODE = re.compile(r"^\s+(\d{6})\s*$", re.MULTILINE)


@dataclass
class Post:
    """`app` is a second program at the same database, as a worker is."""

    app: Flask
    folder: Path

    def letters(self, to: str) -> list[EmailMessage]:
        """Everything written to somebody so far."""
        found = []
        for file in self.folder.glob("*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if to in str(mail["To"]):
                found.append(mail)
        return found

    def link_to(self, to: str) -> str:
        """The path of the link in the only mail that has one."""
        return self._first(to, ADDRESS)

    def code_to(self, to: str) -> str:
        return self._first(to, CODE)

    def _first(self, to: str, wanted: re.Pattern[str]) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            run_round(self.app)
            for mail in self.letters(to):
                if found := wanted.search(str(mail.get_content())):
                    return found.group(1)
        raise AssertionError(f"no such mail to {to}")
