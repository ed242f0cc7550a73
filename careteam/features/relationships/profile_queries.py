"""The address that shows one's own entry, and the entry behind it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.relationships.models import ProfileCard
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def find_card(actor: Actor) -> ProfileCard | None:
    """The actor's, if one is in force."""
    return db.session.scalars(
        select(ProfileCard)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, ProfileCard), ProfileCard.ended_at.is_(None)
        )
        .order_by(ProfileCard.created_at.desc(), ProfileCard.id)
        .limit(1)
    ).one_or_none()


def entry_shown_by(card_id: UUID) -> Practitioner:
    """For anybody who holds the address. Raises `NotFound`, also once the entry was taken out or
    belongs to nobody any more.
    """
    found = db.session.scalars(
        select(Practitioner)
        .join(ProfileCard, ProfileCard.author_id == Practitioner.id)
        .where(
            ProfileCard.id == card_id,
            ProfileCard.ended_at.is_(None),
            Practitioner.retired_at.is_(None),
            Practitioner.claimed_at.is_not(None),
        )
        .options(
            selectinload(Practitioner.disciplines),
            selectinload(Practitioner.workplaces),
            selectinload(Practitioner.languages),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
