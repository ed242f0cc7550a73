"""What is kept of the whole network, and the ties that it is worked out from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.network.models import NetworkResult, NetworkVersion
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.queries import UNCOUNTED
from careteam.kit.db import db


def current_version() -> int:
    return db.session.scalar(select(NetworkVersion.number)) or 0


def mark_of_state() -> str:
    """Of what is committed; empty before anything was counted."""
    return db.session.scalar(select(NetworkVersion.mark)) or ""


def list_signs(actor: Actor, kinds: Collection[str]) -> Sequence[Any]:
    """All but the values: when what is kept was worked out, how far a newer one is, and `current`,
    the network's version. One statement."""
    version = func.coalesce(select(NetworkVersion.number).scalar_subquery(), 0)
    return db.session.execute(
        select(
            version.label("current"),
            NetworkResult.kind,
            NetworkResult.version,
            NetworkResult.computed_at,
            NetworkResult.is_refused,
            NetworkResult.took_seconds,
            NetworkResult.working_since,
            NetworkResult.percent,
            NetworkResult.failed_at,
        ).where(
            within(actor, Permission.READ_NETWORK, NetworkResult), NetworkResult.kind.in_(kinds)
        )
    ).all()


def values_of(actor: Actor, kinds: Collection[str]) -> dict[str, dict[str, Any] | None]:
    """What is kept, by kind."""
    rows = db.session.execute(
        select(NetworkResult.kind, NetworkResult.value).where(
            within(actor, Permission.READ_NETWORK, NetworkResult), NetworkResult.kind.in_(kinds)
        )
    )
    return {row.kind: row.value for row in rows}


def list_for_work() -> list[Any]:
    """What a worker has to know of each result: all but its value."""
    return list(
        db.session.execute(
            select(
                NetworkResult.kind,
                NetworkResult.version,
                NetworkResult.computed_at,
                NetworkResult.took_seconds,
                NetworkResult.working_since,
                NetworkResult.failed_at,
            )
        )
    )


def value_before(kind: str) -> dict[str, Any] | None:
    return db.session.scalar(select(NetworkResult.value).where(NetworkResult.kind == kind))


def list_counted_ties() -> Iterable[tuple[str, str, int, int]]:
    """Every counted tie, for the worker alone: of no page, and not narrowed to what one may see.

    Ties of entries taken out, and of those who keep theirs private, are not among them: nothing
    that is worked out of the whole network rests on what somebody keeps to themselves.
    """
    rows = db.session.execute(
        select(
            Referral.sender_id,
            Referral.receiver_id,
            func.count(),
            func.count(Referral.accepted_at),
        )
        .where(
            Referral.status.not_in(UNCOUNTED),
            _is_open(Referral.sender_id),
            _is_open(Referral.receiver_id),
        )
        .group_by(Referral.sender_id, Referral.receiver_id)
    )
    return ((str(one), str(other), given, accepted) for one, other, given, accepted in rows)


def _is_open(end: Any) -> ColumnElement[bool]:
    private = select(Account.practitioner_id).where(
        Account.keeps_ties_private.is_(True), Account.practitioner_id.is_not(None)
    )
    retired = select(Practitioner.id).where(Practitioner.retired_at.is_not(None))
    return and_(end.not_in(private), end.not_in(retired))
