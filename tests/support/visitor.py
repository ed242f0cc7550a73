"""A browser without scripts: keeps cookies, sends the form token, looks at every page it gets."""

from __future__ import annotations

import os
import re
from typing import Any

from flask import Flask, g
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import TestResponse

from careteam.kit.db import db
from tests.support.pages import look_at

LOOKS = os.environ.get("TEST_DATABASE") != "postgresql"
"""What a page is made of does not depend on the database; looking takes a tenth of the time."""
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._tokens: dict[str | None, str] = {}
        self.form_pages: tuple[str, ...] = ("/account", "/sign-in", "/account/password")

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
        """Any page with a form has it; a signed-in frame always holds the sign-out form.

        Asked for once in a session: it stays good as long as the session's own secret.
        """
        secret = self._secret()
        if secret is None or secret not in self._tokens:
            token = self._token_of_a_page()
            self._tokens[self._secret()] = token
            return token
        return self._tokens[secret]

    def _token_of_a_page(self) -> str:
        for path in self.form_pages:
            answer = self._alone(self.client.get, path)
            found = TOKEN.search(answer.text)
            if answer.status_code == 200 and found:
                break
        assert found, f"no form token on the page ({answer.status_code})"
        return found.group(1)

    def _secret(self) -> str | None:
        """What the cookie of forms keeps, whatever else is in it."""
        cookie = self.client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        interface = SecureCookieSessionInterface()
        reader = interface.get_signing_serializer(self.app)
        if cookie is None or reader is None:
            return None
        secret: str | None = reader.loads(cookie.value).get("csrf_token")
        return secret

    def sign_in(self, email: str, password: str) -> TestResponse:
        return self.post("/sign-in", {"email": email, "password": password})

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
