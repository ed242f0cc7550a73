"""Imports that wait for their second step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.imports.models import ImportDraft
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def get_import_draft(actor: Actor, draft_id: UUID) -> ImportDraft:
    """One's own, until a day after it was brought. Raises `NotFound`."""
    found = db.session.scalars(
        select(ImportDraft).where(
            ImportDraft.id == draft_id,
            ImportDraft.expires_at > clock.now(),
            within(actor, Permission.EDIT_OWN_ACCOUNT, ImportDraft),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_expired_drafts(before: datetime) -> Sequence[ImportDraft]:
    """Anybody's, for removing them."""
    return db.session.scalars(select(ImportDraft).where(ImportDraft.expires_at <= before)).all()
