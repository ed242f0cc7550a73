"""What waits for whom on a Monday: for all members at once, in two statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.stages import asks_receiver, asks_sender, is_over
from careteam.kit.db import db


def count_asked() -> Sequence[Any]:
    """(practitioner, number) of what was sent to members and asks them."""
    return db.session.execute(
        select(Referral.receiver_id, func.count())
        .join(Account, Account.practitioner_id == Referral.receiver_id)
        .where(*_wants_it(), ~is_over(), asks_receiver())
        .group_by(Referral.receiver_id)
        .order_by(Referral.receiver_id)
    ).all()


def list_own_waiting() -> Sequence[Any]:
    """(practitioner, status, client's name or None) of what members sent and have to see to.

    The name is given only of a client whose record they keep, for its initials.
    """
    own = (Client.id == Referral.client_id) & (Client.lead_id == Referral.sender_id)
    return db.session.execute(
        select(Referral.sender_id, Referral.status, Client.name)
        .join(Account, Account.practitioner_id == Referral.sender_id)
        .outerjoin(Client, own)
        .where(*_wants_it(), ~is_over(), asks_sender(), Referral.status != "draft")
        .order_by(Referral.sender_id, Referral.status_at, Referral.id)
    ).all()


def list_recipients(ids: Sequence[UUID]) -> Sequence[Any]:
    """(practitioner, e-mail, name) by name."""
    return db.session.execute(
        select(Account.practitioner_id, Account.email, Account.name)
        .where(Account.practitioner_id.in_(ids))
        .order_by(Account.name, Account.id)
    ).all()


def _wants_it() -> tuple[Any, ...]:
    return (
        Account.wants_monday_mail,
        Account.disabled_at.is_(None),
        Account.is_sample.is_(False),
        Referral.is_past.is_(False),
    )
