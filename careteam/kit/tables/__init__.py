"""Tables that people bring: CSV, XLSX, address books and rows pasted on a phone, read without an
exception."""

from careteam.kit.tables.cards import looks_like_cards, read_cards
from careteam.kit.tables.guard import guard_cell, unguard_cell
from careteam.kit.tables.pasted import read_pasted
from careteam.kit.tables.separated import read_csv
from careteam.kit.tables.values import (
    CUT,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Row,
    RowProblem,
    Table,
)
from careteam.kit.tables.workbook import read_xlsx
from careteam.kit.tables.writing import csv_of

__all__ = [
    "CUT",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Row",
    "RowProblem",
    "Table",
    "csv_of",
    "guard_cell",
    "read_cards",
    "read_csv",
    "read_file",
    "read_pasted",
    "read_xlsx",
    "unguard_cell",
]

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"


def read_file(data: bytes) -> Table:
    """Read a file by what it is, not by what its name says."""
    if data.startswith(_ZIP):
        return read_xlsx(data)
    if data.startswith(_OLD_OFFICE):
        return Table.refused(
            "This is an old or a password-protected Excel file. Save it as .xlsx or .csv without"
            " a password and try again."
        )
    if data.startswith(_PDF):
        return Table.refused("This is a PDF. Save the list as .xlsx or .csv and try again.")
    if looks_like_cards(data):
        return read_cards(data)
    return read_csv(data)
