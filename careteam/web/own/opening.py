"""The lasting address of a client's page, and the door behind it: a code, once in each browser."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from careteam.features.links.clients import client_link_of_token, whom_to_ring
from careteam.features.links.codes import read_code
from careteam.features.links.operations import confirm_browser, note_use, send_code
from careteam.features.links.queries import own_link
from careteam.kit.errors import CareteamError, NotFound, TooMany
from careteam.kit.tokens import hash_token
from careteam.web.frame.devices import device_words
from careteam.web.frame.forms import attempt, page
from careteam.web.frame.linking import browser_token, closed_page, keep_browser, note_opened
from careteam.web.frame.room import CLIENT, PUBLIC
from careteam.web.frame.sending import done
from careteam.web.own.forms import CodeForm
from careteam.web.own.room import room


@room.get("/p/<path:token>", access=PUBLIC)
def page_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = client_link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    return redirect(url_for("own.home_show", link_id=link_id), 303)


def door(form: CodeForm | None = None, problem: CareteamError | None = None) -> ResponseReturnValue:
    """What everybody sees who holds the address: whom to ring, and where a code goes. No client."""
    form = form or CodeForm(formdata=None)
    if problem is not None:
        form.refuse(problem)
    return page(
        "own/door_show.html",
        form,
        problem.status if problem else 200,
        lead=whom_to_ring(g.visit.client_id)[0],
        can_mail=g.visit.email is not None,
    )


@room.post("/p/<uuid:link_id>/code/send", access=CLIENT)
def code_send(link_id: UUID) -> ResponseReturnValue:
    if g.visit.email is None:
        raise NotFound
    token = browser_token()
    try:
        send_code(
            actor=g.actor,
            link=own_link(g.actor),
            recipient=g.visit.email,
            browser_hash=hash_token(token),
        )
    except TooMany as error:
        return door(problem=error)
    answer = done("own.home_show", "A code is on its way to your e-mail.", link_id=link_id)
    return keep_browser(answer, token)


@room.post("/p/<uuid:link_id>/code", access=CLIENT)
def code_check(link_id: UUID) -> ResponseReturnValue:
    form, token = CodeForm(), browser_token()
    try:
        shown = attempt(form, lambda: _confirm(form, token))
    except TooMany as error:
        return door(form, error)
    if shown is None:
        return door(form)
    answer = done("own.home_show", "This phone or computer is remembered.", link_id=link_id)
    return keep_browser(answer, token)


def _confirm(form: CodeForm, token: str) -> bool:
    confirm_browser(
        g.actor, own_link(g.actor), read_code(form.code.data), hash_token(token), device_words()
    )
    note_use(own_link(g.actor))
    return True
