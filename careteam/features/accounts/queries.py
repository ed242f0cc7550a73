"""Questions about accounts and sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import load_only

from careteam.access.actor import Actor, Kind
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.news import HowOften
from careteam.features.accounts.models import Account, Community, FailedTry, SetupLink, SignIn
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import NotFound
from careteam.kit.paging import Page
from careteam.kit.text import like

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class House:
    """Of the community what the frame of every page shows, and a mark of its pathways."""

    name: str | None = None
    has_sample: bool = False
    pathways_stamp: UUID | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A valid session, whose it is, and where."""

    actor: Actor
    sign_in_id: UUID
    last_seen_at: datetime
    must_change_password: bool
    house: House


def find_signed_in(token_hash: str) -> Signed | None:
    """The session of this token unless it has ended, run out, or its account is closed."""
    given = {"token_hash": token_hash, "now": clock.now()}
    row = db.session.execute(_signed_in_statement(), given).one_or_none()
    if row is None:
        return None
    sign_in, account, name, has_sample, stamp = row
    return Signed(
        actor=actor_of(account),
        sign_in_id=sign_in.id,
        last_seen_at=sign_in.last_seen_at,
        must_change_password=account.must_change_password,
        house=House(name, has_sample, stamp),
    )


@cache
def _signed_in_statement() -> Any:
    """Put together once and kept, because every request asks it."""
    first = select(Community.id).order_by(Community.created_at).limit(1).scalar_subquery()
    house = (Community.name, Community.sample_since.is_not(None), Community.pathways_stamp)
    return (
        select(SignIn, Account, *house)
        .join(Account, Account.id == SignIn.account_id)
        .outerjoin(Community, Community.id == first)
        .options(load_only(SignIn.id, SignIn.last_seen_at))
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > bindparam("now", type_=SignIn.expires_at.type),
            Account.disabled_at.is_(None),
        )
    )


def news_choice_of(practitioner_id: UUID) -> HowOften:
    """How often whoever signs in for this entry wants a mail; never where nobody does."""
    often = db.session.scalar(
        select(Account.news_mail).where(
            Account.practitioner_id == practitioner_id, Account.disabled_at.is_(None)
        )
    )
    return HowOften(often) if often else HowOften.NEVER


def actor_of(account: Account) -> Actor:
    return Actor(
        kind=Kind.MEMBER,
        name=account.name,
        account_id=account.id,
        practitioner_id=account.practitioner_id,
        is_steward=account.is_steward,
    )


def find_community() -> Community | None:
    return db.session.scalars(select(Community).order_by(Community.created_at)).first()


def get_community() -> Community:
    """The community. Raises `NotFound` before the first set-up."""
    community = find_community()
    if community is None:
        raise NotFound
    return community


def has_accounts() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is not None


def find_account_by_email(email: str) -> Account | None:
    return db.session.scalars(select(Account).where(Account.email == email)).one_or_none()


def get_account(actor: Actor, account_id: UUID) -> Account:
    """Own account, or any for a steward. Raises `NotFound`."""
    account = find_account(actor, account_id)
    if account is None:
        raise NotFound
    return account


def find_account(actor: Actor, account_id: UUID) -> Account | None:
    """Own account, or any for a steward, if there is one."""
    conditions = within(actor, Permission.EDIT_OWN_ACCOUNT, Account) | within(
        actor, Permission.MANAGE_ACCOUNTS, Account
    )
    return db.session.scalars(
        select(Account).where(Account.id == account_id, conditions)
    ).one_or_none()


def list_accounts(actor: Actor, words: str = "", page: int = 1, size: int = 50) -> Page[Account]:
    """One page by name, of those whose name or e-mail holds each of the words. Two statements."""
    name, email = func.lower(Account.name), func.lower(Account.email)
    conditions = [
        within(actor, Permission.MANAGE_ACCOUNTS, Account),
        *(
            or_(*(column.like(like(word), escape="\\") for column in (name, email)))
            for word in words.lower().split()[:MOST_WORDS]
        ),
    ]
    total = db.session.scalar(select(func.count()).select_from(Account).where(*conditions)) or 0
    number = min(page, max(1, -(-total // size)))
    rows = db.session.scalars(
        select(Account)
        .where(*conditions)
        .order_by(name, Account.id)
        .offset((number - 1) * size)
        .limit(size)
    )
    return Page(rows.all(), number, size, total)


def list_sign_ins(actor: Actor) -> Sequence[SignIn]:
    """The actor's own sessions that still count, the latest seen first."""
    return db.session.scalars(
        select(SignIn)
        .where(
            within(actor, Permission.EDIT_OWN_ACCOUNT, SignIn),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > clock.now(),
        )
        .order_by(SignIn.last_seen_at.desc(), SignIn.id)
    ).all()


def get_sign_in(actor: Actor, sign_in_id: UUID) -> SignIn:
    found = db.session.scalars(
        select(SignIn).where(
            SignIn.id == sign_in_id, within(actor, Permission.EDIT_OWN_ACCOUNT, SignIn)
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def list_all_sign_ins_of(account_id: UUID) -> Sequence[SignIn]:
    """Every session of an account that has not ended, for ending them."""
    return db.session.scalars(
        select(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    ).all()


def find_setup_link(token_hash: str, *, to_use: bool = False) -> SetupLink | None:
    """The unused link of this token. `to_use` holds it, so that one of two at once finds it."""
    statement = select(SetupLink).where(
        SetupLink.token_hash == token_hash, SetupLink.used_at.is_(None)
    )
    return db.session.scalars(statement.with_for_update() if to_use else statement).one_or_none()


def count_failed_tries(key_hash: str, since: datetime) -> int:
    """How often a wrong password was tried for this key since then."""
    found = db.session.scalar(
        select(func.count())
        .select_from(FailedTry)
        .where(FailedTry.key_hash == key_hash, FailedTry.at > since)
    )
    return found or 0
