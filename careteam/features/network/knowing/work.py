"""Working out what has changed. Nothing is held while it is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from time import perf_counter

from careteam.domain.network.snapshot import Snapshot, snapshot_of
from careteam.features.network.knowing import queries
from careteam.features.network.knowing.claims import claim, is_claimed, keep, let_go, report
from careteam.features.network.knowing.kinds import KINDS, Kind
from careteam.kit import clock
from careteam.kit.db import db, reading

RESTS = 20
"""A figure is left alone for so many times as long as it took."""
AGAIN = timedelta(minutes=15)
"""One that broke off is left alone for so long."""


def work_out(stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Work out each figure whose network has changed since; one worker at each.

    One that raises is noted as failed and tried again later; the others are worked out all the
    same, and then it is raised for the log.
    """
    due = _due(KINDS)
    if not due:
        return None
    version, network = _read()
    done, faults = 0, []
    for kind in due:
        if stopping():
            break
        if not claim(kind.name):
            continue
        try:
            _work_out_one(kind, version, network)
            done += 1
        except Exception as fault:
            let_go(kind.name)
            fault.add_note(f"working out {kind.name} of the network")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("figures of the network", faults)
    return f"Figures of the network worked out: {done}." if done else None


def _due(kinds: Sequence[Kind]) -> list[Kind]:
    with reading():
        version = queries.current_version()
        rows = {row.kind: row for row in queries.list_for_work()}
        db.session.rollback()
    now = clock.now()

    def is_due(kind: Kind) -> bool:
        row = rows.get(kind.name)
        if row is None:
            return version > 0
        rest = timedelta(seconds=RESTS * row.took_seconds)
        has_rested = row.computed_at is None or row.computed_at + rest <= now
        has_rested &= row.failed_at is None or row.failed_at + AGAIN <= now
        return row.version != version and has_rested and not is_claimed(row.working_since, now)

    return [kind for kind in kinds if is_due(kind)]


def _read() -> tuple[int, Snapshot]:
    """The version and its ties, of one moment."""
    with reading():
        version = queries.current_version()
        network = snapshot_of(queries.list_counted_ties())
        db.session.rollback()
    return version, network


def _work_out_one(kind: Kind, version: int, network: Snapshot) -> None:
    with reading():
        before = queries.value_before(kind.name)
        db.session.rollback()
    began = perf_counter()
    value = kind.work_out(network, before, partial(report, kind.name))
    keep(kind.name, version, value, perf_counter() - began)
