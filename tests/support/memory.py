"""Where files lie in memory: nothing of a test run has to survive it."""

from __future__ import annotations

import shutil
from pathlib import Path

SHARED = Path("/dev/shm")  # noqa: S108 - as of Linux; each run makes a folder of its own in it
ROOM = 2 << 30
"""Bytes free, of which a run takes a tenth; containers often have a thirtieth."""


def folder_in_memory() -> Path | None:
    """None where there is none with room; the system's own folder for such files does as well."""
    if SHARED.is_dir() and shutil.disk_usage(SHARED).free >= ROOM:
        return SHARED
    return None
