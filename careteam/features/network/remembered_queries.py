"""Ties from memory. They are drawn and counted nowhere else."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.network.models import RememberedTie
from careteam.kit.db import db


def remembered_of(actor: Actor) -> dict[UUID, RememberedTie]:
    """The actor's own, by the practitioner they are about."""
    rows = db.session.scalars(
        select(RememberedTie).where(within(actor, Permission.KEEP_OWN_NOTES, RememberedTie))
    )
    return {row.practitioner_id: row for row in rows}
