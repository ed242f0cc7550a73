"""What somebody without an account does with their own entry, by the link they were mailed."""

from __future__ import annotations

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.details import Details
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import write_entry
from careteam.features.directory.queries import keepers_of
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.corrected")
def correct_entry(*, actor: Actor, practitioner: Practitioner, details: Details) -> Practitioner:
    """Make the entry say `details`, as said by the person themself, and tell who entered them.

    Raises `Invalid`.
    """
    write_entry(practitioner, details)
    _said_by_self(practitioner)
    for email in keepers_of(practitioner):
        tell_of_entry(practitioner, email, "An entry was corrected", "emails/entry_corrected.txt")
    return practitioner


@operation(Permission.EDIT_PRACTITIONER, on="practitioner", action="practitioner.confirmed")
def confirm_entry(*, actor: Actor, practitioner: Practitioner) -> Practitioner:
    """The person says that the entry is right as it stands."""
    _said_by_self(practitioner)
    return practitioner


def _said_by_self(practitioner: Practitioner) -> None:
    practitioner.said_by_self_on = practitioner.verified_on = clock.today()
    practitioner.verified_by = practitioner.name


def tell_of_entry(practitioner: Practitioner, email: str, subject: str, template: str) -> None:
    """Mail a member what became of an entry: whose it is, none of what it says. For operations."""
    settings = current_app.extensions["careteam_settings"]
    address = f"{settings.public_url}/practitioners/{practitioner.id}"
    queue_message(
        recipient=email,
        subject=subject,
        body=render_template(
            template,
            name=practitioner.name,
            address=address if settings.links_can_leave else None,
        ),
        about_id=practitioner.id,
    )
