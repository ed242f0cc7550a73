"""What takes back the changes of each test on SQLite, on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2

from tests.support.logged import LoggedFile, leave_in_the_log


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.sqlite3"
    with closing(dbapi2.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (word TEXT)")
    return path


@pytest.fixture
def logged(file: Path) -> Iterator[LoggedFile]:
    with closing(LoggedFile(file)) as opened:
        yield opened


def connected(file: Path) -> Any:
    connection = dbapi2.connect(file, isolation_level=None)
    leave_in_the_log(connection)
    return connection


def write(connection: Any, word: str) -> None:
    connection.execute("INSERT INTO words VALUES (?)", [word])


def words(connection: Any) -> list[str]:
    return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]


def test_connections_that_stay_open_see_what_was_put_back(file: Path, logged: LoggedFile) -> None:
    empty = logged.keep()
    with closing(connected(file)) as one, closing(connected(file)) as other:
        write(one, "kept")
        kept = logged.keep()
        for _ in range(3):
            write(other, "gone")
            assert words(one) == ["gone", "kept"]
            logged.put_back(kept)
            assert words(one) == words(other) == ["kept"]
        logged.put_back(empty)
        assert words(one) == words(other) == []
        write(one, "new")
        logged.put_back(kept)
        assert words(one) == words(other) == ["kept"]
        assert one.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not logged.was_moved


def test_log_that_was_moved_into_the_file_is_noticed_and_undone(
    file: Path, logged: LoggedFile
) -> None:
    with closing(connected(file)) as connection:
        write(connection, "kept")
        kept = logged.keep()
        write(connection, "gone")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert logged.was_moved
    logged.begin_again()
    logged.put_back(kept)
    with closing(connected(file)) as connection:
        assert words(connection) == ["kept"]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not logged.was_moved


def test_connection_left_busy_keeps_the_file_it_has(file: Path, logged: LoggedFile) -> None:
    empty = logged.keep()
    with closing(connected(file)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        write(busy, "of another file")
        logged.begin_again()
        logged.put_back(empty)
        busy.execute("COMMIT")
        with closing(connected(file)) as connection:
            assert words(connection) == []
