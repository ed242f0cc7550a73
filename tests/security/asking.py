"""What the hostile tests send, and what they look for in the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.security import hostile
from tests.security.grounds import CANARIES, Findings, Ground
from tests.support.forms import Control, PageForm

UNSEEN = ("hidden", "number", "text")


def odd_queries() -> list[str]:
    """Every name that any page reads from its address, each with something odd."""
    names = hostile.names_in_addresses()
    values = ("", *hostile.TEXTS[:4], *hostile.NUMBERS[:4], hostile.KEYS[1], "0001-01-01")
    shifts = (0, 3, 6, 8)
    return [
        *(urlencode([(n, values[(at + by) % 11]) for at, n in enumerate(names)]) for by in shifts),
        "&".join(f"{name}={hostile.RAW[at % 5].decode()}" for at, name in enumerate(names)),
        urlencode([(name, value) for name in names for value in ("1", "2")]),
    ]


def no_secret(
    found: Findings, what: str, answer: TestResponse | None, secrets: Iterable[str] = CANARIES
) -> None:
    if answer is None:
        return
    said = answer.data.decode(errors="replace") + str(answer.headers)
    for canary in secrets:
        if canary in said:
            found.add(what, f"{what.split(' ?')[0]}: shows {canary!r}")


def no_markup(found: Findings, what: str, answer: TestResponse | None) -> None:
    if answer is not None and answer.mimetype == "text/html" and hostile.MARK in answer.text:
        found.add(what, f"typed text comes back as a tag: {what[:60]}")


def hidden(
    ground: Ground, found: Findings, rule: Rule, whose: str, what: str, answer: TestResponse | None
) -> None:
    """An address with an id of Hazel's answers somebody out of reach as a missing id does."""
    if answer is None or whose != "hazel" or not ground.concerns_client(rule):
        return
    if answer.status_code not in (303, 403, 404):
        found.add(what, f"{answer.status_code} instead of 404: {what.split(' ?')[0]}")


def rounds(form: PageForm, tried: set[tuple[str, str]]) -> Iterator[dict[str, list[str]]]:
    """The form as it stands, all of it hostile in turn, and one control hostile at a time.

    A control of one name and kind is tried by itself in the first form that has it, and kept in
    `tried`: the same lines read it everywhere.
    """
    yield form.filled
    for turn in hostile.dealt((0, 2)):
        sent = form.filled
        for at, control in enumerate(form.controls):
            values = hostile.values_for(control)
            sent[control.name] = [values[(at + turn) % len(values)]]
        yield sent
    seen = {"csrf_token"}
    for at, control in enumerate(form.controls if form.action else ()):
        name = re.sub(r"\d+", "0", control.name)
        if name in seen or control.kind in hostile.LEFT_TO_THE_OTHER:
            continue
        seen.add(name)
        for option in control.options[1:2]:
            yield form.filled | {control.name: [option]}
        if (name, control.kind) not in tried:
            tried.add((name, control.kind))
            values = hostile.values_for(control)
            few = 5 if control.kind in ("number", "date", "datetime-local") else 2
            for turn in hostile.dealt(range(few)):
                yield form.filled | {control.name: [values[(at + turn) % len(values)]]}


def forms_for(ground: Ground, rule: Rule) -> list[PageForm]:
    """Forms of this endpoint that differ in their fields; one of all names if none was shown."""
    known = ground.forms.get(rule.endpoint, [])
    kinds = {tuple(sorted({c.name for c in form.controls})): form for form in reversed(known)}
    unseen = [Control(name, UNSEEN[at % 3]) for at, name in enumerate(hostile.names_in_forms())]
    return list(kinds.values()) or [PageForm("", "post", unseen)]


def bodies_of(form: PageForm) -> dict[str, dict[str, Any]]:
    """Bodies by what is wrong with them; `data` and perhaps `content_type` each."""
    names = [control.name for control in form.controls if control.name != "csrf_token"]
    plain = {name: values[0] for name, values in form.filled.items()}
    odd = {name: [1, {"a": 2}][at % 2] for at, name in enumerate(names)}
    raw = [f"{name}={hostile.RAW[at % 5].decode()}" for at, name in enumerate(names)]
    encoded = "application/x-www-form-urlencoded"
    return {
        "raw": {"data": "&".join(raw), "content_type": encoded},
        "json": {"data": json.dumps(odd), "content_type": "application/json"},
        "twice": {"data": {name: [value, value, "x"] for name, value in plain.items()}},
        "files": {
            "data": plain
            | {name: FileStorage(BytesIO(b"\x00\xff"), "", name) for name in names[:2]}
            | {"file": FileStorage(BytesIO(b"\x00\xff" * 50), "../../x\x01.xlsx", "file")}
        },
        "nothing": {"data": b""},
        "deep json": {"data": "[" * 100_000, "content_type": "application/json"},
        "text": {"data": "hello", "content_type": "text/plain"},
        "broken parts": {"data": "--x\r\n", "content_type": "multipart/form-data; boundary=x"},
        "no boundary": {"data": "--x\r\n", "content_type": "multipart/form-data"},
        "odd charset": {"data": "a=b", "content_type": f"{encoded}; charset=utf-7"},
        "large": {"data": plain | {names[-1] if names else "x": "\u00e9" + "x" * 1_000_000}},
        "many": {"data": {f"f{at}": "1" for at in range(2000)} | plain},
    }
