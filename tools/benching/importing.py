"""Lists of three lengths imported into the directory, looked through for duplicates, taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from careteam.access.actor import Actor
from careteam.domain.importing.twins import likely_twins
from careteam.features.accounts.queries import actor_of, find_account_by_email
from careteam.features.demo.operations import MAIN_EMAIL
from careteam.features.directory.queries import list_known
from careteam.features.imports.contents import Brought, judged
from careteam.features.imports.operations import bring_table, confirm_import
from careteam.features.imports.undoing import undo_practitioners
from careteam.kit.db import db
from careteam.kit.tables import csv_of, read_file
from tools.benching.watch import COUNTED

LENGTHS = (2_500, 5_000, 10_000)
TWICE = 10
"""One row in so many is a person of an earlier row, with another telephone and no town."""
AIM, SEARCH_AIM = 60.0, 5.0
"""Seconds of the processor for the longest list: to import it, to find who is there twice."""
LINEAR = 1.5
"""A row of the longest list may cost so many times what one of the shortest does."""
TRADES = ("physio", "dietitian", "counsellor", "osteopath", "massage therapist", "acupuncture")
TOWNS = ("York", "Bath", "Bristol", "Leeds", "Oxford")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the processor for each step, and statements of writing and taking back."""

    rows: int
    read: float
    looked_at: float
    written: float
    searched: float
    taken_back: float
    statements: tuple[int, int]
    pairs: int

    @property
    def imported(self) -> float:
        return self.read + self.looked_at + self.written


def list_of(rows: int) -> bytes:
    """A spreadsheet as people keep them; all made up."""
    columns = ("Name", "Discipline", "Practice", "Town", "Telephone", "E-mail", "Fee", "Notes")
    return csv_of(columns, (dict(zip(columns, _row(at), strict=True)) for at in range(rows)))


def _row(at: int) -> tuple[str, ...]:
    who = at - 1 if at % TWICE == TWICE - 1 else at
    return (
        f"Ida{who % 97} Example{who // 97}",
        TRADES[who % len(TRADES)],
        f"Rooms {at % 700}",
        TOWNS[at % len(TOWNS)] if who == at else "",
        f"0117 4{at:05d}",
        f"person{at}@example.org",
        "45-60",
        "Mornings",
    )


def cost(rows: int) -> Cost:
    """Bring, look at, write, search and take back, in the current application's database."""
    account = find_account_by_email(MAIN_EMAIL)
    assert account is not None
    actor: Actor = actor_of(account)
    data = list_of(rows)
    read, draft, _ = _step(lambda: bring_table(actor=actor, table=read_file(data), source="list"))
    brought = Brought.from_json(draft.content)
    looked_at, _, _ = _step(lambda: judged(brought, list_known(actor)))
    written, _, writing = _step(lambda: confirm_import(actor=actor, draft=draft))
    searched, pairs, _ = _step(lambda: likely_twins(list_known(actor)))
    back, _, taking = _step(lambda: undo_practitioners(actor=actor, draft=draft))
    return Cost(rows, read, looked_at, written, searched, back, (writing, taking), len(pairs))


def _step(run: Callable[[], Any]) -> tuple[float, Any, int]:
    seen = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip(" (").upper().startswith(COUNTED):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        started = time.process_time()
        answer = run()
        db.session.commit()
        return time.process_time() - started, answer, len(seen)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def lines(costs: Sequence[Cost]) -> Iterator[str]:
    names = ("read", "preview", "written", "in all", "ratio", "search", "ratio", "undo", "SQL")
    yield f"{'imported rows':<16}" + "".join(f"{name:>9}" for name in names)
    for each in costs:
        times = (each.read, each.looked_at, each.written, each.imported)
        rest = (each.searched, _ratio(costs[0], each, "searched"), each.taken_back)
        yield (
            f"{each.rows:<16,}"
            + "".join(f"{seconds:>9.2f}" for seconds in times)
            + f"{_ratio(costs[0], each, 'imported'):>9.2f}"
            + "".join(f"{figure:>9.2f}" for figure in rest)
            + f"{'/'.join(map(str, each.statements)):>9}"
        )


def _ratio(first: Cost, other: Cost, figure: str) -> float:
    """How much dearer one row is than in the shortest list; 1 is linear."""
    dearer: float = getattr(other, figure) / getattr(first, figure)
    return dearer * first.rows / other.rows


def verdicts(costs: Sequence[Cost]) -> Iterator[tuple[bool, str]]:
    last = costs[-1]
    for words, seconds, aim in (
        (f"{last.rows:,} rows imported", last.imported, AIM),
        (f"duplicates found in {last.rows:,} entries", last.searched, SEARCH_AIM),
    ):
        yield seconds < aim, f"{words} within {aim:.0f} seconds of the processor: {seconds:.1f}"
    found = {name: _ratio(costs[0], last, name) for name in ("imported", "taken_back")}
    words = ", ".join(f"{name.replace('_', ' ')} {ratio:.2f}" for name, ratio in found.items())
    is_met = all(ratio <= LINEAR for ratio in found.values())
    yield is_met, f"an import grows with its rows, a row at most {LINEAR} times as dear: {words}"
