"""Values nobody should send, by kind of control; and the names that pages read from addresses."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.support.forms import Control

T = TypeVar("T")
MARK = "<hostile-mark"
"""Must never come back as a tag."""

TEXTS = (
    f'">{MARK}>&amp;{{{{7*7}}}}%s',
    "a\x00b\x1b[31m\u202e\ufeff\u2028",
    "' OR 1=1 --\\%_",
    "\u0130\ufb03\U0001f469\u200d\U0001f680" * 30,
    "=HYPERLINK(1)\r\nBcc: x@example.org",
    "x" * 20_000,
)
NUMBERS = ("nan", "inf", "-1e308", "9" * 30, "\u0663", "1_0", "0x1", "-1", "0", "1e400", "9" * 5000)
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "\uff12\uff10\uff12\uff16-01-01", "26-1-1", "x")
INSTANTS = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T01:30", "2026-01-01", "T")
CHOICES = ("", "no-such-choice", "\x00", "None", "[]", "00000000-0000-4000-8000-000000000000")
KEYS = (
    "",
    "not-a-uuid",
    "{}",
    "\uff11" * 32,
    "00000000-0000-0000-0000-000000000000",
    "-1",
    "[" * 5_000,  # deeper than Python reads
    '{"name": {"a": [1e999, null]}}',
)
RAW = (b"%ED%A0%80", b"%FF%FE%00", b"%C0%AE%C0%AE%2F", b"%", b"%F4%90%80%80")
"""Escapes that are no text: a lone surrogate, broken and overlong UTF-8, beyond Unicode."""

READS_ADDRESS = re.compile(r"args(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"")
READS_FORM = re.compile(r"form(?:\.get|\.getlist)?[(\[]\s*\"(\w+)\"")
FIELD_OF_A_FORM = re.compile(
    r"^    (\w+) = (?:line|text|day|[A-Z]\w*Field|[A-Z]\w+)\(", re.MULTILINE
)


OF_THIS_DATABASE = 1 if os.environ.get("TEST_DATABASE") == "postgresql" else 0

LEFT_TO_THE_OTHER = ("select", "radio", "checkbox") if OF_THIS_DATABASE else ()
"""What is not among the choices of a list is refused before any database hears of it."""


def dealt(turns: Sequence[T]) -> Sequence[T]:
    """Every second one: the two databases share what is tried one at a time between them."""
    return turns[OF_THIS_DATABASE::2] or turns[:1]


def values_for(control: Control) -> tuple[str, ...]:
    """What to put into this control, the likeliest trouble first."""
    if control.kind == "number" or control.name in ("version", "page", "limit"):
        return NUMBERS
    if control.kind == "date":
        return DAYS
    if control.kind == "datetime-local":
        return INSTANTS
    if control.kind in ("select", "radio", "checkbox"):
        return CHOICES
    if control.kind == "hidden":
        return KEYS
    if control.kind in ("time", "month", "week"):
        return (*INSTANTS, *DAYS)
    return TEXTS


@cache
def names_in_addresses() -> tuple[str, ...]:
    """Every name that a page reads from its query string, taken from the pages' source."""
    names: set[str] = set()
    for path in sorted(Path("careteam/web").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        names.update(READS_ADDRESS.findall(source))
        if "Form(request.args)" in source or "csrf = False" in source:
            names.update(FIELD_OF_A_FORM.findall(source))
    return tuple(sorted(names | {"next", "page", "q", "token", "sort", "goal"}))


@cache
def names_in_forms() -> tuple[str, ...]:
    """Every field of every form, and what pages read past them, for forms nobody was shown."""
    names: set[str] = set()
    for path in sorted(Path("careteam/web").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        names.update(READS_FORM.findall(source))
        names.update(FIELD_OF_A_FORM.findall(source) if "Form" in source else ())
    return tuple(sorted(names | {"version", "was", "new_id"}))
