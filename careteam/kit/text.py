"""Text as people type it, made comparable and safe to store."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Lower case, without accents, single spaces: for searching, never for showing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())


def clean(text: str | None) -> str | None:
    """What was typed without the characters no database or mail accepts; empty becomes None.

    NUL and lone surrogates cannot be stored; other control characters but line breaks and tabs
    have no place in what a person writes.
    """
    if text is None:
        return None
    kept = "".join(
        char
        for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return kept.strip() or None


def initials(name: str) -> str:
    """At most three letters for places where a name must not stand."""
    return "".join(part[0] for part in name.split()[:3]).upper()


def like(text: str) -> str:
    """`text` inside a LIKE pattern, its wildcards made plain; use with escape='\\\\'."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
