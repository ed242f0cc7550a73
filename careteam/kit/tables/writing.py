"""A table as a file that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from careteam.kit.tables.guard import guard_cell


def csv_of(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; no cell is taken for a formula."""
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(columns))
    writer.writeheader()
    writer.writerows(
        {name: "" if value is None else guard_cell(str(value)) for name, value in row.items()}
        for row in rows
    )
    return made.getvalue().encode("utf-8-sig")
