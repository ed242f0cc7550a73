"""Whatever is sent to whichever route by whomever: an answer, never a fault, never a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from careteam.access.permissions import Permission
from tests.personas import World
from tests.security import hostile
from tests.security.grounds import (
    CANARIES,
    OUT_OF_REACH,
    PERSONAS,
    Findings,
    Ground,
    build,
    nothing_kept,
)
from tests.support.forms import Control, PageForm

STEWARDS_OWN = {
    Permission.MANAGE_ACCOUNTS,
    Permission.MANAGE_COMMUNITY,
    Permission.MANAGE_PATHWAYS,
}
UNSEEN = ("hidden", "number", "text")


@pytest.fixture
def ground(app: Flask, world: World) -> Iterator[Ground]:
    made = build(app, world)
    app.logger.disabled = True
    try:
        with nothing_kept():
            yield made
    finally:
        app.logger.disabled = False


@pytest.fixture
def findings() -> Findings:
    return Findings()


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


def no_secret(found: Findings, what: str, answer: TestResponse | None) -> None:
    if answer is None:
        return
    said = answer.data.decode(errors="replace") + str(answer.headers)
    for canary in CANARIES:
        if canary in said:
            found.add(what, f"{what.split(' ?')[0]}: shows {canary!r}")


def no_markup(found: Findings, what: str, answer: TestResponse | None) -> None:
    if answer is not None and answer.mimetype == "text/html" and hostile.MARK in answer.text:
        found.add(what, f"typed text comes back as a tag: {what[:60]}")


@pytest.mark.parametrize("name", PERSONAS)
def test_no_address_fails_or_tells(ground: Ground, findings: Findings, name: str) -> None:
    browser = ground.browsers[name]
    queries = odd_queries()
    for at, rule in enumerate(ground.rules("GET")):
        turns = queries if name == "wren" else [queries[at % len(queries)]]
        for whose in ("hazel", "linden", "missing") if rule.arguments else ("hazel",):
            path = ground.path(rule, whose)
            for asked in ["", *turns] if whose == "hazel" else [""]:
                what = f"{name} GET {rule.rule} ({whose}) ?{asked[:60]}"
                answer = findings.ask(what, lambda p=path, q=asked: browser.get(f"{p}?{q}"))  # type: ignore[misc]
                no_markup(findings, what, answer)
                if name in OUT_OF_REACH:
                    no_secret(findings, what, answer)
                    hidden(ground, findings, rule, whose, what, answer)
    findings.tell()


def hidden(
    ground: Ground, found: Findings, rule: Rule, whose: str, what: str, answer: TestResponse | None
) -> None:
    """An address with an id of Hazel's answers somebody out of reach as a missing id does."""
    if answer is None or whose != "hazel" or not ground.concerns_client(rule):
        return
    if answer.status_code not in (303, 403, 404):
        found.add(what, f"{answer.status_code} instead of 404: {what.split(' ?')[0]}")


def rounds(form: PageForm) -> Iterator[dict[str, list[str]]]:
    """The form as it stands, all of it hostile in turn, and one control hostile at a time."""
    yield form.filled
    for turn in (0, 2, 4):
        sent = form.filled
        for at, control in enumerate(form.controls):
            values = hostile.values_for(control)
            sent[control.name] = [values[(at + turn) % len(values)]]
        yield sent
    alone = {"csrf_token"}
    most = 2 if len(form.controls) < 12 else 1
    for at, control in enumerate(form.controls if form.action else ()):
        kind_of_name = re.sub(r"\d+", "0", control.name)
        if kind_of_name in alone:
            continue
        alone.add(kind_of_name)
        values = hostile.values_for(control)
        few = 5 if control.kind in ("number", "date", "datetime-local") else most
        for turn in range(few):
            yield form.filled | {control.name: [values[(at + turn) % len(values)]]}
        for option in control.options[1:2]:
            yield form.filled | {control.name: [option]}


def forms_for(ground: Ground, rule: Rule) -> list[PageForm]:
    """Forms of this endpoint that differ in their fields; one of all names if none was shown."""
    known = ground.forms.get(rule.endpoint, [])
    kinds = {tuple(sorted({c.name for c in form.controls})): form for form in reversed(known)}
    unseen = [Control(name, UNSEEN[at % 3]) for at, name in enumerate(hostile.names_in_forms())]
    return list(kinds.values()) or [PageForm("", "post", unseen)]


def test_no_form_fails(ground: Ground, findings: Findings) -> None:
    """Wren sends what is about clients and the directory, the steward what is hers alone."""
    ground.learn(findings)
    for rule in ground.rules("POST"):
        access = ground.app.extensions["careteam_access"][rule.endpoint]
        name = "sorrel" if access in STEWARDS_OWN else "wren"
        browser = ground.browsers[name]
        for form in forms_for(ground, rule):
            path = form.action or ground.path(rule, "hazel")
            for sent in rounds(form):
                short = {k: v[0][:24] for k, v in sent.items() if k != "csrf_token"}
                what = f"{name} POST {rule.rule} {short}"
                sent = sent | {"csrf_token": [browser.token]}
                answer = findings.ask(what, lambda b=browser, p=path, s=sent: b.post(p, s))  # type: ignore[misc]
                no_markup(findings, what, answer)
    findings.tell()


def test_no_form_tells_or_obeys_a_stranger(ground: Ground, findings: Findings) -> None:
    ground.learn(findings)
    for name in (*OUT_OF_REACH, "ash"):
        browser = ground.browsers[name]
        for rule in ground.rules("POST"):
            form = forms_for(ground, rule)[0]
            sent = form.filled | {"csrf_token": [browser.token]}
            for whose in ("hazel", "missing") if rule.arguments else ("hazel",):
                what = f"{name} POST {rule.rule} ({whose})"
                path = ground.path(rule, whose)
                answer = findings.ask(what, lambda b=browser, p=path, s=sent: b.post(p, s))  # type: ignore[misc]
                if name != "ash":
                    no_secret(findings, what, answer)
                    hidden(ground, findings, rule, whose, what, answer)
    findings.tell()


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
        "large": {"data": plain | {names[-1] if names else "x": "\u00e9" * 300_000}},
        "many": {"data": {f"f{at}": "1" for at in range(2000)} | plain},
    }


def test_no_body_fails(ground: Ground, findings: Findings) -> None:
    """JSON, the wrong type, a file without a name, thousands of fields, a megabyte, no body.

    The likely ones for every form; the others, read by the same few lines whatever the form, in
    turn.
    """
    ground.learn(findings)
    browser = ground.browsers["wren"]
    for at, rule in enumerate(ground.rules("POST")):
        form = forms_for(ground, rule)[0]
        path = form.action or ground.path(rule, "hazel")
        bodies = bodies_of(form)
        kinds = list(bodies)
        for kind in (*kinds[:4], kinds[4 + at % 8]):
            what = f"wren POST {rule.rule} with {kind}"
            options = bodies[kind]
            findings.ask(what, lambda p=path, o=options: browser.post(p, o.pop("data"), **o))  # type: ignore[misc]
    findings.tell()
