"""Changes to the community and its accounts."""

from __future__ import annotations

from uuid import UUID, uuid4

from email_validator import EmailNotValidError, validate_email

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account, Community, SetupLink
from careteam.features.accounts.queries import (
    find_account_by_email,
    find_community,
    find_setup_link,
    has_accounts,
    list_all_sign_ins_of,
)
from careteam.features.accounts.signing_in import normal_email
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid, NotFound
from careteam.kit.tokens import hash_token, new_token


def make_setup_link() -> str:
    """A one-time token for the first set-up. Raises `Conflict` once there are accounts."""
    if has_accounts():
        raise Conflict("This community is set up already.")
    token = new_token()
    db.session.add(SetupLink(token_hash=hash_token(token)))
    db.session.flush()
    return token


@operation(None, action="community.set_up")
def set_up(
    *, actor: Actor, token: str, community_name: str, name: str, email: str, password: str
) -> Account:
    """Make the community and its first account, a steward, without an entry in the directory.

    Raises `NotFound` unless the token is the unused one of an empty installation.
    """
    link = find_setup_link(hash_token(token), to_use=True)
    if link is None or has_accounts():
        raise NotFound
    passwords.check_new(password, name=name, email=email)
    link.used_at = clock.now()
    found = find_community()
    if found is None:
        db.session.add(Community(name=community_name))
    else:
        found.name = community_name
    return _new_account(name=name, email=email, password=password, is_steward=True)


@operation(None, action="account.added")
def add_account_from_command(
    *,
    actor: Actor,
    name: str,
    email: str,
    password: str,
    is_steward: bool = False,
    practitioner_id: UUID | None = None,
    must_change_password: bool = False,
    is_sample: bool = False,
    account_id: UUID | None = None,
) -> Account:
    """An account made on the machine itself (command line, sample data)."""
    account = _new_account(
        name=name,
        email=email,
        password=password,
        is_steward=is_steward,
        practitioner_id=practitioner_id,
        account_id=account_id,
    )
    account.must_change_password = must_change_password
    account.is_sample = is_sample
    return account


@operation(Permission.MANAGE_ACCOUNTS, action="account.added")
def add_account(
    *,
    actor: Actor,
    account_id: UUID,
    name: str,
    email: str,
    password: str,
    is_steward: bool = False,
    practitioner_id: UUID | None = None,
) -> Account:
    """A new account with a first password, to be changed at the first sign-in."""
    passwords.check_new(password, name=name, email=email)
    account = _new_account(
        name=name,
        email=email,
        password=password,
        is_steward=is_steward,
        practitioner_id=practitioner_id,
        account_id=account_id,
    )
    account.must_change_password = True
    return account


def _new_account(
    *,
    name: str,
    email: str,
    password: str,
    is_steward: bool,
    practitioner_id: UUID | None = None,
    account_id: UUID | None = None,
) -> Account:
    try:
        validate_email(normal_email(email), check_deliverability=False)
    except EmailNotValidError:
        raise Invalid("This is not an e-mail address.", field="email") from None
    if find_account_by_email(normal_email(email)) is not None:
        raise Invalid("There is an account with this e-mail already.", field="email")
    account = Account(
        id=account_id or uuid4(),
        name=name,
        email=normal_email(email),
        password_hash=passwords.hash_password(password),
        is_steward=is_steward,
        practitioner_id=practitioner_id,
    )
    db.session.add(account)
    return account


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="account.changed")
def change_own_details(
    *, actor: Actor, account: Account, name: str, email: str, keeps_ties_private: bool
) -> Account:
    other = find_account_by_email(normal_email(email))
    if other is not None and other.id != account.id:
        raise Invalid("There is an account with this e-mail already.", field="email")
    account.name = name
    account.email = normal_email(email)
    account.keeps_ties_private = keeps_ties_private
    return account


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="account.password_changed")
def change_password(
    *, actor: Actor, account: Account, current: str, password: str, keep: UUID | None
) -> Account:
    """Set a new password and end every other session. Raises `Invalid` on the wrong field."""
    if not passwords.matches(account.password_hash, current):
        raise Invalid("This is not your password.", field="current")
    passwords.check_new(password, name=account.name, email=account.email)
    account.password_hash = passwords.hash_password(password)
    account.must_change_password = False
    for each in list_all_sign_ins_of(account.id):
        if each.id != keep:
            each.ended_at = clock.now()
    return account


@operation(Permission.MANAGE_ACCOUNTS, on="account", action="account.disabled")
def disable_account(*, actor: Actor, account: Account) -> Account:
    """Close an account and end all its sessions; its clients stay with its practitioner."""
    if account.id == actor.account_id:
        raise Invalid("You cannot close your own account.")
    account.disabled_at = clock.now()
    for each in list_all_sign_ins_of(account.id):
        each.ended_at = clock.now()
    return account


@operation(Permission.MANAGE_ACCOUNTS, on="account", action="account.enabled")
def enable_account(*, actor: Actor, account: Account) -> Account:
    account.disabled_at = None
    return account
