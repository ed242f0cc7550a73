"""What is mailed of holds, cautions and clearances: that there is one, not what, nor about whom."""

from __future__ import annotations

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.features.directory.queries import inboxes_of
from careteam.features.outbox.operations import queue_message
from careteam.features.teams.covering.queries import acting_leads
from careteam.features.teams.models import Clearance, Precaution

LAID, ENDED = "A hold or a caution is laid", "A hold or a caution is ended"
CLEARED, UNCLEARED = "A word the plan waits for", "A word for the plan is taken back"


def tell_lead(actor: Actor, precaution: Precaution) -> None:
    """Queue the word for whoever keeps the record or stands in; nothing for whoever did it."""
    is_ended = precaution.ended_at is not None
    subject = ENDED if is_ended else LAID
    _tell(actor, precaution, subject, "emails/precaution_moved.txt", is_ended=is_ended)


def tell_of_clearance(actor: Actor, clearance: Clearance) -> None:
    """As `tell_lead`."""
    is_over = clearance.taken_back_at is not None
    subject = UNCLEARED if is_over else CLEARED
    _tell(actor, clearance, subject, "emails/clearance_given.txt", is_over=is_over)


def _tell(
    actor: Actor, row: Precaution | Clearance, subject: str, template: str, **words: bool
) -> None:
    others = [who for who in acting_leads(row.client_id) if who != actor.practitioner_id]
    settings = current_app.extensions["careteam_settings"]
    page = f"{settings.public_url}/clients/{row.client_id}"
    for email in inboxes_of(others).values():
        queue_message(
            recipient=email,
            subject=subject,
            body=render_template(
                template,
                by=actor.name,
                address=page if settings.links_can_leave else None,
                **words,
            ),
            author_id=actor.practitioner_id,
            about_id=row.id,
        )
