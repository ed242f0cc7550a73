"""The gentle mail, once a year at most, that asks somebody whether their entry is still right."""

from __future__ import annotations

from flask import current_app, render_template

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.queries import get_community
from careteam.features.directory.models import Practitioner
from careteam.features.links.entries import entry_address
from careteam.features.outbox.operations import queue_message
from careteam.features.relationships.models import YearlyMail
from careteam.features.relationships.yearly_queries import (
    find_yearly_mail,
    leaves_yearly,
    list_to_ask,
)
from careteam.kit import clock
from careteam.kit.db import db
from careteam.settings import Settings

MORNING = 9
"""The hour from which it leaves on a workday, on the community's clock."""
MOST_A_DAY = 50
SUBJECT = "Is your entry still right?"


def ask_yearly() -> str | None:
    """The job: ask who is due. While no link can leave, or the community stopped it, nobody is."""
    settings: Settings = current_app.extensions["careteam_settings"]
    if not settings.links_can_leave or not leaves_yearly():
        return None
    asked = 0
    for entry, email in list_to_ask(MOST_A_DAY):
        asked += ask_about_entry(actor=SYSTEM, practitioner=entry, account_email=email)
    return f"People asked whether their entry is right: {asked}." if asked else None


@operation(None, on="practitioner", action="practitioner.asked_by_mail")
def ask_about_entry(*, actor: Actor, practitioner: Practitioner, account_email: str | None) -> bool:
    """Whether a mail was queued. It names nobody but the person and says nothing of the entry."""
    settings: Settings = current_app.extensions["careteam_settings"]
    recipient = account_email or practitioner.email
    if recipient is None:
        return False
    if account_email is None:
        address = entry_address(practitioner.id, recipient)
    else:
        address = f"{settings.public_url}/practitioners/{practitioner.id}#accepting"
    queue_message(
        recipient=recipient,
        subject=SUBJECT,
        body=render_template(
            "emails/entry_yearly.txt",
            name=practitioner.name,
            community=get_community().name,
            address=address,
            has_account=account_email is not None,
        ),
        about_id=practitioner.id,
    )
    _kept(practitioner).asked_at = clock.now()
    return True


@operation(Permission.SAY_AVAILABILITY, on="practitioner", action="practitioner.mail_choice")
def want_yearly_mail(*, actor: Actor, practitioner: Practitioner, wants: bool) -> Practitioner:
    """Let the yearly mail come, or stop it."""
    _kept(practitioner).stopped_at = None if wants else clock.now()
    return practitioner


def _kept(practitioner: Practitioner) -> YearlyMail:
    row = find_yearly_mail(practitioner.id)
    if row is None:
        row = YearlyMail(practitioner_id=practitioner.id)
        db.session.add(row)
    return row
