"""Whose entry nobody has confirmed for a year, and who may be asked by mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from careteam.domain.confirming import ASK_AFTER
from careteam.features.accounts.models import Account
from careteam.features.accounts.queries import find_community
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.relationships.models import YearlyMail
from careteam.kit import clock
from careteam.kit.db import db


def list_to_ask(most: int) -> Sequence[Any]:
    """(entry, address of its account or None), those entered first. For the job.

    Without an account only who was written to before: they know that they are in the directory,
    and nobody hears of it first by a mail that no person sent.
    """
    account = and_(Account.practitioner_id == Practitioner.id, Account.disabled_at.is_(None))
    written_to = exists().where(
        Link.practitioner_id == Practitioner.id,
        Link.kind == "entry",
        Link.revoked_at.is_(None),
        func.lower(Link.email) == func.lower(Practitioner.email),
    )
    return db.session.execute(
        select(Practitioner, Account.email)
        .outerjoin(Account, account)
        .outerjoin(YearlyMail, YearlyMail.practitioner_id == Practitioner.id)
        .where(
            Practitioner.retired_at.is_(None),
            Practitioner.is_sample.is_(False),
            *_unconfirmed_for_a_year(),
            YearlyMail.stopped_at.is_(None),
            or_(YearlyMail.asked_at.is_(None), YearlyMail.asked_at <= clock.now() - ASK_AFTER),
            or_(Account.id.is_not(None), and_(Practitioner.claimed_at.is_(None), written_to)),
        )
        .order_by(Practitioner.created_at, Practitioner.id)
        .limit(most)
    ).all()


def _unconfirmed_for_a_year() -> tuple[ColumnElement[bool], ...]:
    latest = clock.today() - ASK_AFTER
    said = (Practitioner.verified_on, Practitioner.accepting_said_on)
    return (
        Practitioner.created_at <= clock.now() - ASK_AFTER,
        *(or_(day.is_(None), day <= latest) for day in said),
    )


def find_yearly_mail(practitioner_id: UUID) -> YearlyMail | None:
    return db.session.get(YearlyMail, practitioner_id)


def leaves_yearly() -> bool:
    """Whether the community sends the yearly mail at all."""
    community = find_community()
    return community is not None and community.yearly_mail_stopped_at is None


def is_asked_yearly(practitioner_id: UUID) -> bool | None:
    """For whoever may say something of the entry; None where the community asks nobody."""
    if not leaves_yearly():
        return None
    row = find_yearly_mail(practitioner_id)
    return row is None or row.stopped_at is None
