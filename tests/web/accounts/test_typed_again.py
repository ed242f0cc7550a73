"""Signed out in the middle of a form: what was typed is kept, and sent after signing in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from careteam.features.accounts.models import SignIn
from careteam.features.clients.models import Client
from careteam.kit.db import db
from tests.personas import PASSWORD, World
from tests.support.visitor import Visitor

EMAIL = "wren@example.org"
OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = {"name": "Fern Sample", "communication_needs": "Large print <b>", "consent_to_keep": "yes"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def hidden(answer: TestResponse) -> dict[str, str]:
    form = answer.text.split("<main")[1]
    return {name: html.unescape(value) for name, value in HIDDEN.findall(form)}


def names() -> list[str]:
    return [name for (name,) in db.session.query(Client.name)]


def earlier_form(visitor: Visitor) -> dict[str, str]:
    """What was typed into a form that this browser got before its form cookie was renewed."""
    visitor.get("/account")
    form = TYPED | {"csrf_token": visitor.token()}
    with visitor.client.session_transaction() as session:
        session["csrf_token"] = "another"
    return form


def test_letter_outlives_the_session(world: World, signed_in: Callable[[str], Visitor]) -> None:
    wren = signed_in("wren")
    wren.get("/account")
    sign_in = db.session.query(SignIn).one()
    db.session.delete(sign_in)
    db.session.commit()

    asked = wren.post("/clients/new", TYPED, headers=OURS)
    assert "What you typed is kept on this page" in asked.text
    assert 'value="Fern Sample"' not in asked.text, "nothing of it is laid into the sign-in form"

    sent = {"email": EMAIL, "password": "wrong wrong wrong", "kept": hidden(asked)["kept"]}
    wrong = wren.post("/sign-in", sent)
    assert wrong.status_code == 422
    assert hidden(wrong)["kept"] == sent["kept"]

    shown = wren.post("/sign-in", sent | {"password": PASSWORD})
    assert "Large print &lt;b&gt;" in shown.text
    assert "Fern Sample" not in names()
    again = hidden(shown)
    assert wren.post_bare("/clients/new", again).status_code == 303
    assert "Fern Sample" in names()


def test_form_of_an_earlier_session_is_sent_once_more(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    refused = wren.post_bare("/clients/new", earlier_form(wren), headers=OURS)
    assert refused.status_code == 400
    assert "Fern Sample" not in names()
    assert wren.post_bare("/clients/new", hidden(refused)).status_code == 303
    assert "Fern Sample" in names()


def test_answer_in_place_takes_the_place_of_the_content(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    form = earlier_form(wren)
    answer = wren.post_bare("/clients/new", form, headers=OURS | {"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "main"


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}],
)
def test_words_of_a_strangers_page_are_not_kept(
    world: World, signed_in: Callable[[str], Visitor], headers: dict[str, str]
) -> None:
    wren = signed_in("wren")
    answer = wren.post_bare("/clients/new", earlier_form(wren), headers=headers)
    assert answer.status_code == 400
    assert "Fern Sample" not in answer.text


def test_nobody_else_is_given_what_was_typed(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    """The next person at a shared desk: signing in on the page that waits, or in another tab."""
    desk = signed_in("wren")
    desk.get("/account")
    typed = TYPED | {"csrf_token": desk.token()}
    desk.post("/sign-out")
    kept = hidden(desk.post_bare("/clients/new", typed, headers=OURS))["kept"]

    sent = {"email": "ash@example.org", "password": PASSWORD, "kept": kept}
    entered = desk.post("/sign-in", sent)
    assert (entered.status_code, entered.location) == (303, "/")
    assert "It was let go." in desk.get("/").text
    assert "Fern Sample" not in desk.post_bare("/clients/new", typed, headers=OURS).text


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "x",
        "[]",
        "[1, [], 0, 1]",
        '["//elsewhere.example", [], 0, ""]',
        '["/", [[1, 2]], 0, ""]',
    ],
)
def test_made_up_keeping_is_let_go(app: Flask, world: World, kept: str) -> None:
    sent = {"email": EMAIL, "password": PASSWORD, "kept": kept}
    assert Visitor(app).post("/sign-in", sent).status_code == 303
