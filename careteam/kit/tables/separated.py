"""CSV in the encodings and with the separators that spreadsheets and address books write."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from careteam.kit.tables.encodings import decoded_as, encoding_of
from careteam.kit.tables.values import MAX_BYTES, MAX_CELL, Table, table_of

_SEPARATORS = (",", ";", "\t")
_SAMPLE_RECORDS = 30
_SAMPLE_CHARACTERS = 65_536
_UNTYPED = re.compile("[\x01-\x08\x0e-\x1f]")
_MOST_UNTYPED = 20
"""One character in so many."""


def read_csv(data: bytes) -> Table:
    """Read separated values: UTF-8, UTF-16, Windows-1252 or Mac Roman; comma, semicolon or tab.

    A file over the size limit is refused whole. No bytes raise.
    """
    if len(data) > MAX_BYTES:
        return Table.refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    encoding = encoding_of(data)
    text = decoded_as(data, encoding).replace("\x00", "")
    if _is_no_text(text):
        return Table.refused("This is not a list. Save the list as .xlsx or .csv and try again.")
    return replace(read_separated(text), encoding=encoding)


def _is_no_text(text: str) -> bool:
    """Whether it is a picture or program: among characters, many that nobody types."""
    sample = text[:2000]
    return len(_UNTYPED.findall(sample)) * _MOST_UNTYPED > len(sample)


def read_separated(text: str) -> Table:
    """Read separated values that are already text."""
    first, _, rest = text.partition("\n")
    announced = first.strip().casefold()
    if len(announced) == 5 and announced.startswith("sep=") and first.strip()[4] in _SEPARATORS:
        return table_of(_records(rest, first.strip()[4]))
    return table_of(_records(text, separator_of(text)))


def separator_of(text: str) -> str:
    """Return the separator that gives most records the same number of cells, at least two."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    for record in _records(sample, separator):
        if len(record) > 1:
            widths[len(record)] += 1
        if widths.total() >= _SAMPLE_RECORDS:
            break
    if not widths:
        return (0, 0)
    width, count = widths.most_common(1)[0]
    return (count, width)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """Yield records, one for each that can be read and one too long for each that cannot.

    `strict` stays off: a stray quotation mark spoils one cell, not the file.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            # Only a cell beyond the csv module's own limit (128 KB) ends up here: an unclosed
            # quotation mark. It is passed on as a record too long to accept.
            yield ["?" * (MAX_CELL + 1)]
