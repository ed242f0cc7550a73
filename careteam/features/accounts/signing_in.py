"""Sign in and out. Throttling is counted in the database, so that it holds over all processes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account, SignIn
from careteam.features.accounts.queries import (
    actor_of,
    find_account_by_email,
    list_all_sign_ins_of,
)
from careteam.features.accounts.tries import Limit, give_back, take_tries
from careteam.kit import clock
from careteam.kit.db import db, own_transaction, reading
from careteam.kit.errors import Invalid
from careteam.kit.tokens import hash_token, new_token

TRIES_PER_EMAIL = 10
TRIES_FROM_ANYWHERE = 50
LIFETIME = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)


def normal_email(email: str) -> str:
    return email.strip().casefold()


def check_password(email: str, password: str, address: str) -> Account:
    """The account whose password this is.

    Raises `TooMany` after ten wrong tries for one e-mail from one address, or fifty for one e-mail
    from anywhere, within 15 minutes; `Invalid` otherwise. A person at another address is not locked
    out by a stranger's ten tries. Hashing holds no lock, so it stops nobody else's saving.
    """
    person = normal_email(email)
    tries = take_tries(
        [Limit(f"{person} {address}", TRIES_PER_EMAIL), Limit(person, TRIES_FROM_ANYWHERE)]
    )
    checked = _stored_password(email)
    if not passwords.matches(checked, password):
        raise Invalid("E-mail and password do not match.", field="password")
    give_back(tries)
    account = find_account_by_email(normal_email(email))
    if account is None or account.disabled_at or account.password_hash != checked:
        raise Invalid("E-mail and password do not match.", field="password")
    return account


def _stored_password(email: str) -> str | None:
    """The hash to compare with; None without an open account."""
    with reading():
        account = find_account_by_email(normal_email(email))
        stored = account.password_hash if account and account.disabled_at is None else None
        db.session.rollback()
    return stored


@operation(None, on="account", action="account.signed_in")
def start_session(*, actor: Actor, account: Account, device: str, token: str) -> SignIn:
    """A new session whose cookie is `token`; only its hash is kept."""
    now = clock.now()
    sign_in = SignIn(
        token_hash=hash_token(token),
        account_id=account.id,
        device=device[:200],
        last_seen_at=now,
        expires_at=now + LIFETIME,
    )
    db.session.add(sign_in)
    return sign_in


def sign_in(account: Account, password: str, device: str) -> str:
    """Start a session and return the cookie's token. Stores a stronger hash when one is due."""
    token = new_token()
    if passwords.needs_rehash(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    start_session(actor=actor_of(account), account=account, device=device, token=token)
    return token


@operation(Permission.EDIT_OWN_ACCOUNT, on="sign_in", action="account.session_ended")
def end_session(*, actor: Actor, sign_in: SignIn) -> SignIn:
    sign_in.ended_at = clock.now()
    return sign_in


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="account.session_ended")
def end_other_sessions(*, actor: Actor, account: Account, keep: UUID | None) -> Account:
    """End every session of the account but `keep` (None ends all)."""
    for each in list_all_sign_ins_of(account.id):
        if each.id != keep:
            each.ended_at = clock.now()
    return account


@operation(None, action="data.restored")
def end_every_session(*, actor: Actor) -> None:
    """Within a restore: a session that ended after the backup was made must not live again."""
    db.session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=clock.now()))


def note_seen(sign_in_id: UUID) -> None:
    """Store that the session is in use; the caller asks at most every `SEEN_EVERY`."""
    with own_transaction() as connection:
        connection.execute(
            update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now())
        )
