"""XLSX: the first sheet, values only, after the file has been weighed."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from careteam.kit.tables.values import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Table, table_of

# A workbook of 20,000 rows and 20 columns unpacks to about 30 MB.
MAX_UNPACKED = 64 * 1024 * 1024
MAX_CELLS = 500_000
"""With something in them. Each costs a hundredth of a millisecond or two, and somebody waits."""
_MAX_PARTS = 500
_CHUNK = 256 * 1024
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_UNREADABLE = "This is not an Excel workbook that can be read. Save it again as .xlsx or as .csv."


def read_xlsx(data: bytes) -> Table:
    """Read the first sheet. Formulas give the value that was last calculated and saved.

    Weighed before anything is parsed: size, number of parts, unpacked size, and document type
    declarations, with which a few bytes can be made to fill the memory. No bytes raise.
    """
    if len(data) > MAX_BYTES:
        return Table.refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        if reason := _too_heavy(data):
            return Table.refused(reason)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that do not concern the values
            return _first_sheet(data)
    except Exception:
        # A hostile or damaged file can raise anything in zip, XML and workbook parsing, and no
        # library here documents a closed set; whatever it was, the answer is the same.
        return Table.refused(_UNREADABLE)


def _too_heavy(data: bytes) -> str:
    """Return why the archive is refused, or nothing.

    The declared sizes can be trusted as a bound: reading a part stops at its declared size.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            return "The workbook is protected by a password. Save it without one and try again."
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            return "The workbook is too large when unpacked. Save the list alone as .csv."
        if any(_declares(archive, part) for part in parts):
            return _UNREADABLE
    return ""


def _declares(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return whether a part carries a document type declaration, in any Unicode encoding."""
    if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
        return False
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk.replace(b"\x00", b"")
            if any(mark in window for mark in _DECLARATIONS):
                return True
            tail = window[-16:]
    return False


def _first_sheet(data: bytes) -> Table:
    from openpyxl import load_workbook  # heavy, and seldom needed

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            return Table.refused("The workbook has no sheet with cells.")
        # Limits are given here because a single cell far away makes the reader fill the gap.
        rows = book.worksheets[0].iter_rows(
            max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True
        )
        return table_of(_as_written(rows))
    except _TooManyCellsError:
        return Table.refused(
            f"The sheet has more than {MAX_CELLS:,} filled cells. Leave out columns that are not"
            " needed, or save the list as .csv."
        )
    finally:
        book.close()


class _TooManyCellsError(Exception):
    pass


def _as_written(rows: Iterator[tuple[object, ...]]) -> Iterator[list[str]]:
    filled = 0
    for row in rows:
        filled += sum(value is not None for value in row)
        if filled > MAX_CELLS:
            raise _TooManyCellsError
        yield [cell_words(value) for value in row]


def cell_words(value: object) -> str:
    """Return a value as a person would write it: whole numbers without a point, ISO days."""
    if value is None or (isinstance(value, str) and value.startswith("#") and value.isupper()):
        return ""  # "#REF!", "#N/A": an error is not a value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
