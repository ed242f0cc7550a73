"""Whoever holds a link, whatever they send: an answer, and without a code nothing personal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from careteam.domain.referral import Action
from tests.personas import build_world
from tests.security import hostile
from tests.security.asking import (
    bodies_of,
    forms_for,
    no_markup,
    no_secret,
    odd_queries,
    rounds,
)
from tests.security.grounds import Findings, Ground, build, in_silence
from tests.security.holders import (
    HOLDERS,
    OF_REFERRAL,
    PERSONAL,
    SHOWN,
    UNSHOWN,
    with_holders,
)
from tests.support.database import TestDatabase


@pytest.fixture
def ground(app: Flask, database: TestDatabase) -> Iterator[Ground]:
    def made() -> Ground:
        return with_holders(build(app, build_world(), ()))

    with in_silence(database.made_once(app, "ground_of_holders", made)) as ground:
        yield ground


def judge(found: Findings, name: str, what: str, answer: TestResponse | None) -> None:
    no_markup(found, what, answer)
    no_secret(found, what, answer, UNSHOWN[name])


def shut(found: Findings, what: str, answer: TestResponse | None, *codes: int) -> None:
    if answer is not None and answer.status_code not in codes:
        found.add(what, f"{answer.status_code}: {what.split(' ?')[0]}")


def test_no_page_behind_a_link_fails_or_tells(ground: Ground, findings: Findings) -> None:
    for name in HOLDERS:
        ask_every_page(ground, findings, name)
    findings.tell()


def ask_every_page(ground: Ground, findings: Findings, name: str) -> None:
    browser, queries = ground.browsers[name], odd_queries()
    for at, rule in enumerate(ground.behind(HOLDERS[name], "GET")):
        turns = (
            hostile.dealt((0, 1, 2)) if name in SHOWN and not rule.rule.endswith(".pdf") else (0,)
        )
        odd = [queries[(at + by) % len(queries)] for by in turns]
        for asked in ("", *odd):
            what = f"{name} GET {rule.rule} ?{asked[:60]}"
            path = ground.path(rule, name)
            answer = findings.ask(what, lambda p=path, q=asked: browser.get(f"{p}?{q}"))  # type: ignore[misc]
            judge(findings, name, what, answer)
        for whose in (f"{name} beside", f"{name} elsewhere", "missing"):
            what = f"GET {rule.rule} ({whose})"
            answer = findings.ask(what, lambda r=rule, w=whose: browser.get(ground.path(r, w)))  # type: ignore[misc]
            judge(findings, name, what, answer)
            if not whose.endswith("beside"):
                no_secret(findings, what, answer, PERSONAL)
                shut(findings, what, answer, 404)
            elif len(rule.arguments) > 1:
                shut(findings, what, answer, 303, 403, 404)
    home = f"/r/{ground.ids[name]['link_id'][0]}"
    for action in Action if HOLDERS[name] == OF_REFERRAL else ():
        what = f"{name} GET {action}"
        answer = findings.ask(what, lambda a=action: browser.get(f"{home}/{a}"))  # type: ignore[misc]
        judge(findings, name, what, answer)


@pytest.mark.either_database
def test_the_right_holder_is_shown_what_the_others_are_not(ground: Ground) -> None:
    """Else the tests above would look for words that are nowhere."""
    for name, secrets in SHOWN.items():
        shown = "".join(
            ground.browsers[name].get(ground.path(rule, name)).text
            for rule in ground.behind(HOLDERS[name], "GET")
            if not rule.rule.endswith((".pdf", "<uuid:attachment_id>"))
        )
        assert [words for words in secrets if words not in shown] == []


@pytest.mark.either_database
def test_a_link_opens_no_page_of_members(ground: Ground, findings: Findings) -> None:
    for name in SHOWN:
        browser = ground.browsers[name]
        for rule in ground.rules("GET"):
            if rule.rule.startswith(HOLDERS[name]):
                continue
            what = f"{name} GET {rule.rule}"
            answer = findings.ask(what, lambda b=browser, r=rule: b.get(ground.path(r, "hazel")))  # type: ignore[misc]
            no_secret(findings, what, answer, PERSONAL)
    findings.tell()


def test_no_form_behind_a_link_fails_or_tells(ground: Ground, findings: Findings) -> None:
    for name in HOLDERS:
        ground.forms.clear()
        send_every_form(ground, findings, name)
    findings.tell()


def send_every_form(ground: Ground, findings: Findings, name: str) -> None:
    browser = ground.browsers[name]
    ground.walk(findings, name, ground.pages(HOLDERS[name], name))
    for rule in ground.behind(HOLDERS[name], "POST"):
        shown = bool(ground.forms.get(rule.endpoint))
        for form in forms_for(ground, rule):
            path = form.action or ground.path(rule, name)
            for sent in rounds(form, findings.tried) if shown else [form.filled]:
                short = {k: v[0][:24] for k, v in sent.items() if k != "csrf_token"}
                what = f"{name} POST {rule.rule} {short}"
                sent = sent | {"csrf_token": [browser.token]}
                answer = findings.ask(what, lambda p=path, s=sent: browser.post(p, s))  # type: ignore[misc]
                judge(findings, name, what, answer)
        sent = forms_for(ground, rule)[0].filled | {"csrf_token": [browser.token]}
        for whose in (f"{name} beside", f"{name} elsewhere", "missing"):
            what = f"POST {rule.rule} ({whose})"
            path = ground.path(rule, whose)
            answer = findings.ask(what, lambda p=path, s=sent: browser.post(p, s))  # type: ignore[misc]
            judge(findings, name, what, answer)
            if not whose.endswith("beside"):
                shut(findings, what, answer, 404)


@pytest.mark.either_database
def test_no_body_behind_a_link_fails(ground: Ground, findings: Findings) -> None:
    for name in SHOWN:
        send_every_body(ground, findings, name)
    findings.tell()


def send_every_body(ground: Ground, findings: Findings, name: str) -> None:
    browser = ground.browsers[name]
    ground.walk(findings, name, ground.pages(HOLDERS[name], name))
    for at, rule in enumerate(ground.behind(HOLDERS[name], "POST")):
        form = forms_for(ground, rule)[0]
        path, bodies = form.action or ground.path(rule, name), bodies_of(form)
        kinds = list(bodies)
        for kind in (kinds[at % 12], kinds[(at + 6) % 12]):
            what = f"{name} POST {rule.rule} with {kind}"
            options = bodies[kind]
            findings.ask(what, lambda p=path, o=options: browser.post(p, o.pop("data"), **o))  # type: ignore[misc]
