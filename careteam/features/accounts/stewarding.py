"""What a steward does for the community: its name, forgotten passwords, further stewards."""

from __future__ import annotations

from flask import render_template

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account, Community
from careteam.features.accounts.queries import list_all_sign_ins_of
from careteam.features.outbox.operations import queue_message
from careteam.kit import clock
from careteam.kit.errors import Invalid


@operation(Permission.MANAGE_COMMUNITY, on="community", action="community.changed")
def rename_community(*, actor: Actor, community: Community, name: str) -> Community:
    community.name = name
    return community


@operation(Permission.MANAGE_COMMUNITY, on="community", action="community.changed")
def send_yearly_mail(*, actor: Actor, community: Community, wanted: bool) -> Community:
    """Let the yearly mail about entries leave, or stop it for everybody."""
    if wanted:
        community.yearly_mail_stopped_at = None
    elif community.yearly_mail_stopped_at is None:
        community.yearly_mail_stopped_at = clock.now()
    return community


@operation(Permission.MANAGE_ACCOUNTS, on="account", action="account.password_set")
def set_first_password(*, actor: Actor, account: Account, password: str) -> Account:
    """A new first password for somebody who forgot theirs, to be changed when they sign in.

    It ends all their sessions and is mailed to them as a fact, so that no steward can use it to
    sign in as somebody else without being noticed. Raises `Invalid`.
    """
    if account.id == actor.account_id:
        raise Invalid("Change your own password under Your account.", field="password")
    if account.disabled_at is not None:
        raise Invalid("This account is closed. Open it again first.", field="password")
    passwords.check_new(password, name=account.name, email=account.email)
    _set(account, password)
    queue_message(
        recipient=account.email,
        subject="Your password was set anew",
        body=render_template("emails/password_set.txt", steward=actor.name),
    )
    return account


@operation(None, on="account", action="account.password_set")
def set_password_from_command(*, actor: Actor, account: Account, password: str) -> Account:
    """The same on the machine itself, for the only steward. Opens the account if it was closed."""
    account.disabled_at = None
    _set(account, password)
    return account


def _set(account: Account, password: str) -> None:
    account.password_hash = passwords.hash_password(password)
    account.must_change_password = True
    for each in list_all_sign_ins_of(account.id):
        each.ended_at = clock.now()


@operation(Permission.MANAGE_ACCOUNTS, on="account", action="account.stewardship_changed")
def change_stewardship(*, actor: Actor, account: Account, is_steward: bool) -> Account:
    """Nobody changes their own, so that there is always somebody to look after the community."""
    if account.id == actor.account_id:
        raise Invalid("Another steward has to change this for you.", field="is_steward")
    account.is_steward = is_steward
    return account
