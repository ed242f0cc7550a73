"""Mail handed to a mail server, its certificate checked, within a time that is kept.

smtplib's own time limit is for each step, so a mail could be held for longer than its claim lasts.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from careteam.features.outbox.answers import problem_at_the_door, problem_with_the_mail
from careteam.features.outbox.mail import Mail, written
from careteam.kit.deadline import Deadline
from careteam.settings import MailServer

Watch = Callable[[smtplib.SMTP], None]


class SmtpCarrier:
    """Hands mails to `server`, several over one connection; to be used in a `with`.

    Raises `Refused` and `Delayed` with the reason in plain words.
    """

    def __init__(
        self, server: MailServer, sender: str, context: ssl.SSLContext | None = None
    ) -> None:
        self.server = server
        self.sender = sender
        self.context = context or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> SmtpCarrier:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._close()

    def __call__(self, mail: Mail) -> None:
        message = written(mail, self.sender)
        with Deadline(self.server.timeout) as deadline:
            smtp = self._at_the_door(deadline)
            try:
                deadline.check()
                smtp.send_message(message, self.sender, [mail.recipient])
            except (smtplib.SMTPException, OSError, ValueError) as error:
                raise problem_with_the_mail(error) from error
            finally:
                self._close_if_broken()

    def _at_the_door(self, deadline: Deadline) -> smtplib.SMTP:
        """A connection that is ready for a mail: the one at hand if it still answers, or a new one.

        Raises `Delayed`.
        """
        try:
            if self._smtp is not None:
                deadline.watch(self._smtp)
                with suppress(smtplib.SMTPException, OSError):
                    if self._smtp.noop()[0] == 250:
                        return self._smtp
                self._close()
            self._smtp = self._connected(deadline)
            deadline.check()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._close()
            raise problem_at_the_door(error) from error
        return self._smtp

    def _connected(self, deadline: Deadline) -> smtplib.SMTP:
        server = self.server
        named = {
            "local_hostname": self.sender.rpartition("@")[2],
            "timeout": server.timeout,
        }
        if server.security == "tls":
            smtp: smtplib.SMTP = _OverTls(
                deadline.watch, server.host, server.port, context=self.context, **named
            )
        else:
            smtp = _Plain(deadline.watch, server.host, server.port, **named)
        try:
            if server.security == "starttls":
                smtp.starttls(context=self.context)
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _close_if_broken(self) -> None:
        if self._smtp is not None and self._smtp.sock is None:
            self._smtp = None

    def _close(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


class _Plain(smtplib.SMTP):
    """Watched from its first step on: connecting happens while it is made."""

    def __init__(self, watch: Watch, host: str, port: int, **named: Any) -> None:
        watch(self)
        super().__init__(host, port, **named)


class _OverTls(smtplib.SMTP_SSL):
    def __init__(self, watch: Watch, host: str, port: int, **named: Any) -> None:
        watch(self)
        super().__init__(host, port, **named)
