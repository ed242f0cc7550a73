"""Which encoding the bytes of a list are in, and how to read them in another."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

UTF8, UTF16_LITTLE, UTF16_BIG = "utf-8", "utf-16-le", "utf-16-be"
SINGLE_BYTE = {
    "cp1252": "Windows, Western Europe (1252)",
    "mac_roman": "Older Mac (Mac Roman)",
    "cp850": "MS-DOS, Western Europe (850)",
    "cp1250": "Windows, Central Europe (1250)",
}
"""Encodings in which each byte is a letter. Nothing in a file says which one it is."""
_BOMS = ((codecs.BOM_UTF16_LE, UTF16_LITTLE), (codecs.BOM_UTF16_BE, UTF16_BIG))
_SAMPLE = 200_000
"""Bytes that are looked at."""
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_DASHES, _OPENING, _CLOSING = (
    frozenset("\u2013\u2014"),
    frozenset("\u201c\u2018\u201e\u00ab"),
    "\u201d\u00bb",
)
_SIGNS, _BESIDE_LETTERS = (
    frozenset("\u20ac\u00a3\u00a7\u2026\u00a0\u00bd\u00bc\u00be\u00b7"),
    frozenset("\u00b0\u2022\u00ae\u2122"),
)
_NO_LETTERS = frozenset("\u0192\u02c6\u02dc\u00aa\u00ba\u00b5")
"""Letters to Unicode, and in no name."""


def encoding_of(data: bytes) -> str:
    """The name by which Python knows it; UTF-8 and UTF-16 are certain, single bytes a guess."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    if (unmarked := _unmarked_utf16(data)) is not None:
        return unmarked
    try:
        data.decode(UTF8)
    except UnicodeDecodeError:
        return UTF8 if _is_nearly_utf8(data) else _single_byte_encoding(data)
    return UTF8


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether only few of its letters are broken, as where a file is cut off or two were joined."""
    text = data[:_SAMPLE].decode(UTF8, errors="replace")
    broken = text.count("\ufffd")
    return broken * 10 < sum(not letter.isascii() for letter in text)


def decoded_as(data: bytes, encoding: str) -> str:
    """The text without the mark at its beginning. A byte without a meaning stays itself as a
    control character, so that nothing is lost for reading it in another encoding."""
    if encoding in SINGLE_BYTE:
        return data.decode("latin-1").translate(_letters(encoding))
    return data.decode(encoding, errors="replace").removeprefix("\ufeff")


def read_otherwise(cells: Iterable[str], was: str, now: str) -> tuple[str, ...]:
    """What cells read in one single-byte encoding say in another."""
    back = {ord(letter): chr(byte) for byte, letter in _letters(was).items()}
    return tuple(
        cell if cell.isascii() else cell.translate(back).translate(_letters(now)) for cell in cells
    )


@cache
def _letters(encoding: str) -> dict[int, str]:
    """The letter of each byte above ASCII."""
    return {byte: _letter(byte, encoding) for byte in range(0x80, 0x100)}


def _letter(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def _single_byte_encoding(data: bytes) -> str:
    """Mac Roman where more of the bytes above ASCII make sense in their places so than as
    Windows-1252, else Windows-1252, the commoner by far.

    What makes sense is said by `_fits`: a small letter in a word, a capital where one begins, a
    dash between blanks, figures or before a capital, a quotation mark at the edge of a word. An
    "e" with an acute accent from a Mac is a capital Z with a caron to Windows, which no word has in
    its middle. What cannot be told is taken for Windows: o with two dots alone is s with a caron.
    """
    sample = data[:_SAMPLE]
    places = Counter(
        (sample[max(0, at - 1) : at], sample[at : at + 1], sample[at + 1 : at + 2])
        for at in (match.start() for match in _ABOVE_ASCII.finditer(sample))
    )

    def sense(encoding: str) -> int:
        return sum(
            count if _fits(*(decoded_as(byte, encoding) or " " for byte in place)) else -count
            for place, count in places.items()
        )

    return "mac_roman" if sense("mac_roman") > sense("cp1252") else "cp1252"


def _fits(left: str, letter: str, right: str) -> bool:
    if letter.isalpha():
        return letter not in _NO_LETTERS and _fits_in_word(left, letter, right)
    if letter in _DASHES:
        return left.isalnum() == right.isalnum() and not (left.isalpha() and right.islower())
    if letter in _OPENING:
        return not left.isalnum()
    if letter in _CLOSING:
        return not right.isalnum()
    if letter == "\u2019":
        return left.isalnum()
    if letter in _BESIDE_LETTERS:
        return not (left.isalpha() and right.isalpha())
    return letter in _SIGNS and not right.isalpha()


def _fits_in_word(left: str, letter: str, right: str) -> bool:
    if letter.islower():
        return left.isalpha() or right.isalpha()
    begins = not left.isalpha() and right.isalpha()
    return begins or (left.isupper() and not right.islower())


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order when every other byte of the beginning is mostly nought."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 4:
        return None
    if sample[1::2].count(0) > half * 0.6:
        return UTF16_LITTLE
    return UTF16_BIG if sample[0::2].count(0) > half * 0.6 else None
