"""The one-time code behind a link, whoever's: sent by mail, and checked once in each browser."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from careteam.features.links.codes import read_code
from careteam.features.links.operations import confirm_browser, send_code
from careteam.features.links.queries import own_link
from careteam.kit.errors import CareteamError, NotFound, TooMany
from careteam.kit.tokens import hash_token
from careteam.web.frame.devices import device_words
from careteam.web.frame.forms import Form, attempt, line
from careteam.web.frame.linking import browser_token, keep_browser
from careteam.web.frame.sending import done


class CodeForm(Form):
    code = line("Code of six digits", InputRequired("Type the code."), longest=20)

    @classmethod
    def empty(cls) -> CodeForm:
        return cls(formdata=None)


Ask = Callable[[CodeForm, CareteamError | None], ResponseReturnValue]
"""The page that asks for the code, with what is wrong."""


def send(
    recipient: str | None,
    *,
    ask: Ask,
    endpoint: str,
    words: str,
    cover_id: UUID | None = None,
) -> ResponseReturnValue:
    """Mail a code for this browser, then to `endpoint`. Raises `NotFound` without an address."""
    if not recipient:
        raise NotFound
    token, link = browser_token(), own_link(g.actor)
    try:
        send_code(
            actor=g.actor,
            link=link,
            recipient=recipient,
            browser_hash=hash_token(token),
            cover_id=cover_id,
        )
    except TooMany as error:
        return ask(CodeForm.empty(), error)
    return keep_browser(done(endpoint, words, link_id=g.actor.link_id, code="sent"), token)


def check(
    *, ask: Ask, endpoint: str, words: str, then: Callable[[], None] = lambda: None
) -> ResponseReturnValue:
    """Let in the browser that sends the right code; `then` runs in the same transaction."""
    form, token = CodeForm(), browser_token()

    def confirm() -> bool:
        code = read_code(form.code.data)
        confirm_browser(g.actor, own_link(g.actor), code, hash_token(token), device_words())
        then()
        return True

    try:
        shown = attempt(form, confirm)
    except TooMany as error:
        return ask(form, error)
    if shown is None:
        return ask(form, None)
    return keep_browser(done(endpoint, words, link_id=g.actor.link_id), token)
