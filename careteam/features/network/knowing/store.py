"""What is known of the whole network: fresh, from an earlier time, or still being worked out."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careteam.access.actor import Actor
from careteam.features.network.knowing.claims import is_claimed
from careteam.features.network.knowing.queries import list_signs, values_of
from careteam.kit import clock

_held: dict[tuple[Any, ...], dict[str, Any] | None] = {}
"""The newest value of each kind that this process has read. Nobody changes what they are given."""


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
    """What is kept of one figure, as `known_of`."""
    return known_of(actor, [kind])[kind]


def known_of(actor: Actor, kinds: Collection[str]) -> dict[str, Known]:
    """What is kept of each of these figures. One statement, and one more where this process holds
    older ones: of a large community a figure is megabytes of text, and the same for every member.
    """
    signs = {row.kind: row for row in list_signs(actor, kinds)}
    new = {kind for kind, row in signs.items() if row.computed_at and _key(row) not in _held}
    for kind, value in (values_of(actor, new) if new else {}).items():
        for key in [key for key in _held if key[0] == kind]:
            del _held[key]
        _held[_key(signs[kind])] = value
    found = {kind: _known(row, _held.get(_key(row))) for kind, row in signs.items()}
    return {kind: found.get(kind, Known(State.WAITING)) for kind in kinds}


def _key(row: Any) -> tuple[Any, ...]:
    """The time that it took is no other's: two databases may have all else alike."""
    return (row.kind, row.version, row.computed_at, row.took_seconds)


def _known(row: Any, value: dict[str, Any] | None) -> Known:
    percent = row.percent if is_claimed(row.working_since, clock.now()) else None
    if row.is_refused:
        return Known(State.REFUSED, computed_at=row.computed_at, percent=percent)
    has_failed = row.failed_at is not None
    if value is None:
        waiting = State.FAILED if has_failed else State.WAITING
        state = waiting if percent is None else State.WORKING
        return Known(state, percent=percent, has_failed=has_failed)
    state = State.FRESH if row.version == row.current else State.OLDER
    return Known(state, value, row.computed_at, percent, has_failed)
