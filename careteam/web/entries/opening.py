"""The address in a mail, the door behind it, and the entry once a code was shown."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from careteam.features.directory.queries import get_own_entry, names_of
from careteam.features.links.codes import read_code
from careteam.features.links.entries import entry_link_of_token
from careteam.features.links.operations import (
    confirm_browser,
    forget_browser,
    note_use,
    send_code,
)
from careteam.features.links.queries import find_browser, own_link
from careteam.features.referrals.removal.queries import use_of
from careteam.kit.errors import CareteamError, TooMany
from careteam.kit.tokens import hash_token
from careteam.web.entries.room import room
from careteam.web.frame.devices import device_words, masked
from careteam.web.frame.forms import Form, attempt, line, page
from careteam.web.frame.linking import (
    browser_hash,
    browser_token,
    closed_page,
    keep_browser,
    note_opened,
)
from careteam.web.frame.room import OWN_ENTRY, PUBLIC
from careteam.web.frame.sending import done


class CodeForm(Form):
    code = line("Code of six digits", InputRequired("Type the code."), longest=20)


@room.get("/e/<path:token>", access=PUBLIC)
def entry_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = entry_link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    return redirect(url_for("entries.entry_show", link_id=link_id), 303)


@room.get("/e/<uuid:link_id>", access=OWN_ENTRY)
def entry_show(link_id: UUID) -> ResponseReturnValue:
    if not g.actor.is_confirmed:
        return door()
    entry = get_own_entry(g.actor)
    return page(
        "entries/entry_show.html",
        entry=entry,
        added_by=names_of([entry.added_by_id]).get(entry.added_by_id)
        if entry.added_by_id
        else None,
        use=use_of(entry.id),
    )


def door(form: CodeForm | None = None, problem: CareteamError | None = None) -> ResponseReturnValue:
    """What everybody sees who holds the address: where a code goes, and not whose entry it is."""
    form = form or CodeForm(formdata=None)
    if problem is not None:
        form.refuse(problem)
    return page(
        "entries/door_show.html",
        form,
        problem.status if problem else 200,
        masked_email=masked(g.visit.email),
    )


@room.post("/e/<uuid:link_id>/code/send", access=OWN_ENTRY)
def code_send(link_id: UUID) -> ResponseReturnValue:
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
    words = f"A code is on its way to {masked(g.visit.email)}."
    return keep_browser(done("entries.entry_show", words, link_id=link_id), token)


@room.post("/e/<uuid:link_id>/code", access=OWN_ENTRY)
def code_check(link_id: UUID) -> ResponseReturnValue:
    form, token = CodeForm(), browser_token()
    try:
        shown = attempt(form, lambda: _confirm(form, token))
    except TooMany as error:
        return door(form, error)
    if shown is None:
        return door(form)
    answer = done("entries.entry_show", "Thank you. This browser is remembered.", link_id=link_id)
    return keep_browser(answer, token)


def _confirm(form: CodeForm, token: str) -> bool:
    confirm_browser(
        g.actor, own_link(g.actor), read_code(form.code.data), hash_token(token), device_words()
    )
    note_use(own_link(g.actor))
    return True


@room.post("/e/<uuid:link_id>/leave", access=OWN_ENTRY)
def browser_leave(link_id: UUID) -> ResponseReturnValue:
    """On a computer that others use too: it has to show a code again."""
    browser = find_browser(link_id, browser_hash())
    if browser is not None:
        forget_browser(actor=g.actor, link=own_link(g.actor), browser=browser)
    return door()
