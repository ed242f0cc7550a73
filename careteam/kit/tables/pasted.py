"""Contacts pasted on a phone: one a line, in whatever order people keep them."""

import re
from dataclasses import dataclass

from careteam.kit.tables.separated import read_separated
from careteam.kit.tables.values import (
    CUT,
    MAX_BYTES,
    MAX_CELL,
    MAX_ROWS,
    Row,
    RowProblem,
    Table,
    clean_cell,
)

PASTED_HEADERS = ("Name", "Discipline", "Telephone", "E-mail", "Website", "Note")

_EMAIL = re.compile(r"(?:mailto:)?([\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")
_WEBSITE = re.compile(r"(?:https?://|www\.)[^\s,;|<>\"']+", re.IGNORECASE)
# Seven to fifteen digits with the usual punctuation, an extension, and an optional label before.
_TELEPHONE = re.compile(
    r"(?:\b(?:tel|telephone|phone|ph|mob|mobile|cell|handy|m|t)\b[.:]?\s*)?"
    r"(?<![\w/-])((?:\+|\(\+?|00)?\d(?:[\s()./-]{0,3}\d){6,14}(?:\s?(?:ext\.?|x)\s?\d{1,5})?)(?!\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?:e-?mail|mail|web|website|tel|phone|mobile|mob)\s*[.:]?$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u00b7\u2013]\s+|\d{1,3}[.)]\s+)")
_STRONG = re.compile(r"\t|;|\|")
_WEAK = re.compile(r",|\s[-\u2013\u2014:/]\s|:\s|\s{3,}")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_EDGES = " \t,;|:-\u2013\u2014<>()"


@dataclass(frozen=True, slots=True)
class _Found:
    """What was recognised in a line, and the line without it."""

    rest: str
    telephones: tuple[str, ...]
    emails: tuple[str, ...]
    websites: tuple[str, ...]


def read_pasted(pasted: str) -> Table:
    """Read pasted contacts: cells copied from a sheet (tabs in every line), or one a line.

    In a line, telephone numbers, e-mails and web addresses are recognised wherever they stand;
    the first of the rest is the name, the second the discipline, what follows is a note. A line
    without a name is answered as a problem. No text raises.
    """
    if len(pasted) > MAX_BYTES:
        return Table.refused(f"The text is larger than {MAX_BYTES // 1024 // 1024} MB.")
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in lines if line.strip()]
    if not filled:
        return Table.refused("There is nothing in it.")
    if len(filled) > 1 and all("\t" in line.strip("\n") for line in filled):
        return read_separated(pasted)
    return _read_lines(lines)


def _read_lines(lines: list[str]) -> Table:
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(rows) + len(problems) == MAX_ROWS:
            reason = f"{CUT} lines were not read: the limit is {MAX_ROWS:,}"
            problems.append(RowProblem(number, reason))
            break
        cells = line_cells(line) if len(line) <= MAX_CELL else ()
        if not cells:
            reason = f"is longer than {MAX_CELL:,} characters"
            problems.append(RowProblem(number, reason))
        elif not cells[0]:
            problems.append(RowProblem(number, f"has no name: {line.strip()[:80]}"))
        else:
            rows.append(Row(number, cells))
    return Table(PASTED_HEADERS, tuple(rows), tuple(problems))


def line_cells(line: str) -> tuple[str, ...]:
    """Return the cells of one line, in the order of `PASTED_HEADERS`."""
    found = _recognised(_BULLET.sub("", clean_cell(line)))
    pieces = _pieces(found.rest)
    name, discipline = (*pieces, "", "")[:2]
    return (
        name,
        discipline,
        ", ".join(found.telephones),
        ", ".join(found.emails),
        ", ".join(found.websites),
        ", ".join(pieces[2:]),
    )


def _recognised(line: str) -> _Found:
    emails = tuple(_EMAIL.findall(line))
    # A separator stays where something was taken out, so that its neighbours stay apart.
    line = _EMAIL.sub(" ; ", line)
    websites = tuple(match.rstrip(".)") for match in _WEBSITE.findall(line))
    line = _WEBSITE.sub(" ; ", line)
    telephones = tuple(" ".join(match.split()) for match in _TELEPHONE.findall(line))
    return _Found(_TELEPHONE.sub(" ; ", line), telephones, emails, websites)


def _pieces(rest: str) -> list[str]:
    """Return what stands between separators; a bracket after the name is a piece of its own."""
    apart = _BRACKETS.sub(r" ; \1 ; ", rest)
    pieces = []
    for strong in _STRONG.split(apart):
        for piece in _WEAK.split(strong):
            words = " ".join(piece.strip(_EDGES).split())
            if words and not _LABEL.match(words):
                pieces.append(words)
    return pieces
