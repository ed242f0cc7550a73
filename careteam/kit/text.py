"""Text as people type it, made comparable and safe to store."""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 30
"""Marks on one letter, after Unicode's stream-safe text (UAX #15, section 13). Putting marks in
order takes the square of their number, so a megabyte of them would hold a worker for minutes."""

UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e]")
"""Control characters but tab and line feed, halves of pairs, and what turns the words after it."""


def folded(text: str) -> str:
    """Lower case, without accents, single spaces: for searching, never for showing."""
    if text.isascii():  # nothing to take apart, as most names
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", few_marks(text.casefold()))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())


def clean(text: str | None) -> str | None:
    """What was typed without the characters no database or mail accepts; empty becomes None.

    NUL and lone surrogates cannot be stored; other control characters but line breaks and tabs
    have no place in what a person writes. Nor have overrides of direction, which write what stands
    after them on a line backwards; Hebrew and Arabic need none.
    """
    if text is None:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFC", few_marks(text))
    return UNSTORABLE.sub("", text.replace("\r\n", "\n")).strip() or None


def few_marks(text: str) -> str:
    """`text` with at most `MOST_MARKS` marks on one letter; others of that run are left out."""
    if text.isascii() or len(text) <= MOST_MARKS:
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char)[0] == "M" else 0
        if run <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def initials(name: str) -> str:
    """At most three letters for places where a name must not stand."""
    return "".join(part[0] for part in name.split()[:3]).upper()


def like(text: str) -> str:
    """`text` inside a LIKE pattern, its wildcards made plain; use with escape='\\\\'."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
