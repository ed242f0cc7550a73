"""What a mail server's answer means, in plain words and without any address.

Codes are those of RFC 5321, section 4.2, and the finer ones of RFC 3463 where a server gives them.
The server's own words are left out: they mostly repeat the address.
"""

from __future__ import annotations

import re
import smtplib
import ssl

from careteam.features.outbox.mail import Delayed, NotCarried, Refused

_FINER = re.compile(rb"\s*[245]\.(\d{1,3})\.(\d{1,3})\b")
_MEANING = {
    "1": "The mail server does not know this address.",
    "2": "The mailbox does not take mail.",
    "2.2": "The mailbox is full.",
    "3.4": "The mail is too large for the mail server.",
    "4": "The mail server could not reach the other side.",
    "6": "The mail server could not read this mail.",
    "7": "The mail server does not let this mail through.",
}
_BY_CODE = {
    550: "The mail server says that this address takes no mail.",
    551: "The mail server says that this address is elsewhere.",
    552: "The mailbox is full.",
    553: "The mail server does not know this address.",
}


def problem_at_the_door(error: Exception) -> Delayed:
    """Why no mail at all can leave now. It is for whoever set up the mail server to mend."""
    return Delayed(_door(error), for_all=True)


def _door(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "The mail server's certificate could not be trusted."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server did not accept user and password ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server does not offer what the settings ask for."
    if isinstance(error, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server takes no mail just now ({error.smtp_code})."
    return "The mail server could not be reached."


def problem_with_the_mail(error: Exception) -> NotCarried:
    """Why this mail did not leave: for good where the server says so, else for now."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _answered(code, words, "The mail server did not take this address")
    if isinstance(error, smtplib.SMTPSenderRefused):
        reason = f"The mail server did not accept the sender's address ({error.smtp_code})."
        return Delayed(reason, for_all=True)
    if isinstance(error, smtplib.SMTPNotSupportedError | UnicodeError):
        return Refused("The mail server cannot write to an address with such letters.")
    if isinstance(error, smtplib.SMTPServerDisconnected | TimeoutError):
        return Delayed("The mail server broke off.", for_all=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error, "The mail server did not take the mail")
    return Delayed("The mail could not be handed over.", for_all=isinstance(error, OSError))


def _answered(code: int, words: bytes | str, otherwise: str) -> NotCarried:
    raw = words.encode(errors="replace") if isinstance(words, str) else words
    if code >= 500:
        reason = _meaning(code, raw) or f"{otherwise}."
        return Refused(f"{reason[:-1]} ({code}).")
    return Delayed(f"{otherwise} just now ({code}).", for_all=code == 421)


def _meaning(code: int, words: bytes) -> str | None:
    finer = _FINER.match(words)
    if finer is not None:
        subject, detail = (part.decode() for part in finer.groups())
        found = _MEANING.get(f"{subject}.{detail}") or _MEANING.get(subject)
        if found is not None:
            return found
    return _BY_CODE.get(code)
