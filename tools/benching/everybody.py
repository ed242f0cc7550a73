"""How everybody answers, worked out in one pass over all referrals: seconds and statements."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from sqlalchemy import event

from careteam.access.actor import Actor, Kind
from careteam.features.responsiveness.figures import measure_everybody
from careteam.kit.db import db
from tools.benching.watch import COUNTED

TIMES = 5
AIM = 2.0
"""Seconds for 100,000 referrals to 10,000 practitioners, reading them included."""


@dataclass(frozen=True, slots=True)
class Pass:
    """`seconds` is the median of several passes, `shown` of how many something is said."""

    seconds: float
    statements: int
    shown: int


def pass_over_all() -> Pass:
    """Work it out for every practitioner of the current application's database."""
    member, seen = Actor(Kind.MEMBER), list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip(" (").upper().startswith(COUNTED):
            seen.append(statement)

    everybody = measure_everybody(member)
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        taken = []
        for _ in range(TIMES):
            seen.clear()
            started = time.perf_counter()
            everybody = measure_everybody(member)
            taken.append(time.perf_counter() - started)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.remove()
    said = everybody.figures.rates["answers"].share
    return Pass(statistics.median(taken), len(seen), int((said == said).sum()))
