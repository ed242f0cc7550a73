"""Imports that wait for their second step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.imports.models import ImportDraft
from careteam.features.referrals.models import Referral, ReferralImport
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound


def get_import_draft(actor: Actor, draft_id: UUID, kind: str = "practitioners") -> ImportDraft:
    """One's own of that kind, until a day after it was brought, or as long as it can be undone.

    Raises `NotFound`.
    """
    found = db.session.scalars(
        select(ImportDraft).where(
            ImportDraft.id == draft_id,
            ImportDraft.kind == kind,
            ImportDraft.expires_at > clock.now(),
            within(actor, Permission.EDIT_OWN_ACCOUNT, ImportDraft),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_recent_imports(actor: Actor) -> Sequence[ImportDraft]:
    """One's own that wrote something, as long as they can be undone, the newest first."""
    return db.session.scalars(
        select(ImportDraft)
        .where(
            ImportDraft.kind == "practitioners",
            ImportDraft.confirmed_at.is_not(None),
            ImportDraft.added > 0,
            ImportDraft.expires_at > clock.now(),
            within(actor, Permission.EDIT_OWN_ACCOUNT, ImportDraft),
        )
        .order_by(ImportDraft.confirmed_at.desc(), ImportDraft.id)
    ).all()


def list_expired_drafts(before: datetime) -> Sequence[ImportDraft]:
    """Anybody's, for removing them."""
    return db.session.scalars(select(ImportDraft).where(ImportDraft.expires_at <= before)).all()


def list_past_keys(actor: Actor) -> set[tuple[str, str, date]]:
    """Sender, receiver and day of the past referrals that the actor is known to have: their own,
    and those of lists they brought. Of others nothing is told, not even that it is there."""
    statement = select(Referral.sender_id, Referral.receiver_id, Referral.happened_on)
    brought = statement.join(ReferralImport, Referral.import_id == ReferralImport.id).where(
        within(actor, Permission.EDIT_OWN_ACCOUNT, ReferralImport)
    )
    own = statement.where(
        within(actor, Permission.READ_REFERRAL, Referral), Referral.is_past.is_(True)
    )
    rows = [*db.session.execute(brought.distinct()), *db.session.execute(own.distinct())]
    return {(str(sender), str(receiver), day) for sender, receiver, day in rows if day}


def get_referral_import(actor: Actor, import_id: UUID) -> ReferralImport:
    """One's own. Raises `NotFound`."""
    found = db.session.scalars(
        select(ReferralImport).where(
            ReferralImport.id == import_id,
            within(actor, Permission.EDIT_OWN_ACCOUNT, ReferralImport),
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_referral_imports(actor: Actor) -> Sequence[ReferralImport]:
    """One's own, the newest first."""
    return db.session.scalars(
        select(ReferralImport)
        .where(within(actor, Permission.EDIT_OWN_ACCOUNT, ReferralImport))
        .order_by(ReferralImport.created_at.desc(), ReferralImport.id)
    ).all()


def untouched(import_id: UUID) -> ColumnElement[bool]:
    """The referrals of an import that are as they came, and that no other follows."""
    next_ = aliased(Referral)
    followed = select(next_.id).where(next_.previous_id == Referral.id).exists()
    return and_(Referral.import_id == import_id, Referral.version == 1, ~followed)
