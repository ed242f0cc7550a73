"""Whose entry is whose: accounts without one, entries that look like the actor's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.audit.models import AuditEvent
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries.entries import whole_entries
from careteam.kit.db import db


def find_own_looking_entry(actor: Actor) -> Practitioner | None:
    """An unclaimed entry with the e-mail of the actor's account, if the actor has no entry.

    Offered only where `is_attested`: an entry may have been sent letters, and whoever claims it
    reads them.
    """
    if actor.account_id is None or actor.practitioner_id is not None:
        return None
    email = select(Account.email).where(Account.id == actor.account_id).scalar_subquery()
    found: Practitioner | None = db.session.scalars(
        whole_entries(actor)
        .where(
            func.lower(Practitioner.email) == email,
            Practitioner.claimed_at.is_(None),
            Practitioner.retired_at.is_(None),
        )
        .order_by(Practitioner.created_at, Practitioner.id)
        .limit(1)
    ).one_or_none()
    return found if found is not None and is_attested(actor, found) else None


def is_attested(actor: Actor, entry: Practitioner) -> bool:
    """Whether the entry still has the e-mail it was added with, and the actor's account has one
    that the actor did not write.

    An e-mail that anybody wrote into the entry later says nothing of whose it is: two members
    could hand an entry, and the letters sent to it, to either of them.
    """
    rows = db.session.execute(
        select(AuditEvent.fields).where(
            or_(
                and_(
                    AuditEvent.object_id == str(entry.id), AuditEvent.action != "practitioner.added"
                ),
                and_(
                    AuditEvent.object_id == str(actor.account_id),
                    AuditEvent.actor_key == actor.key,
                    AuditEvent.action == "account.changed",
                ),
            )
        )
    )
    changed = {field for (fields,) in rows for field in fields or ()}
    return not {"practitioners.email", "accounts.email"} & changed


def find_account_of(practitioner_id: UUID) -> Account | None:
    """The account an entry belongs to, for whoever may already change the entry."""
    return db.session.scalars(
        select(Account).where(Account.practitioner_id == practitioner_id)
    ).one_or_none()


def inboxes_of(practitioner_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The address of those of them who sign in here, by practitioner: one statement."""
    rows = db.session.execute(
        select(Account.practitioner_id, Account.email).where(
            Account.practitioner_id.in_(list(practitioner_ids)), Account.disabled_at.is_(None)
        )
    )
    return {row.practitioner_id: row.email for row in rows}


def keepers_of(entry: Practitioner) -> Sequence[str]:
    """Who is told what becomes of an entry: whoever added it, else the stewards. Addresses."""
    added_by = inboxes_of([entry.added_by_id] if entry.added_by_id else [])
    if added_by:
        return sorted(added_by.values())
    return db.session.scalars(
        select(Account.email)
        .where(Account.is_steward.is_(True), Account.disabled_at.is_(None))
        .order_by(Account.email)
    ).all()


def list_accounts_without_entry(actor: Actor) -> Sequence[Account]:
    """For a steward: open accounts that belong to nobody in the directory."""
    return db.session.scalars(
        select(Account)
        .where(
            within(actor, Permission.MANAGE_ACCOUNTS, Account),
            Account.practitioner_id.is_(None),
            Account.disabled_at.is_(None),
        )
        .order_by(func.lower(Account.name), Account.id)
    ).all()
