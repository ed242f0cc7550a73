"""Whatever is sent to whichever route by whomever: an answer, never a fault, never a secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.asking import (
    bodies_of,
    forms_for,
    hidden,
    no_markup,
    no_secret,
    rounds,
)
from tests.security.grounds import (
    OUT_OF_REACH,
    Findings,
    Ground,
    nothing_kept,
)


@pytest.fixture(autouse=True)
def _quiet_and_without_trace(ground: Ground) -> Iterator[None]:
    ground.app.logger.disabled = True
    try:
        with nothing_kept():
            yield
    finally:
        ground.app.logger.disabled = False


def test_no_form_fails(ground: Ground, findings: Findings) -> None:
    """Wren sends what is about clients and the directory, the steward what is hers alone."""
    ground.learn_once(findings)
    for rule in ground.rules("POST"):
        name = "sorrel" if ground.is_stewards(rule) else "wren"
        browser = ground.browsers[name]
        for form in forms_for(ground, rule):
            path = form.action or ground.path(rule, "hazel")
            for sent in rounds(form, findings.tried):
                short = {k: v[0][:24] for k, v in sent.items() if k != "csrf_token"}
                what = f"{name} POST {rule.rule} {short}"
                sent = sent | {"csrf_token": [browser.token]}
                answer = findings.ask(what, lambda b=browser, p=path, s=sent: b.post(p, s))  # type: ignore[misc]
                no_markup(findings, what, answer)
    findings.tell()


@pytest.mark.either_database
def test_no_form_tells_or_obeys_a_stranger(ground: Ground, findings: Findings) -> None:
    ground.learn_once(findings)
    for name in (*OUT_OF_REACH, "ash"):
        browser = ground.browsers[name]
        for rule in ground.rules("POST"):
            form = forms_for(ground, rule)[0]
            sent = form.filled | {"csrf_token": [browser.token]}
            for whose in ("hazel", "missing") if rule.arguments and name == "rowan" else ("hazel",):
                what = f"{name} POST {rule.rule} ({whose})"
                path = ground.path(rule, whose)
                answer = findings.ask(what, lambda b=browser, p=path, s=sent: b.post(p, s))  # type: ignore[misc]
                if name != "ash":
                    no_secret(findings, what, answer)
                    hidden(ground, findings, rule, whose, what, answer)
    findings.tell()


@pytest.mark.either_database
def test_no_body_fails(ground: Ground, findings: Findings) -> None:
    """JSON, the wrong type, a file without a name, thousands of fields, a megabyte, no body.

    One kind for each form, in turn: the same few lines read them whatever the form. What is wrong
    is told before the database is asked anything.
    """
    ground.learn_once(findings)
    browser = ground.browsers["wren"]
    for at, rule in enumerate(ground.rules("POST")):
        form = forms_for(ground, rule)[0]
        path = form.action or ground.path(rule, "hazel")
        bodies = bodies_of(form)
        kinds = list(bodies)
        kind = kinds[at % len(kinds)]
        options = bodies[kind]
        what = f"wren POST {rule.rule} with {kind}"
        findings.ask(what, lambda p=path, o=options: browser.post(p, o.pop("data"), **o))  # type: ignore[misc]
    findings.tell()
