"""The Monday mail: how much waits, once a week, to members for whom something does.

Counts, and initials of one's own clients: a mail is read by more than one pair of eyes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.domain.wording import count_words
from careteam.features.accounts.models import Account
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.chasing.monday_queries import (
    count_asked,
    list_own_waiting,
    list_recipients,
)
from careteam.features.referrals.chasing.queries import OVERDUE
from careteam.kit.text import initials
from careteam.settings import Settings

MORNING = 7
"""The hour from which it leaves, on the community's clock."""
SHOWN = 8
"""Initials named at most."""


@dataclass
class Waiting:
    """What waits for one member: asked of them, not answered to them, and theirs to see to."""

    asked: int = 0
    overdue: list[str | None] = field(default_factory=list)
    turn: list[str | None] = field(default_factory=list)

    def lines(self) -> list[str]:
        found = []
        if self.asked:
            found.append(f"{self.asked} {_verb('wait', self.asked)} for your answer")
        if self.overdue:
            many = len(self.overdue)
            found.append(f"{many} {_verb('wait', many)} for an answer{_named(self.overdue)}")
        if self.turn:
            more = ("other needs you", "others need you") if found else ("needs you", "need you")
            words = count_words(len(self.turn), *more)
            found.append(f"{words}{_named(self.turn)}")
        return found


def _verb(verb: str, number: int) -> str:
    return f"{verb}s" if number == 1 else verb


def _named(clients: list[str | None]) -> str:
    known = list(dict.fromkeys(initials(name) for name in clients if name))
    more = ", ..." if len(known) > SHOWN else ""
    return f": {', '.join(known[:SHOWN])}{more}" if known else ""


def send_monday_mail() -> str | None:
    """Queue it for everybody. For a job that runs once a week and commits it all at once."""
    waiting = _waiting()
    recipients = list_recipients(list(waiting))
    settings: Settings = current_app.extensions["careteam_settings"]
    address = settings.public_url if settings.links_can_leave else None
    for practitioner_id, email, name in recipients:
        queue_message(
            recipient=email,
            subject="Your week in Careteam",
            body=render_template(
                "emails/monday.txt",
                name=name,
                lines=waiting[practitioner_id].lines(),
                address=address,
            ),
        )
    return f"Monday mail queued: {len(recipients)}." if recipients else None


def _waiting() -> dict[UUID, Waiting]:
    found: dict[UUID, Waiting] = {}
    for practitioner_id, number in count_asked():
        found.setdefault(practitioner_id, Waiting()).asked = number
    for practitioner_id, status, client in list_own_waiting():
        own = found.setdefault(practitioner_id, Waiting())
        (own.overdue if State(status) in OVERDUE else own.turn).append(client)
    return found


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="account.monday_mail_changed")
def want_monday_mail(*, actor: Actor, account: Account, wants: bool) -> Account:
    """Let it come, or stop it."""
    account.wants_monday_mail = wants
    return account
