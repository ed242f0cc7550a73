"""The one-time code that shows a browser to be the right person's."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.links.codes import read_code
from careteam.features.links.operations import confirm_browser, send_code
from careteam.features.links.queries import own_link
from careteam.features.referrals.linked import glimpse
from careteam.kit.errors import CareteamError, NotFound, TooMany
from careteam.kit.tokens import hash_token
from careteam.web.frame.devices import device_words, masked
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.linking import browser_token, keep_browser
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.forms import CodeForm
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/code", access=LINK)
def code_ask(link_id: UUID) -> ResponseReturnValue:
    if g.actor.is_confirmed:
        return redirect(url_for("links.link_show", link_id=link_id), 303)
    return _code_page(CodeForm(formdata=None))


@room.post("/r/<uuid:link_id>/code/send", access=LINK)
def code_send(link_id: UUID) -> ResponseReturnValue:
    _, shown = glimpse(g.actor)
    if not shown.receiver.email:
        raise NotFound
    token = browser_token()
    try:
        send_code(
            actor=g.actor,
            link=own_link(g.actor),
            recipient=shown.receiver.email,
            browser_hash=hash_token(token),
        )
    except TooMany as error:
        return _code_page(CodeForm(formdata=None), error)
    answer = done(
        "links.code_ask",
        f"A code is on its way to {masked(shown.receiver.email)}.",
        link_id=link_id,
    )
    return keep_browser(answer, token)


@room.post("/r/<uuid:link_id>/code", access=LINK)
def code_check(link_id: UUID) -> ResponseReturnValue:
    form, token = CodeForm(), browser_token()
    try:
        shown = attempt(form, lambda: _confirm(form, token))
    except TooMany as error:
        return _code_page(form, error)
    if shown is None:
        return _code_page(form)
    answer = done("links.link_show", "Thank you. This browser is remembered.", link_id=link_id)
    return keep_browser(answer, token)


def _confirm(form: CodeForm, token: str) -> bool:
    confirm_browser(
        g.actor, own_link(g.actor), read_code(form.code.data), hash_token(token), device_words()
    )
    return True


def _code_page(form: CodeForm, problem: CareteamError | None = None) -> ResponseReturnValue:
    if problem is not None:
        form.refuse(problem)
    _, shown = glimpse(g.actor)
    email = shown.receiver.email
    return page(
        "links/code_ask.html",
        form,
        problem.status if problem else 200,
        shown=shown,
        masked_email=masked(email) if email else None,
        save_url=request.path,
    )
