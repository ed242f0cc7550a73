"""What every answer tells the browser, and what is kept there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from careteam import create_app
from careteam.kit import clock
from careteam.kit.db import db
from careteam.settings import Settings
from tests.personas import PASSWORD, World
from tests.security.grounds import Browser, Ground
from tests.support.database import TestDatabase
from tests.support.visitor import Visitor

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SECURE = "https://team.example.org"


def check(answer: TestResponse, where: str) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) in (value, "no-referrer"), f"{where}: {name}"
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy, where
    assert "unsafe" not in policy, where
    assert answer.headers["Cache-Control"] == "no-store", where
    assert "Cookie" in answer.headers["Vary"], where
    assert "Access-Control-Allow-Origin" not in answer.headers, where
    if answer.data:
        kind = answer.headers["Content-Type"]
        assert not kind.startswith("text/") or "charset=utf-8" in kind, where


@pytest.mark.either_database
def test_every_page_and_error_carries_the_headers(app: Flask, ground: Ground) -> None:
    for rule in ground.rules("GET"):
        for name in ("wren", "stranger"):
            path = ground.path(rule, "hazel")
            check(ground.browsers[name].get(path), f"{name} {path}")
    wren = ground.browsers["wren"]
    check(wren.get("/no-such-page"), "404")
    check(wren.post("/account", {"csrf_token": "wrong"}), "422")
    check(Browser(app, "x", "", "").post("/account", {}), "400")
    check(wren.post("/clients", {}), "405")


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../pyproject.toml",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static//etc/passwd",
        "/static/..%5c..%5cpyproject.toml",
        "/static/app.css%00.svg",
        "/static/",
        "/.git/config",
    ],
)
def test_no_file_but_ours_is_served(visitor: Visitor, path: str) -> None:
    answer = visitor.client.get(path)
    assert answer.status_code in (404, 308), path
    assert "[project]" not in answer.text
    assert "root:" not in answer.text


def test_missing_file_is_not_kept_for_a_year(visitor: Visitor) -> None:
    missing = visitor.client.get("/static/not-there-yet.css?v=abc")
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")
    with visitor.client.get("/static/app.css?v=abc") as there:
        assert "immutable" in there.headers["Cache-Control"]


@pytest.fixture
def secure(app: Flask, world: World, database: TestDatabase, tmp_path: Path) -> Flask:
    """The same community behind https."""
    return create_app(
        Settings(
            database_url=database.url,
            data_folder=tmp_path,
            secret_key="k" * 40,
            public_url=SECURE,
            trusted_hosts=("team.example.org",),
            testing=True,
        )
    )


def cookies_of(answer: TestResponse) -> dict[str, str]:
    lines = answer.headers.getlist("Set-Cookie")
    return {line.split("=", 1)[0]: line.split("=", 1)[1] for line in lines}


def test_cookies_behind_https_are_locked(secure: Flask) -> None:
    browser = secure.test_client()
    found = browser.get("/sign-in", base_url=SECURE)
    form = {
        "csrf_token": found.text.split('name="csrf_token" value="')[1].split('"')[0],
        "email": "wren@example.org",
        "password": PASSWORD,
    }
    answer = browser.post("/sign-in", base_url=SECURE, data=form)
    assert answer.status_code == 303
    given = cookies_of(found) | cookies_of(answer)
    assert {"__Host-careteam", "__Host-careteam-form"} <= set(given)
    for line in given.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(line.split("; "))
        assert "Domain" not in line
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    with secure.app_context():
        db.session.remove()
        db.engine.dispose()


def test_forwarded_headers_are_not_believed(visitor: Visitor, world: World) -> None:
    """Without a named proxy nobody is another address, another host or https by saying so."""
    lies = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example;proto=https",
        "X-Original-URL": "/accounts",
        "X-HTTP-Method-Override": "DELETE",
    }
    answer = visitor.client.get("/clients", headers=lies)
    assert "evil" not in answer.location
    assert "Strict-Transport-Security" not in answer.headers
    wrong = {"email": "wren@example.org", "password": "wrong wrong"}
    statuses = [
        visitor.post("/sign-in", wrong, headers={"X-Forwarded-For": f"10.0.0.{at}"}).status_code
        for at in range(11)
    ]
    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil", ""])
def test_foreign_host_gets_no_page(visitor: Visitor, host: str) -> None:
    answer = visitor.client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "<" not in answer.text


@pytest.mark.parametrize(
    "trap",
    [
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\n//evil.example",
        "https:evil",
        "/%09//x\r\nSet-Cookie: a=b",
        "///evil.example",
        "javascript:alert(1)",
        "\x00//evil.example",
    ],
)
def test_next_page_never_leaves(app: Flask, world: World, trap: str) -> None:
    visitor = Visitor(app)
    form = {"email": "wren@example.org", "password": PASSWORD, "next": trap}
    answer = visitor.post("/sign-in", form)
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\"))
    assert "Set-Cookie: a" not in str(answer.headers)


def test_cookie_of_nobody_is_nobody(app: Flask, world: World) -> None:
    for value in ("x" * 100, "x" * 3900, "\u00e9", "", "null", "' OR 1=1"):
        visitor = Visitor(app)
        visitor.client.set_cookie("careteam", value)
        assert visitor.client.get("/account").status_code == 303


def test_session_token_is_new_after_sign_in(app: Flask, world: World) -> None:
    """A cookie that somebody planted before is not the one that counts after."""
    visitor = Visitor(app)
    visitor.client.set_cookie("careteam", "planted" * 6)
    visitor.sign_in("wren@example.org", PASSWORD)
    cookie = visitor.client.get_cookie("careteam")
    assert cookie is not None
    assert len(cookie.value) >= 43
    assert "planted" not in cookie.value


def test_page_is_shown_although_being_seen_cannot_be_noted(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    """A full disk stops saving, not reading what is no client's."""
    wren = signed_in("wren")
    with clock.stopped(clock.now() + timedelta(minutes=6)), refusing("UPDATE sign_ins"):
        assert wren.get("/account").status_code == 200


@pytest.mark.parametrize("start", ["SELECT", "SELECT accounts"])
def test_database_down_is_a_plain_503(
    world: World, signed_in: Callable[[str], Visitor], start: str
) -> None:
    """At once, or in the middle of a page: the page that says so needs no database."""
    wren = signed_in("wren")
    with refusing(start):
        answer = wren.get("/account")
    assert answer.status_code == 503
    assert "Number of this request" in answer.text
    assert "Wren" not in answer.text


def test_fault_shows_nothing_of_itself(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    app.config["PROPAGATE_BUGS"] = False
    try:
        with mock.patch(
            "careteam.web.accounts.account.shown", side_effect=KeyError("Hazel Sample's secret")
        ):
            answer = wren.get("/account")
    finally:
        app.config["PROPAGATE_BUGS"] = True
    assert answer.status_code == 500
    assert "Hazel" not in answer.text
    assert "KeyError" not in answer.text
    check(answer, "500")


class refusing:
    """The database fails for statements that begin so."""

    def __init__(self, start: str) -> None:
        self.start = start

    def __enter__(self) -> None:
        event.listen(db.engine, "before_cursor_execute", self.refuse)

    def __exit__(self, *_: object) -> None:
        event.remove(db.engine, "before_cursor_execute", self.refuse)

    def refuse(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(self.start):
            raise OperationalError(statement, {}, Exception("disk full"))
