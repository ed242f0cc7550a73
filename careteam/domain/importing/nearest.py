"""The disciplines nearest to a word that is none, for a question such as "did you mean"."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from careteam.domain.importing.disciplines import discipline_words
from careteam.domain.importing.words import fold

_CLOSE = 0.78
"""Least likeness, from 0 to 1, as of `difflib`: one wrong letter in five or six passes."""
_SHORTEST = 4
_LONGEST = 60


def nearest_disciplines(typed: str, catalogue: Mapping[str, str], most: int = 3) -> tuple[str, ...]:
    """Return ids whose words are spelt almost like `typed` or a word of it, the nearest first.

    `catalogue` maps ids to labels, as for `read_disciplines`.
    """
    words = discipline_words(tuple(catalogue.items()))
    whole = fold(typed[:_LONGEST])
    found: dict[str, None] = {}
    for piece in dict.fromkeys((whole, *whole.split())):
        if piece in words:
            found[words[piece]] = None
        elif len(piece) >= _SHORTEST:
            close = get_close_matches(piece, words, most, _CLOSE)
            found |= dict.fromkeys(words[word] for word in close)
    return tuple(found)[:most]
