"""A table as it was read, with an answer for every row that could not be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from careteam.kit.tables.guard import unguard_cell
from careteam.kit.text import few_marks

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
CUT = "this and later"
"""How the reason begins of the one problem that stands for the rest of a list, always the last."""
_HEADING = 200  # characters looked at in a heading
_MAX_LINES = 60  # in one cell; more is a quotation mark that swallowed the rows below it
_MAX_RECORDS = 10 * MAX_ROWS  # blank ones included

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\u200b]")
_CONTACT = re.compile(r"\S@\S+\.\S|https?://|www\.|(?:\d[\s()/.-]*){7,}")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as wide as the headings; `number` is the row's place in the file, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that was left out and why, in words for the person who brought it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """Headings, rows and problems. `refusal` says why the file as a whole was not read.

    `headings_row` is the number of the row the headings came from, 0 when they were made up;
    `encoding` is how its bytes were read, empty where the file itself says so or it is no text.
    """

    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    refusal: str = ""
    headings_row: int = 0
    encoding: str = ""

    @classmethod
    def refused(cls, reason: str) -> "Table":
        """Return the answer for a file that cannot be read at all."""
        return cls(refusal=reason)

    def headings_as_data(self) -> "Table":
        """Return the table with its headings taken for its first row of data."""
        if not self.headings_row:
            return self
        first = Row(self.headings_row, self.headers)
        return replace(
            self,
            headers=_numbered(len(self.headers)),
            rows=(first, *self.rows),
            headings_row=0,
        )


def table_of(records: Iterable[Sequence[str]]) -> Table:
    """Return the table of records as they stand in the file; blank ones are passed over.

    The first record gives the headings unless it holds a telephone number, an e-mail or a web
    address: then the columns are numbered and the record is data. Reading stops at the limits.
    """
    headers: tuple[str, ...] | None = None
    headings_row = 0
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, record in enumerate(records, start=1):
        cells = _trimmed(tuple(map(clean_cell, record)))
        if number > _MAX_RECORDS:
            break
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            if headers is None:
                return Table.refused(f"The table has more than {MAX_COLUMNS} columns.")
            problems.append(RowProblem(number, f"has more than {MAX_COLUMNS} columns"))
            continue
        if headers is None:
            is_data = any(_CONTACT.search(cell[:_HEADING]) for cell in cells)
            headers = _numbered(len(cells)) if is_data else _distinct(cells)
            headings_row = 0 if is_data else number
            if not is_data:
                continue
        if len(rows) + len(problems) == MAX_ROWS:
            reason = f"{CUT} rows were not read: the limit is {MAX_ROWS:,}"
            problems.append(RowProblem(number, reason))
            break
        if not headings_row and len(cells) > len(headers):
            # Without headings the widest row sets the width.
            headers = _numbered(len(cells))
        _add(Row(number, cells), len(headers), rows, problems)
    return _finished(headers, headings_row, rows, problems)


def _add(row: Row, width: int, rows: list[Row], problems: list[RowProblem]) -> None:
    if len(row.cells) > width:
        problems.append(
            RowProblem(row.number, f"has {len(row.cells)} cells but there are {width} headings")
        )
    elif max(map(len, row.cells)) > MAX_CELL:
        problems.append(RowProblem(row.number, f"has a cell of more than {MAX_CELL:,} characters"))
    elif max(cell.count("\n") for cell in row.cells) > _MAX_LINES:
        reason = "has a quotation mark that is not closed, so the rows below it ran together"
        problems.append(RowProblem(row.number, reason))
    else:
        rows.append(row)


def _finished(
    headers: tuple[str, ...] | None,
    headings_row: int,
    rows: list[Row],
    problems: list[RowProblem],
) -> Table:
    if headers is None:
        return Table.refused("There is nothing in it.")
    padded = (Row(row.number, row.cells + ("",) * (len(headers) - len(row.cells))) for row in rows)
    return Table(headers, tuple(padded), tuple(problems), headings_row=headings_row)


def clean_cell(cell: str) -> str:
    """Return a cell without control characters, outer blanks and the export's own guard.

    Marks are limited as in typed text, because the import compares cells without their accents.
    """
    return unguard_cell(few_marks(_CONTROLS.sub("", cell)).strip())


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"Column {number}" for number in range(1, count + 1))


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return headings that differ: blank ones are numbered, repeated ones counted."""
    taken: set[str] = set()
    headers = []
    for number, cell in enumerate(cells, start=1):
        heading = base = " ".join(cell.split())[:_HEADING] or f"Column {number}"
        count = 1
        while heading.casefold() in taken:
            count += 1
            heading = f"{base} ({count})"
        taken.add(heading.casefold())
        headers.append(heading)
    return tuple(headers)
