"""The lasting address of a client's page, and the door behind it: a code, once in each browser."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.links.clients import client_link_of_token, whom_to_ring
from careteam.features.links.operations import note_use
from careteam.features.links.pins import check_pin
from careteam.features.links.queries import own_link
from careteam.kit.errors import CareteamError, Invalid, TooMany
from careteam.web.frame import confirming
from careteam.web.frame.confirming import CodeForm
from careteam.web.frame.forms import page
from careteam.web.frame.linking import closed_page, note_opened, note_pin
from careteam.web.frame.room import CLIENT, PUBLIC
from careteam.web.own.forms import PinForm
from careteam.web.own.room import room

PAGES = {"news": "own.note_list", "plan": "own.plan_show", "mails": "own.mails_show"}
"""Where the address in a mail may lead; without a code all but the last lead to the door."""


@room.get("/p/<path:token>", access=PUBLIC)
def page_open(token: str) -> ResponseReturnValue:
    """Also for whatever a mail program made of the address: it opens nothing, like all others."""
    link_id = client_link_of_token(token)
    if link_id is None:
        return closed_page()
    note_opened(link_id)
    endpoint = PAGES.get(request.args.get("to", ""), "own.home_show")
    return redirect(url_for(endpoint, link_id=link_id), 303)


def door(form: CodeForm | None = None, problem: CareteamError | None = None) -> ResponseReturnValue:
    """What everybody sees who holds the address: whom to ring, and where a code goes. No client."""
    return _door(form or CodeForm.empty(), PinForm(formdata=None), problem)


def _door(code: CodeForm, pin: PinForm, problem: CareteamError | None) -> ResponseReturnValue:
    """The form that was sent is the one that says what is wrong."""
    form: CodeForm | PinForm = pin if pin.is_submitted() and pin.pin.raw_data else code
    if problem is not None:
        form.refuse(problem)
    return page(
        "own/door_show.html",
        form,
        problem.status if problem else 200,
        code=code,
        pin=pin,
        asks_pin=g.visit.asks_pin,
        lead=whom_to_ring(g.visit.client_id)[0],
        can_mail=g.visit.email is not None,
    )


@room.post("/p/<uuid:link_id>/code/send", access=CLIENT)
def code_send(link_id: UUID) -> ResponseReturnValue:
    words = "A code is on its way to your e-mail."
    return confirming.send(
        g.visit.email,
        ask=door,
        endpoint="own.home_show",
        words=words,
        cover_id=g.visit.cover_id,
    )


@room.post("/p/<uuid:link_id>/code", access=CLIENT)
def code_check(link_id: UUID) -> ResponseReturnValue:
    return confirming.check(
        ask=door,
        endpoint="own.home_show",
        words="This phone or computer is remembered.",
        then=_let_in,
    )


def _let_in() -> None:
    """A code stands for a PIN too: it may be forgotten."""
    note_use(own_link(g.actor))
    note_pin(g.actor.link_id)


@room.post("/p/<uuid:link_id>/pin/show", access=CLIENT)
def pin_check(link_id: UUID) -> ResponseReturnValue:
    form = PinForm()
    if not g.visit.asks_pin:
        return redirect(url_for("own.home_show", link_id=link_id), 303)
    try:
        check_pin(own_link(g.actor), form.pin.data)
    except (Invalid, TooMany) as error:
        return _door(CodeForm.empty(), form, error)
    _let_in()
    return redirect(url_for("own.home_show", link_id=link_id), 303)
