"""Business cards as files: vCard 3.0 (RFC 2426), which phones and mail programs all read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 75
"""Octets of a line; what is longer goes on in the next one after a blank."""


@dataclass(frozen=True, slots=True)
class Card:
    """Who, what, where and how to reach. `key` is the same whenever the card is made anew."""

    key: str
    name: str
    title: str = ""
    practice: str = ""
    places: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    email: str = ""
    website: str = ""
    note: str = ""
    is_service: bool = False


def cards_of(cards: Iterable[Card]) -> bytes:
    lines = (_folded(line) for card in cards for line in _lines(card))
    return "".join(f"{line}\r\n" for line in lines).encode()


def _lines(card: Card) -> list[str]:
    *first, last = [""] if card.is_service else card.name.split() or [""]
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:urn:uuid:{card.key}",
        f"FN:{_escaped(card.name)}",
        f"N:{_escaped(last)};{_escaped(' '.join(first))};;;",
    ]
    practice = card.practice or (card.name if card.is_service else "")
    for name, value in (("ORG", practice), ("TITLE", card.title)):
        if value:
            lines.append(f"{name}:{_escaped(value)}")
    lines += [f"TEL;TYPE=WORK,VOICE:{_escaped(phone)}" for phone in card.phones]
    if card.email:
        lines.append(f"EMAIL;TYPE=INTERNET:{_escaped(card.email)}")
    lines += [f"ADR;TYPE=WORK:;;;{_escaped(place)};;;" for place in card.places]
    if card.website:
        lines.append(f"URL:{_on_one_line(card.website)}")
    if card.note:
        lines.append(f"NOTE:{_escaped(card.note)}")
    return [*lines, "END:VCARD"]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "".join(text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").splitlines())


def _on_one_line(text: str) -> str:
    return "".join(text.split())


def _folded(line: str) -> str:
    """The line in pieces of 75 octets, no character cut in two."""
    pieces, size = [""], 0
    for char in line:
        width = len(char.encode())
        if size + width > _LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += width
    return "\r\n".join(pieces)
