"""Speaking to a mail server: what leaves, what is refused for good, what is tried again."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from email import message_from_string
from typing import Any
from uuid import UUID

import pytest

from careteam.features.outbox.mail import Delayed, Mail, Refused
from careteam.features.outbox.smtp import SmtpCarrier
from careteam.settings import MailServer as Settings
from tests.support.smtp import CERTIFICATE, DRIP, DROP, HANG, MailServer, mail_server

SENDER = "careteam@team.example.org"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def a_mail(number: int = 1, recipient: str = "rowan@example.org", **more: Any) -> Mail:
    return Mail(
        id=UUID(int=number),
        message_id=f"<{number}@careteam.invalid>",
        recipient=recipient,
        subject="A word",
        body="Hello.\n.\nBye.\n",
        **more,
    )


def carrier(
    server: MailServer,
    security: str = "none",
    context: ssl.SSLContext | None = None,
    **more: object,
) -> SmtpCarrier:
    values = {"timeout": 20.0, **more}
    settings = Settings("localhost", server.port, security, **values)  # type: ignore[arg-type]
    return SmtpCarrier(settings, SENDER, context)


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def test_mail_arrives_as_it_was_written(server: MailServer) -> None:
    with carrier(server) as carry:
        carry(a_mail(from_name="Wren Lead", reply_to="wren@example.org"))
    (taken,) = server.taken
    mail = message_from_string(taken.text)
    assert taken.recipient == "rowan@example.org"
    assert mail["From"] == f"Wren Lead via Careteam <{SENDER}>"
    assert mail["Reply-To"] == "wren@example.org"
    assert mail["Message-ID"] == "<1@careteam.invalid>"
    assert mail.get_payload() == "Hello.\r\n.\r\nBye.\r\n"


def test_mails_of_one_round_share_a_connection(server: MailServer) -> None:
    with carrier(server) as carry:
        carry(a_mail(1))
        carry(a_mail(2))
    assert server.message_ids == ["<1@careteam.invalid>", "<2@careteam.invalid>"]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"RCPT": "550 5.1.1 no rowan@example.org"}, "The mail server does not know this address"),
        ({"RCPT": "550 rowan@example.org unknown"}, "The mail server says that this address takes"),
        ({"RCPT": "552 5.2.2 over quota"}, "The mailbox is full (552)."),
        ({"RCPT": "521 no"}, "The mail server did not take this address (521)."),
        ({".": "554 5.7.1 looks like spam"}, "The mail server does not let this mail through"),
        ({"DATA": "554 no"}, "The mail server did not take the mail (554)."),
    ],
)
def test_refusal_is_for_good_and_says_why(
    server: MailServer, answers: dict[str, str], reason: str
) -> None:
    server.answers = answers
    with carrier(server) as carry, pytest.raises(Refused, match=reason.split("(")[0]) as refused:
        carry(a_mail())
    assert "@" not in refused.value.reason
    assert server.taken == []


@pytest.mark.parametrize(
    ("answers", "reason", "for_all"),
    [
        ({"RCPT": "451 4.7.1 come back later"}, "did not take this address just now", False),
        ({".": "452 4.3.1 no room"}, "did not take the mail just now", False),
        ({"MAIL": "550 not from there"}, "did not accept the sender's address", True),
        ({"hello": "421 busy"}, "takes no mail just now", True),
        ({"hello": DROP}, "could not be reached", True),
        ({"DATA": DROP}, "broke off", True),
        ({".": DROP}, "broke off", True),
    ],
)
def test_other_trouble_is_for_now(
    server: MailServer, answers: dict[str, str], reason: str, for_all: bool
) -> None:
    server.answers = answers
    with carrier(server) as carry, pytest.raises(Delayed, match=reason) as delayed:
        carry(a_mail())
    assert delayed.value.for_all is for_all
    assert "@" not in delayed.value.reason


@pytest.mark.parametrize("silent", ["hello", "EHLO", "RCPT", "."])
def test_silence_ends_in_time(server: MailServer, silent: str) -> None:
    server.answers = {silent: HANG}
    began = time.monotonic()
    with carrier(server, timeout=0.2) as carry, pytest.raises(Delayed) as delayed:
        carry(a_mail())
    assert time.monotonic() - began < 5
    assert delayed.value.for_all


@pytest.mark.parametrize("slow", ["hello", "EHLO", "RCPT", "."])
def test_whole_time_is_kept_where_each_byte_comes_in_time(server: MailServer, slow: str) -> None:
    server.answers = {slow: DRIP}
    began = time.monotonic()
    with carrier(server, timeout=0.4) as carry, pytest.raises(Delayed):
        carry(a_mail())
    assert time.monotonic() - began < 5


def test_refused_mail_leaves_the_connection_to_the_next(server: MailServer) -> None:
    server.answers = {"gone@example.org": "550 5.1.1 no"}
    with carrier(server) as carry:
        with pytest.raises(Refused):
            carry(a_mail(1, "gone@example.org"))
        carry(a_mail(2))
    assert server.message_ids == ["<2@careteam.invalid>"]


def test_connection_that_was_closed_meanwhile_is_made_anew(server: MailServer) -> None:
    with carrier(server) as carry:
        carry(a_mail(1))
        server.answers = {"NOOP": DROP}
        carry(a_mail(2))
    assert server.connections == 2
    assert len(server.taken) == 2


def test_nobody_there_is_for_now() -> None:
    with mail_server() as server:
        carry = carrier(server)
    with carry, pytest.raises(Delayed, match="could not be reached"):
        carry(a_mail())


def test_starttls_encrypts_before_signing_in() -> None:
    with mail_server(users={"team": "pass word "}) as server:
        with carrier(server, "starttls", trusting(), user="team", password="pass word ") as carry:
            carry(a_mail())
        assert [each.is_encrypted for each in server.taken] == [True]


def test_tls_from_the_first_byte() -> None:
    with mail_server(tls=True) as server:
        with carrier(server, "tls", trusting()) as carry:
            carry(a_mail())
        assert [each.is_encrypted for each in server.taken] == [True]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_unknown_certificate_takes_no_mail(security: str) -> None:
    with mail_server(tls=security == "tls") as server:
        with carrier(server, security) as carry, pytest.raises(Delayed, match="certificate"):
            carry(a_mail())
        assert server.taken == []


def test_certificate_of_another_name_takes_no_mail() -> None:
    with mail_server() as server:
        settings = Settings("127.0.0.1", server.port, "starttls", timeout=5)
        carry = SmtpCarrier(settings, SENDER, trusting())
        with carry, pytest.raises(Delayed, match="certificate"):
            carry(a_mail())


def test_server_without_encryption_gets_neither_password_nor_mail() -> None:
    with mail_server(users={"team": "secret"}) as server:
        server.answers = {"STARTTLS": "502 no"}
        carry = carrier(server, "starttls", trusting(), user="team", password="secret")
        with carry, pytest.raises(Delayed):
            carry(a_mail())
        assert server.taken == []


def test_wrong_password_is_said_without_it() -> None:
    with mail_server(users={"team": "right"}) as server:
        carry = carrier(server, "starttls", trusting(), user="team", password="wrong one")
        with carry, pytest.raises(Delayed, match="user and password") as delayed:
            carry(a_mail())
    assert "wrong one" not in f"{delayed.value!r} {carry.server!r} {delayed.value.__cause__!r}"


def test_address_that_cannot_be_written_is_refused(server: MailServer) -> None:
    with carrier(server) as carry, pytest.raises(Refused):
        carry(a_mail(recipient="Rowan <rowan@"))
