"""Address books of phones and mail programs (vCard 2.1, 3.0, 4.0) as a table, a card a row.

Own, because the kept library for it stops at what several phones and mail programs write: soft
line breaks in quoted-printable, pictures whose lines are not indented, cards within cards.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from careteam.kit.tables.encodings import decoded_as, encoding_of
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

HEADERS = (
    "Name", "Discipline", "Practice", "Town", "Telephone", "E-mail", "Website", "Note",
)  # fmt: skip
_LINE = re.compile(r'(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)', re.DOTALL)
_NO_CALLS = re.compile(r"\b(FAX|PAGER|MODEM|BBS|X400)\b")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PART = re.compile(r"((?:\\.|[^;\\]|\\$)*)(?:;|$)", re.DOTALL)


@dataclass(slots=True)
class _Card:
    """What one card says, each property with its parameters in capitals."""

    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    is_whole: bool = False

    def first(self, *names: str) -> str:
        return next((value for name in names for _, value in self.said.get(name, ()) if value), "")

    def all(self, name: str) -> list[str]:
        pairs = self.said.get(name, ())
        return [value for params, value in pairs if value and not _NO_CALLS.search(params)]


def looks_like_cards(data: bytes) -> bool:
    return _decoded(data[:200]).lstrip("\ufeff \r\n")[:11].upper() == "BEGIN:VCARD"


def read_cards(data: bytes) -> Table:
    """A row for each card; one that is cut off is answered as a problem. No file raises."""
    if len(data) > MAX_BYTES:
        return Table.refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    rows: list[Row] = []
    problems: list[RowProblem] = []
    for number, card in enumerate(_cards(_lines(_decoded(data))), start=1):
        if number > MAX_ROWS:
            reason = f"{CUT} cards were not read: the limit is {MAX_ROWS:,}"
            problems.append(RowProblem(number, reason))
            break
        cells = tuple(map(clean_cell, _cells(card)))
        if not card.is_whole:
            problems.append(RowProblem(number, "is a card that is cut off"))
        elif max(map(len, cells)) > MAX_CELL:
            problems.append(
                RowProblem(number, f"has more than {MAX_CELL:,} characters in one field")
            )
        else:
            rows.append(Row(number, cells))
    return Table(HEADERS, tuple(rows), tuple(problems))


def _decoded(data: bytes) -> str:
    return decoded_as(data, encoding_of(data))


def _text(data: bytes, charset: str = "utf-8") -> str:
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return _decoded(data)


def _lines(text: str) -> Iterator[str]:
    """Lines put together again, both as a blank continues them and as "=" does."""
    pieces, is_quoted = [""], False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if is_quoted and pieces[-1].endswith("="):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif line[:1] in (" ", "\t"):
            pieces.append(line[1:])
        else:
            yield "".join(pieces)
            pieces = [line]
            is_quoted = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    yield "".join(pieces)


def _cards(lines: Iterator[str]) -> Iterator[_Card]:
    card, depth = _Card(), 0
    for line in lines:
        bare = line.strip().upper()
        if bare == "BEGIN:VCARD":
            depth += 1
        elif bare == "END:VCARD" and depth:
            depth -= 1
            if not depth:
                card.is_whole = True
                yield card
                card = _Card()
        elif depth == 1:
            _note(card, line)
    if depth:
        yield card


def _note(card: _Card, line: str) -> None:
    found = _LINE.fullmatch(line)
    if found is None:
        return
    name, params, value = found[1].upper(), found[2].upper(), found[3]
    if "QUOTED-PRINTABLE" in params:
        charset = re.search(r"CHARSET=([\w-]+)", params)
        value = _text(quopri.decodestring(value.encode()), charset[1] if charset else "utf-8")
    card.said.setdefault(name, []).append((params, value))


def _cells(card: _Card) -> tuple[str, ...]:
    addresses = sorted(card.said.get("ADR", ()), key=lambda pair: "WORK" not in pair[0])
    towns = (_parts(value)[3:4] for _, value in addresses)
    phones = (value.removeprefix("tel:") for value in card.all("TEL"))
    return (
        _plain(card.first("FN")) or _name(card.first("N")),
        _plain(card.first("TITLE", "ROLE")),
        (_parts(card.first("ORG")) or [""])[0],
        next((town[0] for town in towns if town and town[0]), ""),
        "; ".join(map(_plain, phones)),
        "; ".join(map(_plain, card.all("EMAIL"))),
        _plain(card.first("URL")),
        _plain(card.first("NOTE")),
    )


def _name(written: str) -> str:
    """ "Family;given;further;before;after" as it is spoken."""
    family, given, further, before, after = (*_parts(written), "", "", "", "", "")[:5]
    return " ".join(filter(None, (before, given, further, family, after)))


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in _PART.findall(value)]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
