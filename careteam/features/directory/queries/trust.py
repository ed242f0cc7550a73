"""What the actor wrote of why they trust colleagues."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import TrustWords
from careteam.kit.db import db


def trust_words_of(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The actor's own sentences about these people, by id."""
    rows = db.session.execute(
        select(TrustWords.practitioner_id, TrustWords.sentence).where(
            within(actor, Permission.KEEP_OWN_NOTES, TrustWords),
            TrustWords.practitioner_id.in_(list(ids)),
        )
    )
    return {row.practitioner_id: row.sentence for row in rows}
