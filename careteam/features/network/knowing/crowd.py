"""Everybody and the ties that all may see, gathered by the worker for pages of large communities.

Kept by the web processes as well: what they hold is the same for every member, and what one alone
may see, or what somebody has begun to keep private since, is laid over it for each page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.network.crowd import Crowd, crowd_of, packed, unpacked
from careteam.domain.network.periods import HalfYear, Period
from careteam.domain.network.snapshot import Snapshot
from careteam.features.network import queries as network
from careteam.features.network.knowing import queries
from careteam.features.network.knowing.claims import is_claimed
from careteam.kit import clock
from careteam.kit.db import db, reading

KIND = "crowd"
LARGE = 5_000
"""With more people than this in the directory, pages show a part of the community."""
HALF_YEARS = 20
"""So many are kept, back from today; an earlier one has nothing of others to tell."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """`crowd` is None before the first; `percent` is set while a worker is at it, `has_failed`
    where the last attempt broke off.

    is_fresh: nothing has changed since, so that reading it anew would give the same.
    """

    crowd: Crowd | None = None
    at: datetime | None = None
    is_fresh: bool = False
    percent: int | None = None
    has_failed: bool = False


_held: dict[tuple[Any, ...], Crowd] = {}


def is_large(actor: Actor) -> bool:
    """One statement that counts no further than it has to."""
    return network.count_people(actor, LARGE + 1) > LARGE


def gathered(actor: Actor) -> Gathered:
    """One statement, and one more where this process holds an older one."""
    signs = next(iter(queries.list_signs(actor, [KIND])), None)
    if signs is None:
        return Gathered()
    percent = signs.percent if is_claimed(signs.working_since, clock.now()) else None
    if signs.version is None:
        return Gathered(percent=percent, has_failed=signs.failed_at is not None)
    # The time that it took is no other's: two databases may have a version and an instant alike.
    key = (signs.version, signs.computed_at, signs.took_seconds)
    crowd = _held.get(key)
    if crowd is None:
        value = queries.value_before(KIND)
        if value is None:
            return Gathered(percent=percent)
        crowd = unpacked(value)
        _held.clear()
        _held[key] = crowd
    return Gathered(crowd, signs.computed_at, signs.version == signs.current, percent)


def gather(_network: Snapshot, _before: object, report: Any) -> dict[str, Any]:
    """Read by the worker; see `domain.network.crowd`."""
    now = HalfYear.of(clock.today())
    with reading():
        people = network.list_everybody()
        ties = network.list_ties_of_everybody()
        report(40)
        halves = Period.between(now.moved(1 - HALF_YEARS), now)
        by_half = network.list_ties_of_everybody(halves)
        db.session.rollback()
    return packed(crowd_of(people, ties, by_half))
