"""Whatever address is asked for by whomever: an answer, no fault, no secret, and nothing changed.

The whole database is the same before and after, but for who looked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from werkzeug.routing import Rule

from careteam.kit.db import Base, db
from tests.security import hostile
from tests.security.asking import hidden, no_markup, no_secret, odd_queries
from tests.security.grounds import EVERYBODY, OUT_OF_REACH, Findings, Ground
from tests.security.test_read_log import rows_of

LOOKS = {"access_reads"}
BOOKKEEPING = {("sign_ins", "last_seen_at")}
MEANT_FOR = {("rowan", "/clients/hand-overs/<uuid:hand_over_id>")}
"""What is put before somebody out of reach, to say yes or no to; it names no client."""
LEADS = ("wren", "rowan")
"""Of Hazel and of Linden. Whoever else asks for another record, or none, meets the same lines."""
EVERY_FEW = 4
"""Pages asked for without their body too: one place decides for all of them what only reads."""
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


def everything() -> dict[str, list[Any]]:
    """Every value of every row, but the log of looks and when a session was last seen."""
    found: dict[str, list[Any]] = {}
    with db.engine.connect() as connection:
        for name, table in Base.metadata.tables.items():
            columns = [each for each in table.c if (name, each.name) not in BOOKKEEPING]
            if name not in LOOKS:
                rows = connection.execute(select(*columns)).all()
                found[name] = sorted(map(repr, rows))
    return found


@contextmanager
def nothing_changed() -> Iterator[None]:
    before = everything()
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            written.append(statement.split("(")[0].strip())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert set(written) <= {"INSERT INTO access_reads"}
    after = everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


@pytest.fixture(autouse=True)
def _quiet(ground: Ground) -> Iterator[None]:
    ground.app.logger.disabled = True
    try:
        yield
    finally:
        ground.app.logger.disabled = False


@pytest.mark.parametrize("name", EVERYBODY)
def test_no_address_fails_tells_or_changes(ground: Ground, findings: Findings, name: str) -> None:
    queries = odd_queries()
    with nothing_changed():
        for at, rule in enumerate(ground.rules("GET")):
            odd = queries[(at + hostile.OF_THIS_DATABASE) % len(queries)]
            ask(ground, findings, name, rule, "hazel", "", odd)
            for whose in ("linden", "missing") if rule.arguments and name in LEADS else ():
                ask(ground, findings, name, rule, whose, "")
            if name == "wren" and at % EVERY_FEW == 0:
                ground.browsers[name].head(ground.path(rule, "hazel"))
    findings.tell()
    assert name not in OUT_OF_REACH or not rows_of(ground.world)


def ask(
    ground: Ground, findings: Findings, name: str, rule: Rule, whose: str, *queries: str
) -> None:
    path, browser = ground.path(rule, whose), ground.browsers[name]
    for query in queries:
        what = f"{name} GET {rule.rule} ({whose}) ?{query[:60]}"
        answer = findings.ask(what, lambda q=query: browser.get(f"{path}?{q}"))  # type: ignore[misc]
        no_markup(findings, what, answer)
        if name in OUT_OF_REACH:
            no_secret(findings, what, answer)
            if (name, rule.rule) not in MEANT_FOR:
                hidden(ground, findings, rule, whose, what, answer)
