"""What the page of a practitioner says of answering, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.network.ties import Band, band_of
from careteam.domain.responsiveness import Responsiveness
from careteam.features.directory.models import Practitioner
from careteam.features.responsiveness import queries
from careteam.features.responsiveness.figures import measure_one
from careteam.kit import clock


@dataclass(frozen=True, slots=True)
class Direction:
    """One side of the ledger. `count` is without those `withdrawn`, as everywhere. `waiting`: sent
    and not decided yet. `last_on`: the newest, withdrawn or not."""

    count: int = 0
    withdrawn: int = 0
    accepted: int = 0
    closed: int = 0
    waiting: int = 0
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The actor's own referrals with one practitioner; with everybody on her own page."""

    sent: Direction = Direction()
    received: Direction = Direction()

    @property
    def is_empty(self) -> bool:
        return self == Ledger()


@dataclass(frozen=True, slots=True)
class Part:
    """`figures` None: not for this reader (`is_withheld`). `others`: how many others sent, as a
    band, None below five or where it may not be said. `is_own`: the reader reads of herself."""

    ledger: Ledger
    figures: Responsiveness | None
    others: Band | None
    is_own: bool
    is_shared: bool

    @property
    def is_withheld(self) -> bool:
        return self.figures is None


def part_of(actor: Actor, practitioner: Practitioner) -> Part:
    """The ledger, and the figures where the reader may have them.

    Figures of a claimed entry are for every member, unless its account keeps its ties private.
    Those of any other entry are for whoever sent to it. Everybody reads their own.
    """
    is_own = practitioner.id == actor.practitioner_id
    private = queries.keeps_ties_private(actor, practitioner.id)
    is_shared = practitioner.claimed_at is not None and not private
    may_read = is_own or is_shared or queries.has_sent_to(actor, practitioner.id)
    return Part(
        ledger=ledger_of(actor, practitioner),
        figures=measure_one(actor, practitioner) if may_read else None,
        others=_others(actor, practitioner) if may_read and not (is_own or private) else None,
        is_own=is_own,
        is_shared=is_shared,
    )


def ledger_of(actor: Actor, practitioner: Practitioner) -> Ledger:
    """Sent and received, accepted, closed, waiting now and last, by one statement."""
    if actor.practitioner_id is None:
        return Ledger()
    rows = queries.list_ledger_rows(actor, practitioner.id)
    return Ledger(**{row.direction: _direction(row) for row in rows})


def _direction(row: Any) -> Direction:
    left_on = clock.day_of(row.last_left_at) if row.last_left_at else None
    return Direction(
        count=row.count - row.withdrawn,
        withdrawn=row.withdrawn,
        accepted=row.accepted,
        closed=row.closed,
        waiting=row.waiting,
        last_on=max((day for day in (left_on, row.last_past_on) if day), default=None),
    )


def _others(actor: Actor, practitioner: Practitioner) -> Band | None:
    return band_of(queries.count_from_others(actor, practitioner.id))
