"""Whether there is anything yet, and who belongs to the sample."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.kit.db import db


def is_empty() -> bool:
    """Whether nobody has an account, an entry or a record here."""
    return all(
        db.session.scalar(select(model.id).limit(1)) is None
        for model in (Account, Practitioner, Client)
    )


def has_sample() -> bool:
    """Whether any account or entry of the sample is still here."""
    return any(
        db.session.scalar(select(model.id).where(model.is_sample).limit(1)) is not None
        for model in (Account, Practitioner)
    )


def sample_accounts() -> Sequence[Account]:
    return db.session.scalars(
        select(Account).where(Account.is_sample).order_by(Account.email)
    ).all()


def sample_practitioner_ids(*, without: Collection[UUID]) -> list[UUID]:
    return list(
        db.session.scalars(
            select(Practitioner.id).where(Practitioner.is_sample, Practitioner.id.not_in(without))
        )
    )


def claimed_ids(practitioner_ids: Collection[UUID]) -> set[UUID | None]:
    """Those of the entries that belong to an account."""
    return set(
        db.session.scalars(
            select(Account.practitioner_id).where(Account.practitioner_id.in_(practitioner_ids))
        )
    )


def own_entry(actor: Actor) -> Practitioner | None:
    """The actor's own entry, whole."""
    return db.session.scalars(
        select(Practitioner)
        .where(Practitioner.id == actor.practitioner_id)
        .options(
            selectinload(Practitioner.disciplines),
            selectinload(Practitioner.workplaces),
            selectinload(Practitioner.languages),
        )
    ).one_or_none()
