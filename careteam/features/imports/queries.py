"""Imports that wait for their second step."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import actor_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries.entries import WHOLE
from careteam.features.imports.models import ImportChange, ImportColumns, ImportDraft
from careteam.features.referrals.models import Referral, ReferralImport
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound

CHUNK = 1_000
"""Entries asked for in one statement."""


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
    """One's own that were confirmed, as long as they can be undone, the newest first."""
    return db.session.scalars(
        select(ImportDraft)
        .where(
            ImportDraft.kind == "practitioners",
            ImportDraft.confirmed_at.is_not(None),
            ImportDraft.expires_at > clock.now(),
            within(actor, Permission.EDIT_OWN_ACCOUNT, ImportDraft),
        )
        .order_by(ImportDraft.confirmed_at.desc(), ImportDraft.id)
    ).all()


def list_expired_drafts(before: datetime) -> Sequence[ImportDraft]:
    """Anybody's, for removing them."""
    return db.session.scalars(select(ImportDraft).where(ImportDraft.expires_at <= before)).all()


def list_whole_entries(actor: Actor, ids: Collection[UUID]) -> Iterator[Practitioner]:
    """These entries with all they consist of, those left out that were taken out. Four statements
    for every `CHUNK` of them. A command on the machine itself reads them as well."""
    entries = select(Practitioner).options(*WHOLE).where(Practitioner.retired_at.is_(None))
    if actor.kind is not Kind.SYSTEM:
        entries = entries.where(within(actor, Permission.READ_DIRECTORY, Practitioner))
    asked = sorted(ids)
    for first in range(0, len(asked), CHUNK):
        some = asked[first : first + CHUNK]
        yield from db.session.scalars(entries.where(Practitioner.id.in_(some)))


def find_columns(actor: Actor, headings: str) -> list[str] | None:
    """What the actor last said that the columns with these headings hold."""
    return db.session.scalar(
        select(ImportColumns.columns).where(
            ImportColumns.headings == headings,
            within(actor, Permission.EDIT_OWN_ACCOUNT, ImportColumns),
        )
    )


def list_changes(import_id: UUID) -> Sequence[ImportChange]:
    """What an import changed of entries that were there, one for each."""
    return db.session.scalars(
        select(ImportChange)
        .where(ImportChange.import_id == import_id)
        .order_by(ImportChange.number)
    ).all()


def list_asked_imports() -> Sequence[UUID]:
    """Those that wait for a worker to write them or to take them back, whoever's, in the order they
    were asked for."""
    return db.session.scalars(
        select(ImportDraft.id)
        .where(ImportDraft.asked_at.is_not(None))
        .order_by(ImportDraft.asked_at, ImportDraft.id)
    ).all()


def find_asked_import(draft_id: UUID) -> tuple[ImportDraft, Actor] | None:
    """The import and who asked for it, while that account is open."""
    row = db.session.execute(
        select(ImportDraft, Account)
        .join(Account, Account.id == ImportDraft.account_id)
        .where(
            ImportDraft.id == draft_id,
            ImportDraft.asked_at.is_not(None),
            Account.disabled_at.is_(None),
        )
    ).one_or_none()
    return (row[0], actor_of(row[1])) if row else None


def list_changes_of_removed() -> Sequence[ImportChange]:
    return db.session.scalars(
        select(ImportChange)
        .join(Practitioner, Practitioner.id == ImportChange.practitioner_id)
        .where(Practitioner.removal_asked_at.is_not(None))
    ).all()


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
