"""What is mailed of holds and cautions: that one was laid or ended, never what, and about whom."""

from __future__ import annotations

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.features.directory.queries import inboxes_of
from careteam.features.outbox.operations import queue_message
from careteam.features.teams.covering.queries import acting_leads
from careteam.features.teams.models import Precaution

LAID, ENDED = "A hold or a caution is laid", "A hold or a caution is ended"


def tell_lead(actor: Actor, precaution: Precaution) -> None:
    """Queue the word for whoever keeps the record or stands in; nothing for whoever did it."""
    others = [who for who in acting_leads(precaution.client_id) if who != actor.practitioner_id]
    settings = current_app.extensions["careteam_settings"]
    page = f"{settings.public_url}/clients/{precaution.client_id}"
    is_ended = precaution.ended_at is not None
    for email in inboxes_of(others).values():
        queue_message(
            recipient=email,
            subject=ENDED if is_ended else LAID,
            body=render_template(
                "emails/precaution_moved.txt",
                by=actor.name,
                is_ended=is_ended,
                address=page if settings.links_can_leave else None,
            ),
            author_id=actor.practitioner_id,
            about_id=precaution.id,
        )
