"""Whose entry is whose: an entry becomes the own one of an account."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.directory.details import Details
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import new_entry
from careteam.features.directory.queries import is_attested
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="practitioner.added")
def add_own_entry(
    *, actor: Actor, account: Account, details: Details, practitioner_id: UUID | None = None
) -> Practitioner:
    """The entry of the person who is signed in, theirs from the start."""
    _need_free_account(account)
    row = new_entry(actor, details, practitioner_id)
    db.session.flush()  # the account can only point at an entry that is there
    row.added_by_id = row.id
    row.verified_on, row.verified_by = clock.today(), row.name  # nobody knows it better
    _join(account, row)
    return row


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="practitioner.claimed")
def claim_entry(*, actor: Actor, account: Account, practitioner: Practitioner) -> Practitioner:
    """This is me: an unclaimed entry with the account's e-mail becomes the account's own.

    Raises `Invalid` where the e-mails differ, where anybody changed the entry's since it was added,
    or where the actor changed the account's: a steward links the two then, because an entry may
    have been sent letters.
    """
    _need_free_account(account)
    _need_unclaimed(practitioner)
    same = practitioner.email is not None and practitioner.email.casefold() == account.email
    if not same or not is_attested(actor, practitioner):
        raise Invalid("Ask a steward to link this entry to your account.")
    _join(account, practitioner)
    return practitioner


@operation(Permission.MANAGE_ACCOUNTS, on="account", action="practitioner.claimed")
def link_entry(*, actor: Actor, account: Account, practitioner: Practitioner) -> Practitioner:
    """A steward says whose entry it is."""
    _need_free_account(account)
    _need_unclaimed(practitioner)
    _join(account, practitioner)
    return practitioner


def _need_free_account(account: Account) -> None:
    if account.practitioner_id is not None:
        raise Conflict("This account has an entry in the directory already.")


def _need_unclaimed(practitioner: Practitioner) -> None:
    if practitioner.claimed_at is not None:
        raise Conflict("This entry belongs to an account already.")
    if practitioner.retired_at is not None:
        raise Invalid("This entry was taken out of the directory. Put it back first.")


def _join(account: Account, practitioner: Practitioner) -> None:
    account.practitioner_id = practitioner.id
    practitioner.claimed_at = clock.now()
