"""How an entry's fields are called when two people changed the same one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careteam.features.directory.saying import said_of
from careteam.kit.errors import Conflict
from careteam.web.frame.forms import conflict_rows


def said_conflicts(error: Conflict, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows for `ui.conflicts` in words; an error about no single field has none."""
    rows = conflict_rows(error, labels)
    for row, name in zip(rows, error.theirs, strict=True):
        row["yours"], row["theirs"] = said_of(name, row["yours"]), said_of(name, row["theirs"])
    return rows
