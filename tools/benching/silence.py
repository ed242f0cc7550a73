"""The silence policy over all referrals: planned anew, looked at in vain, and steps taken."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, event, update

from careteam.features.referrals.chasing.working import plan_missing, run_policy
from careteam.features.referrals.models import Chase
from careteam.kit import clock
from careteam.kit.db import db
from tools.benching.watch import COUNTED

SECONDS = 10.0
"""How long steps are taken at most."""


@dataclass(frozen=True, slots=True)
class Silence:
    """`planned` referrals with `planning` statements in `plan_seconds`; `taken` steps with
    `taking` statements in `take_seconds`; an idle round costs `idle` statements.

    A statement that is handed over once and run for many rows counts once; `rows` counts it as
    often as it was run.
    """

    planned: int
    planning: int
    plan_seconds: float
    taken: int
    taking: int
    rows: int
    take_seconds: float
    idle: int


def policy_over_all() -> Silence:
    """Plan every waiting referral of the current application's database, then see to the due."""
    db.session.execute(delete(Chase))
    db.session.commit()
    with _counting() as planning:
        started = time.perf_counter()
        planned = plan_missing()
        db.session.commit()
        plan_seconds = time.perf_counter() - started
    with _counting() as taking:
        started = time.perf_counter()
        done = run_policy(lambda: time.perf_counter() - started > SECONDS)
        take_seconds = time.perf_counter() - started
    db.session.execute(update(Chase).where(Chase.due_at <= clock.now()).values(due_at=None))
    db.session.commit()
    with _counting() as idle:
        run_policy()
    db.session.remove()
    taken = done.reminded + done.told + done.expired
    return Silence(
        planned=planned,
        planning=len(planning),
        plan_seconds=plan_seconds,
        taken=taken,
        taking=len(taking),
        rows=sum(taking),
        take_seconds=take_seconds,
        idle=len(idle),
    )


@contextmanager
def _counting() -> Iterator[list[int]]:
    """For each statement, for how many sets of values it was run."""
    seen: list[int] = []

    def note(
        _connection: object,
        _cursor: object,
        statement: str,
        values: Any,
        _context: object,
        is_many: bool,
    ) -> None:
        if statement.lstrip(" (").upper().startswith(COUNTED):
            # one statement with the values of many rows in it is handed over flat
            sets = is_many and all(isinstance(each, tuple | dict | list) for each in values)
            seen.append(len(values) if sets else 1)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def line(found: Silence) -> str:
    """What was found, for the terminal."""
    a_second = found.planned / max(found.plan_seconds, 1e-9)
    steps = found.taken / max(found.take_seconds, 1e-9)
    each, run = (number / max(found.taken, 1) for number in (found.taking, found.rows))
    return (
        f"silence policy: {found.planned:,} waiting planned, {a_second:,.0f} a second, "
        f"{found.planning} statements; {found.taken:,} steps taken, {steps:,.0f} a second, "
        f"{each:.2f} statements each, run {run:.1f} times; nothing due: {found.idle} statement"
    )
