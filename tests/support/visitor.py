"""A browser without scripts: keeps cookies, sends the form token, looks at every page it gets."""

from __future__ import annotations

import os
import re
from typing import Any

from flask import Flask, g
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from careteam.kit.db import db
from tests.support.pages import look_at

LOOKS = os.environ.get("TEST_DATABASE") != "postgresql"
"""What a page is made of does not depend on the database; looking takes a tenth of the time."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


COOKIES = ("careteam", "careteam-form", "careteam-browser")


class Visitor:
    """`cookies` are those another browser has already."""

    def __init__(self, app: Flask, cookies: dict[str, str] | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        for name, value in (cookies or {}).items():
            self.client.set_cookie(name, value)

    def cookies(self) -> dict[str, str]:
        found = {name: self.client.get_cookie(name) for name in COOKIES}
        return {name: cookie.value for name, cookie in found.items() if cookie}

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._kept(self._alone(self.client.get, path, **options))

    def head(self, path: str, **options: Any) -> TestResponse:
        return self._alone(self.client.head, path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Post with the form token of this session, as a page's own form would."""
        sent = {"csrf_token": self.token(), **(data or {})}
        return self._kept(self._alone(self.client.post, path, data=sent, **options))

    def post_bare(
        self, path: str, data: dict[str, Any] | None = None, **options: Any
    ) -> TestResponse:
        """Post without a token, as a stranger's page or a scanner would."""
        return self._alone(self.client.post, path, data=data or {}, **options)

    def token(self) -> str:
        """What any page with a form would give this session, without the price of such a page."""
        with self.client.session_transaction() as session:
            secret = session.setdefault("csrf_token", "s" * 40)
        key = self.app.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))

    def sign_in(self, email: str, password: str) -> TestResponse:
        return self.post("/sign-in", {"email": email, "password": password})

    def keep_session(self, token: str) -> None:
        """Hold the cookie of a session, as after signing in."""
        self.client.set_cookie("careteam", token)

    def _alone(self, call: Any, path: str, **options: Any) -> TestResponse:
        """Each request has its own session, as in the real server; the test's own stays usable."""
        db.session.remove()
        kept = {name: g.pop(name) for name in list(g)}
        try:
            answer: TestResponse = call(path, **options)
        finally:
            for name in list(g):
                g.pop(name)
            for name, value in kept.items():
                setattr(g, name, value)
            db.session.remove()
        return answer

    def _kept(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and LOOKS:
            look_at(answer)
        return answer
