"""What the actor noted of an interest in colleagues."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Interest
from careteam.kit.db import db


def interests_of(actor: Actor) -> dict[UUID, str]:
    """The actor's own, by the practitioner they are about."""
    rows = db.session.execute(
        select(Interest.practitioner_id, Interest.kind).where(
            within(actor, Permission.KEEP_OWN_NOTES, Interest)
        )
    )
    return {row.practitioner_id: row.kind for row in rows}
