"""Who is at a figure: one worker at a time, each step in a short transaction of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from careteam.features.network.models import NetworkResult
from careteam.kit import clock
from careteam.kit.db import own_transaction

LASTS = timedelta(minutes=15)
"""After so long without a word a worker is taken for gone. Each report says it anew."""


def is_claimed(working_since: datetime | None, now: datetime) -> bool:
    return working_since is not None and now < working_since + LASTS


def claim(kind: str) -> bool:
    """Take it in hand, unless somebody has."""
    now = clock.now()
    with own_transaction() as connection:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = dialect.insert(NetworkResult).values(
            kind=kind, is_refused=False, took_seconds=0.0, percent=0
        )
        connection.execute(row.on_conflict_do_nothing())
        is_free = or_(
            NetworkResult.working_since.is_(None), NetworkResult.working_since <= now - LASTS
        )
        taken = connection.execute(
            update(NetworkResult)
            .where(NetworkResult.kind == kind, is_free)
            .values(working_since=now, percent=0)
        )
        return bool(taken.rowcount)


def report(kind: str, percent: int) -> None:
    """Say how far it is."""
    _write(kind, working_since=clock.now(), percent=percent)


def keep(kind: str, version: int, value: dict[str, Any] | None, took_seconds: float) -> None:
    """Keep what was found, None for what is not computed at this size, and let go of it."""
    _write(
        kind,
        version=version,
        value=value,
        is_refused=value is None,
        computed_at=clock.now(),
        took_seconds=took_seconds,
        working_since=None,
        percent=0,
        failed_at=None,
    )


def let_go(kind: str) -> None:
    """Note that it broke off. What was kept before stays."""
    _write(kind, working_since=None, percent=0, failed_at=clock.now())


def _write(kind: str, **values: Any) -> None:
    with own_transaction() as connection:
        connection.execute(update(NetworkResult).where(NetworkResult.kind == kind).values(values))
