"""A SQLite file whose changes are taken back by putting its write-ahead log back as it was.

Nothing is moved from the log into the file, so the file stays as it was when the log began; what
was written since counts only as far as the log's index says (https://sqlite.org/walformat.html).
Putting both back takes a tenth of the time of copying the file, for which every connection would
have to be opened anew, to read the hundred tables of its schema again
(docs/decisions/0028-tests-put-the-log-back.md).
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2


def leave_in_the_log(connection: Any, *_: object) -> None:
    """For every connection: the log may grow as long as a test likes."""
    connection.execute("PRAGMA wal_autocheckpoint=0")


@dataclass(frozen=True)
class Kept:
    """The log and its index at one time, while nobody was reading or writing."""

    log: bytes
    index: bytes


class LoggedFile:
    """While it is open, `keep` and `put_back` may be called whenever no connection has begun
    anything. Where one has, or something moved the log into the file, `begin_again` comes first.
    """

    def __init__(self, file: Path) -> None:
        """`file` has all its tables, and nobody has it open."""
        self.file, self.copy = file, file.with_suffix(".as-it-was")
        shutil.copy(file, self.copy)
        self._open()

    def _open(self) -> None:
        # Whoever closes the file last moves the log into it; while this one is there, nobody does.
        self._keeper: Any = dbapi2.connect(self.file)
        leave_in_the_log(self._keeper)
        self._keeper.execute("PRAGMA journal_mode=WAL")
        self._keeper.execute("SELECT 1 FROM sqlite_schema").fetchall()
        # Open to the end: closing one would let go of the locks that SQLite has on it.
        self._log, self._index = (
            os.open(f"{self.file}{ending}", os.O_RDWR) for ending in ("-wal", "-shm")
        )
        self._moved_at = self.file.stat().st_mtime_ns
        self._here: Kept | None = None

    def close(self) -> None:
        self._keeper.close()
        os.close(self._log)
        os.close(self._index)

    def keep(self) -> Kept:
        self._here = Kept(_whole(self._log), _whole(self._index))
        return self._here

    def put_back(self, kept: Kept) -> None:
        if self._here is not kept:  # else it begins with these bytes still
            os.truncate(self._log, 0)
            os.pwrite(self._log, kept.log, 0)
        os.pwrite(self._index, kept.index, 0)
        self._here = kept

    @property
    def was_moved(self) -> bool:
        """Whether something of the log has been written into the file."""
        return self.file.stat().st_mtime_ns != self._moved_at

    def begin_again(self) -> None:
        """A new file in the place of this one, which is left to whoever still has it open."""
        self.close()
        for ending in ("", "-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copy(self.copy, self.file)
        self._open()


def _whole(opened: int) -> bytes:
    return os.pread(opened, os.fstat(opened).st_size, 0)
