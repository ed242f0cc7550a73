"""A mail server in this process: takes mail, or refuses, hangs and drops as it is told to."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Condition, Event, Thread
from typing import Any

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of nobody but localhost, with its key, signed by itself; good until the year 2126."""
DROP, HANG, DRIP = "drop", "hang", "drip"
"""Instead of an answer: close, say nothing, or say it a byte at a time without end."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that was taken: its envelope's recipient and what the heading says."""

    recipient: str
    message_id: str
    subject: str
    is_encrypted: bool
    text: str


class MailServer(ThreadingTCPServer):
    """`answers` replaces what is said to a command (`RCPT`, `DATA`, `.` for the end of a mail, or
    `hello` for the first line): a line, `DROP`, `HANG` or `DRIP`. A recipient can be a key, too.

    `hearing` is called with each command before it is answered. `overlaps` are message ids that
    two connections had in hand at once.
    """

    allow_reuse_address = True
    daemon_threads = False

    def __init__(self, *, tls: bool = False, users: dict[str, str] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.tls = tls
        self.users = users or {}
        self.answers: dict[str, str] = {}
        self.taken: list[Taken] = []
        self.overlaps: list[str] = []
        self.connections = 0
        self.hearing: Callable[[str], None] = lambda command: None
        self.over = Event()
        self._in_hand: set[str] = set()
        self._talking = 0
        self._lock = Condition()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)

    @property
    def port(self) -> int:
        port: int = self.server_address[1]
        return port

    @property
    def message_ids(self) -> list[str]:
        return [each.message_id for each in self.taken]

    def handle_error(self, *_: Any) -> None:
        """A client that goes away in the middle is what some tests are about."""

    @contextmanager
    def talking(self) -> Iterator[None]:
        with self._lock:
            self.connections += 1
            self._talking += 1
        try:
            yield
        finally:
            with self._lock:
                self._talking -= 1
                self._lock.notify_all()

    def wait_until_quiet(self) -> None:
        """Until every conversation that began has ended. Raises TimeoutError after 20 s."""
        with self._lock:
            if not self._lock.wait_for(lambda: not self._talking, 20):
                raise TimeoutError

    @contextmanager
    def in_hand(self, message_id: str) -> Iterator[None]:
        with self._lock:
            if message_id in self._in_hand:
                self.overlaps.append(message_id)
            self._in_hand.add(message_id)
        try:
            yield
        finally:
            with self._lock:
                self._in_hand.discard(message_id)


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    server = MailServer(**options)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Dropped(Exception):
    pass


class _Conversation(StreamRequestHandler):
    server: MailServer
    recipient = ""
    is_encrypted = False

    def setup(self) -> None:
        if self.server.tls:
            self._encrypt()
        super().setup()

    def handle(self) -> None:
        with self.server.talking(), suppress(_Dropped, OSError):
            self._say("hello", "220 ready")
            while line := self.rfile.readline():
                word, _, rest = line.decode().strip().partition(" ")
                if word.upper() == "QUIT":
                    self._say("QUIT", "221 bye")
                    return
                getattr(self, f"_{word.lower()}", self._unknown)(rest)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.request.close()

    def _encrypt(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.is_encrypted = True

    def _line(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def _say(self, key: str, otherwise: str) -> bool:
        """Say what this server is told to, and whether that was a yes."""
        self.server.hearing(key)
        answer = self.server.answers.get(key, otherwise)
        if answer == HANG:
            self.server.over.wait()
        while answer == DRIP and not self.server.over.wait(0.05):
            self.wfile.write(b"2")
        if answer in (HANG, DROP, DRIP):
            raise _Dropped
        self._line(answer)
        return answer[0] in "23"

    def _ehlo(self, _rest: str) -> None:
        offers = ["127.0.0.1", "SMTPUTF8"]
        offers += [] if self.is_encrypted else ["STARTTLS"]
        offers += ["AUTH PLAIN"] if self.server.users else []
        for offer in offers[:-1]:
            self._line(f"250-{offer}")
        self._say("EHLO", f"250 {offers[-1]}")

    def _starttls(self, _rest: str) -> None:
        if self._say("STARTTLS", "220 go on"):
            self._encrypt()
            super().setup()

    def _auth(self, rest: str) -> None:
        _, user, password = base64.b64decode(rest.split(" ")[1]).decode().split("\0")
        known = self.server.users.get(user) == password
        self._say("AUTH", "235 welcome" if known else "535 5.7.8 no")

    def _mail(self, _rest: str) -> None:
        self._say("MAIL", "250 yes")

    def _rcpt(self, rest: str) -> None:
        self.recipient = rest.partition("<")[2].partition(">")[0]
        self._say(self.recipient if self.recipient in self.server.answers else "RCPT", "250 yes")

    def _data(self, _rest: str) -> None:
        if not self._say("DATA", "354 go on"):
            return
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Dropped
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines))
        with self.server.in_hand(message["Message-ID"]):
            if self.server.answers.get(".", "250")[0] == "2":
                self.server.taken.append(
                    Taken(
                        self.recipient,
                        message["Message-ID"],
                        message["Subject"],
                        self.is_encrypted,
                        b"".join(lines).decode(),
                    )
                )
            self._say(".", "250 taken")

    def _rset(self, _rest: str) -> None:
        self._line("250 yes")

    def _noop(self, _rest: str) -> None:
        self._say("NOOP", "250 yes")

    def _unknown(self, _rest: str) -> None:
        self._line("500 what?")
