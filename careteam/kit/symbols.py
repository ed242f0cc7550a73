"""Emoji and other small pictures in words, for paper whose fonts do not have them."""

from __future__ import annotations

import re
import unicodedata

_PICTURE = (
    "\U0001f000-\U0001faff"
    "\u2630-\u2637\u268c-\u268f\u269d-\u269f\u26a8\u26a9\u26b3-\u26ff"
    "\u2700\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u275f\u2760\u2795-\u2797\u27b0"
)
"""The blocks of emoji, and what common text fonts lack of the older symbols."""
_MODIFIERS = "\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
"""What only says how the character before is to look: as text or picture, skin, keycap, tags."""
_JOINER = "\u200d"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FIND = re.compile(
    f"{_FLAG.pattern}|[{_PICTURE}][{_MODIFIERS}]*(?:{_JOINER}[^\\s\\w][{_MODIFIERS}]*)*"
    f"|[{_MODIFIERS}]+"
)
_DROPPED = re.compile(f"[{_MODIFIERS}{_JOINER}]")
_UNNAMED = "picture"


def symbols_in_words(text: str) -> str:
    """`text` with every emoji as its Unicode name in brackets: 'Well done [clapping hands sign]'.

    One of several characters is named by all of them; marks that only change a look are left out.
    """
    return text if text.isascii() else _FIND.sub(_words, text)


def _words(found: re.Match[str]) -> str:
    name = _name(found[0])
    if not name:
        return ""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    opens = "" if not before or before.isspace() or before in "([" else " "
    closes = " " if after.isalnum() else ""
    return f"{opens}[{name}]{closes}"


def _name(picture: str) -> str:
    if _FLAG.fullmatch(picture):
        return "flag " + "".join(chr(ord(char) - 0x1F1E6 + ord("A")) for char in picture)
    parts = _DROPPED.sub("", picture)
    return ", ".join(unicodedata.name(char, _UNNAMED).lower() for char in parts)
