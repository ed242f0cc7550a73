"""Copies of a database: whole under a writer, checked, never over something that is there."""

from __future__ import annotations

import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from careteam.kit.copying import CopyRefused, back_up, check_copy, put_back


def connect(path: Path):
    return closing(dbapi2.connect(str(path), isolation_level=None, timeout=10))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Accounts in pairs that always sum to nothing, so that a torn copy would show."""
    path = tmp_path / "source.sqlite3"
    with connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, amount INTEGER)")
        connection.execute("CREATE TABLE notes (of INTEGER REFERENCES entries (id))")
        connection.executemany("INSERT INTO entries (amount) VALUES (?)", [(5,), (-5,)] * 200)
    return path


def total(path: Path) -> tuple[int, int]:
    with connect(path) as connection:
        row = connection.execute("SELECT count(*), sum(amount) FROM entries").fetchone()
    return row[0], row[1]


def test_copy_has_every_row_and_is_its_owners_alone(source: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite3"

    assert back_up(source, copy) == {"entries": 400, "notes": 0}

    assert total(copy) == (400, 0)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_copy_under_a_running_writer_is_one_moment(source: Path, tmp_path: Path):
    stop, started = threading.Event(), threading.Event()

    def write() -> None:
        with connect(source) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO entries (amount) VALUES (7)")
                connection.execute("INSERT INTO entries (amount) VALUES (-7)")
                connection.execute("COMMIT")
                started.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert started.wait(10)
        for number in range(5):
            back_up(source, tmp_path / f"{number}.sqlite3")
    finally:
        stop.set()
        writer.join()

    found = [total(tmp_path / f"{number}.sqlite3") for number in range(5)]
    assert [amount for _, amount in found] == [0] * 5
    assert all(rows > 400 and rows % 2 == 0 for rows, _ in found)


def test_copy_overwrites_nothing(source: Path, tmp_path: Path):
    there = tmp_path / "there.txt"
    there.write_text("mine")

    with pytest.raises(CopyRefused, match="there already"):
        back_up(source, there)

    assert there.read_text() == "mine"


def test_failed_copy_leaves_nothing_behind(source: Path, tmp_path: Path):
    with connect(source) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("INSERT INTO notes VALUES (99999)")

    with pytest.raises(CopyRefused, match="1 rows that point at nothing"):
        back_up(source, tmp_path / "copy.sqlite3")

    assert not (tmp_path / "copy.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00"])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes):
    path = tmp_path / "other"
    path.write_bytes(content)

    with pytest.raises(CopyRefused):
        check_copy(path)


def test_damage_is_found(source: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite3"
    back_up(source, copy)
    whole = bytearray(copy.read_bytes())
    whole[4096:4200] = b"\x5a" * 104
    copy.write_bytes(whole)

    with pytest.raises(CopyRefused, match="damaged"):
        check_copy(copy)


def test_old_file_is_kept_beside_the_restored_one(source: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite3"
    back_up(source, copy)
    with connect(source) as connection:
        connection.execute("DELETE FROM entries WHERE amount > 0")

    kept = put_back(copy, source, "20260304-093000")

    assert kept == tmp_path / "source.sqlite3.before-restore-20260304-093000"
    assert total(source) == (400, 0)
    assert total(kept) == (200, -1000)


def test_database_somebody_has_open_is_left_alone(source: Path, tmp_path: Path):
    copy = tmp_path / "copy.sqlite3"
    back_up(source, copy)

    with connect(source) as other:
        other.execute("SELECT count(*) FROM entries").fetchone()
        with pytest.raises(CopyRefused, match="Stop Careteam first"):
            put_back(copy, source, "20260304-093000")

    assert sorted(path.name for path in tmp_path.iterdir() if "restore" in path.name) == []
    assert not list(tmp_path.glob("*.coming-*"))
