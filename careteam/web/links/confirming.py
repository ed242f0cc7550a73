"""The one-time code that shows a browser to be the right person's."""

from __future__ import annotations

from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.features.links.operations import where_codes_go
from careteam.features.links.queries import own_link
from careteam.features.referrals.linked import glimpse
from careteam.kit.errors import CareteamError
from careteam.web.frame import confirming
from careteam.web.frame.confirming import CodeForm
from careteam.web.frame.devices import masked
from careteam.web.frame.forms import page
from careteam.web.frame.room import LINK
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/code", access=LINK)
def code_ask(link_id: UUID) -> ResponseReturnValue:
    if g.actor.is_confirmed:
        return redirect(url_for("links.link_show", link_id=link_id), 303)
    return _code_page(CodeForm.empty())


@room.post("/r/<uuid:link_id>/code/send", access=LINK)
def code_send(link_id: UUID) -> ResponseReturnValue:
    _, shown = glimpse(g.actor)
    email = where_codes_go(own_link(g.actor), shown.receiver.email)
    words = f"A code is on its way to {masked(email)}." if email else ""
    return confirming.send(email, ask=_code_page, endpoint="links.code_ask", words=words)


@room.post("/r/<uuid:link_id>/code", access=LINK)
def code_check(link_id: UUID) -> ResponseReturnValue:
    words = "Thank you. This browser is remembered."
    return confirming.check(ask=_code_page, endpoint="links.link_show", words=words)


def _code_page(form: CodeForm, problem: CareteamError | None = None) -> ResponseReturnValue:
    if problem is not None:
        form.refuse(problem)
    _, shown = glimpse(g.actor)
    email = where_codes_go(own_link(g.actor), shown.receiver.email)
    return page(
        "links/code_ask.html",
        form,
        problem.status if problem else 200,
        shown=shown,
        masked_email=masked(email) if email else None,
        save_url=request.path,
    )
