"""What is mailed of standing in: who, for whom and which days, never which client."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.features.directory.queries import inboxes_of
from careteam.features.outbox.operations import queue_message
from careteam.features.teams.models import Cover


def tell_cover(actor: Actor, cover: Cover) -> None:
    tell(
        actor,
        cover.practitioner_id,
        f"{actor.name} asks you to stand in",
        "emails/cover_named.txt",
        cover=cover,
    )


def tell_end(actor: Actor, cover: Cover) -> None:
    """The word for the other side: the lead and whoever stood in, without whoever ended it."""
    for who in (cover.author_id, cover.practitioner_id):
        if who is not None and who != actor.practitioner_id:
            tell(actor, who, "Standing in has ended", "emails/cover_ended.txt", cover=cover)


def tell(actor: Actor, to: UUID, subject: str, template: str, **words: object) -> None:
    """Queue a neutral word for somebody who signs in here; it names who does what, no client."""
    email = inboxes_of([to]).get(to)
    if email is None:
        return
    settings = current_app.extensions["careteam_settings"]
    address = f"{settings.public_url}/" if settings.links_can_leave else None
    queue_message(
        recipient=email,
        subject=subject,
        body=render_template(template, by=actor.name, address=address, **words),
        author_id=actor.practitioner_id,
    )
