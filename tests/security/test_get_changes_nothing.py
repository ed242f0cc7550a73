"""Looking changes nothing: the whole database is the same before and after, but for who looked."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, select

from careteam.kit.db import Base, db
from tests.security.grounds import EVERYBODY, OUT_OF_REACH, Ground
from tests.security.test_read_log import rows_of

LOOKS = {"access_reads"}
BOOKKEEPING = {("sign_ins", "last_seen_at")}
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


@pytest.mark.parametrize("name", EVERYBODY)
def test_looking_changes_nothing(ground: Ground, name: str) -> None:
    browser, before = ground.browsers[name], everything()
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            written.append(statement.split("(")[0].strip())

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for rule in ground.rules("GET"):
            for whose in ("hazel", "linden", "missing") if rule.arguments else ("hazel",):
                browser.get(ground.path(rule, whose))
            browser.head(ground.path(rule, "hazel"))
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert set(written) <= {"INSERT INTO access_reads"}
    assert name not in OUT_OF_REACH or not rows_of(ground.world)
    after = everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
