"""The rows of the list that was looked at last, kept by the process: turning a page or ticking a
box reads none of them again."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock

from careteam.domain.importing import Draft
from careteam.features.imports.contents import Brought, read
from careteam.features.imports.models import ImportDraft

_Rows = tuple[Draft, ...]
_lock = Lock()
_last: tuple[Hashable, _Rows] | None = None
"""One list a process, however many are open."""


def read_again(draft: ImportDraft, brought: Brought) -> _Rows:
    """As `read`. What is compared with the directory is not kept: that changes meanwhile."""
    global _last
    by_row = tuple(sorted(brought.by_row.items()))
    key = (draft.id, brought.columns, brought.encoding, brought.default, by_row)
    with _lock:
        if _last is not None and _last[0] == key:
            return _last[1]
    rows = read(brought)
    with _lock:
        _last = (key, rows)
    return rows
