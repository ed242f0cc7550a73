"""What of the sample goes and what stays, found out before anything is touched.

A row goes when it is marked as sample or belongs to a sample client. A made-up practitioner stays
when a row that stays points at them: somebody typed something real about or with that entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, union

from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.demo.small_things import URGENT
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.plans.mailed_queries import mailed_about
from careteam.features.referrals.models import NamesGiven, Referral
from careteam.kit.db import Base, db

GOES_ALONG = frozenset(
    {
        "remembered_ties",
        "interests",
        "trust_words",
        "calls",
        "standing_members",
        "touches",
        "tendings",
    }
)
"""Nothing but a word about somebody: it goes with the made-up person it is about."""


def sample_clients() -> Select[Any]:
    return select(Client.id).where(Client.is_sample)


def going_referrals() -> Select[Any]:
    """Sample referrals, and those typed since that are about a sample client."""
    return select(Referral.id).where(
        or_(Referral.is_sample, Referral.client_id.in_(sample_clients()))
    )


def going_names() -> Select[Any]:
    return select(NamesGiven.id).where(NamesGiven.is_sample)


def going_matters() -> Select[Any]:
    """What mails can be about and goes: sample referrals with their links, and of sample clients
    all there is.
    """
    going = going_referrals()
    links = select(Link.id).where(Link.referral_id.in_(going))
    return going.union_all(links, mailed_about(sample_clients())).subquery().select()


def staying_accounts(own_id: UUID | None) -> Sequence[Account]:
    """Sample accounts that become real: one's own, and those that keep a client typed since."""
    leads = select(Client.lead_id).where(~Client.is_sample)
    return db.session.scalars(
        select(Account)
        .where(Account.is_sample, or_(Account.id == own_id, Account.practitioner_id.in_(leads)))
        .order_by(Account.name, Account.id)
    ).all()


def staying_practitioners(accounts: Collection[UUID]) -> Sequence[Practitioner]:
    """Made-up entries that a staying row points at, by name. `accounts` are those that stay."""
    pointed_at = union(*_pointers(accounts))
    return db.session.scalars(
        select(Practitioner)
        .where(Practitioner.is_sample, Practitioner.id.in_(select(pointed_at.subquery().c[0])))
        .order_by(func.lower(Practitioner.name), Practitioner.id)
    ).all()


def _pointers(accounts: Collection[UUID]) -> Iterator[Select[Any]]:
    """For every column that names a practitioner, those named by rows that stay."""
    for table in Base.metadata.sorted_tables:
        if table.name in GOES_ALONG or table.name == Practitioner.__tablename__:
            continue
        for key in table.foreign_keys:
            belongs = key.ondelete == "CASCADE"
            if key.column.table.name == Practitioner.__tablename__ and not belongs:
                yield select(key.parent).where(key.parent.is_not(None), *_stays(table, accounts))


def _stays(table: Table, accounts: Collection[UUID]) -> Iterator[ColumnElement[bool]]:
    columns = table.columns
    if table.name == Account.__tablename__:
        yield or_(~columns.is_sample, columns.id.in_(accounts))
    elif "is_sample" in columns:
        yield ~columns.is_sample
    if "client_id" in columns:
        yield or_(columns.client_id.is_(None), columns.client_id.not_in(sample_clients()))
    if "referral_id" in columns:
        yield columns.referral_id.not_in(going_referrals())
    if "names_given_id" in columns:
        yield columns.names_given_id.not_in(going_names())
    if table.name == "urgent_matters":
        yield columns.id != URGENT


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each, `typed_*` being what was typed since and stays."""

    practitioners: int
    clients: int
    referrals: int
    typed_practitioners: int
    typed_clients: int
    typed_referrals: int


def counts() -> Counts:
    """One statement."""
    people = select(func.count()).select_from(Practitioner)
    clients = select(func.count()).select_from(Client)
    referrals = select(func.count()).select_from(Referral)
    going = Referral.id.in_(going_referrals())
    row = db.session.execute(
        select(
            people.where(Practitioner.is_sample).scalar_subquery(),
            clients.where(Client.is_sample).scalar_subquery(),
            referrals.where(going).scalar_subquery(),
            people.where(~Practitioner.is_sample).scalar_subquery(),
            clients.where(~Client.is_sample).scalar_subquery(),
            referrals.where(~going).scalar_subquery(),
        )
    ).one()
    return Counts(*row)
