"""Copies of a SQLite database: whole and consistent while people write, checked before use.

`VACUUM INTO` reads one snapshot. Copying the file of a running database by hand gives a damaged or
an old one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

HEADER = b"SQLite format 3\x00"
SIDE_FILES = ("-wal", "-shm")


class CopyRefused(Exception):
    """The copy was not made, or is not to be trusted; the message says why."""


def back_up(source: Path, target: Path) -> Mapping[str, int]:
    """Copy `source` into the new file `target`, readable by its owner only.

    Returns the rows of each table in the copy. Raises `CopyRefused` where the target is there, or
    where the copy does not pass its checks; nothing is left of a copy that failed.
    """
    _make_new(target)
    try:
        with _opened(source) as connection:
            before, version = _counts(connection), _version(connection)
            connection.execute("VACUUM INTO ?", (str(target),))
            is_quiet = _version(connection) == version
        copied = check_copy(target)
        _compare(before, copied, is_quiet=is_quiet)
        _to_disk(target)
    except (CopyRefused, dbapi2.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise error if isinstance(error, CopyRefused) else CopyRefused(str(error)) from error
    return copied


def _make_new(target: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CopyRefused(f"{target} is there already; a backup overwrites nothing.") from None
    except OSError as error:
        raise CopyRefused(f"{target} cannot be written: {error.strerror}.") from error


def _compare(before: Mapping[str, int], copied: Mapping[str, int], *, is_quiet: bool) -> None:
    """Where nobody wrote meanwhile the copy has as many rows; else at least the same tables."""
    if set(before) != set(copied):
        raise CopyRefused("The copy has other tables than the database.")
    if is_quiet and before != copied:
        raise CopyRefused("The copy has other rows than the database.")


def check_copy(path: Path) -> Mapping[str, int]:
    """The rows of each table. Raises `CopyRefused` unless the file is a sound database."""
    try:
        with path.open("rb") as file:
            head = file.read(len(HEADER))
    except OSError as error:
        raise CopyRefused(f"{path} cannot be read: {error.strerror}.") from error
    if head != HEADER:
        raise CopyRefused(f"{path} is not a backup of a SQLite database.")
    try:
        with _opened(path) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
            counts = _counts(connection)
    except dbapi2.Error as error:
        raise CopyRefused(f"{path} is damaged: {error}.") from error
    if found != ["ok"]:
        raise CopyRefused(f"{path} is damaged: {found[0]}.")
    if dangling:
        raise CopyRefused(f"{path} has {len(dangling)} rows that point at nothing.")
    return counts


def put_back(copy: Path, target: Path, stamp: str) -> Path | None:
    """Put a checked copy in the place of `target`; the old file is kept beside it.

    Returns where the old file is now, named with `stamp`. Raises `CopyRefused` while somebody has
    the database open.
    """
    part = target.with_name(f"{target.name}.coming-{stamp}")
    back_up(copy, part)
    try:
        kept = _set_aside(target, stamp)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    _to_disk(target)
    return kept


def _set_aside(target: Path, stamp: str) -> Path | None:
    if not target.exists():
        return None
    _close_for_good(target)
    kept = target.with_name(f"{target.name}.before-restore-{stamp}")
    if kept.exists():
        raise CopyRefused(f"{kept} is there already; try again in a second.")
    os.replace(target, kept)
    for ending in SIDE_FILES:
        target.with_name(target.name + ending).unlink(missing_ok=True)
    return kept


def _close_for_good(path: Path) -> None:
    """Bring everything into the one file. Only the last connection may leave the write-ahead log,
    so this also finds out whether anybody else has the database open.
    """
    try:
        with _opened(path) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except dbapi2.OperationalError:
        mode = "in use"
    if mode != "delete":
        raise CopyRefused("Somebody has the database open. Stop Careteam first.")


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with closing(dbapi2.connect(str(path), isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout=2000")
        yield connection


def _counts(connection: Any) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in tables
    }


def _version(connection: Any) -> int:
    """Changes whenever another connection has committed."""
    number: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return number


def _to_disk(path: Path) -> None:
    """File and folder are on the disk, not only on their way to it."""
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
