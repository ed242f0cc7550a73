"""What is known of the whole network: fresh, from an earlier time, or still being worked out."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careteam.access.actor import Actor
from careteam.features.network.knowing.claims import is_claimed
from careteam.features.network.knowing.queries import list_results
from careteam.kit import clock


class State(enum.Enum):
    FRESH = "fresh"
    OLDER = "older"
    WORKING = "working"
    """Being worked out for the first time; `percent` says how far."""
    WAITING = "waiting"
    """No worker has come to it yet."""
    FAILED = "failed"
    """It broke off before there was a first value; it is tried again."""
    REFUSED = "refused"
    """Not computed at this size."""


@dataclass(frozen=True, slots=True)
class Known:
    """`percent` is set while a worker is at it, also beside an older value.

    has_failed: the last attempt broke off, whatever is kept from before.
    """

    state: State
    value: dict[str, Any] | None = None
    computed_at: datetime | None = None
    percent: int | None = None
    has_failed: bool = False


def known(actor: Actor, kind: str) -> Known:
    """What is kept of one figure. One statement."""
    return known_of(actor, [kind])[kind]


def known_of(actor: Actor, kinds: Collection[str]) -> dict[str, Known]:
    """What is kept of each of these figures. One statement."""
    found = {row.kind: _known(row, version) for version, row in list_results(actor, kinds)}
    return {kind: found.get(kind, Known(State.WAITING)) for kind in kinds}


def _known(row: Any, version: int) -> Known:
    percent = row.percent if is_claimed(row.working_since, clock.now()) else None
    if row.is_refused:
        return Known(State.REFUSED, computed_at=row.computed_at, percent=percent)
    has_failed = row.failed_at is not None
    if row.value is None:
        waiting = State.FAILED if has_failed else State.WAITING
        state = waiting if percent is None else State.WORKING
        return Known(state, percent=percent, has_failed=has_failed)
    state = State.FRESH if row.version == version else State.OLDER
    return Known(state, row.value, row.computed_at, percent, has_failed)
