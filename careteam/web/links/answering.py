"""Answers of whoever holds the link: one thing a page, two taps to an answer."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.referral import NEEDS, Action, Party, action_label, allowed_actions
from careteam.domain.referral.labels import ACTIONS
from careteam.features.referrals.linked import Glimpse, glimpse
from careteam.features.referrals.operations import act
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import Form, attempt, on_our_clock, page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.home import home
from careteam.web.links.offers import FORMS, OFFERED, WORDS, needs_code
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/<action>", access=LINK)
def answer_new(link_id: UUID, action: str) -> ResponseReturnValue:
    _, shown = glimpse(g.actor)
    move = _open_to(action, shown)
    if needs_code(move):
        return redirect(url_for("links.code_ask", link_id=link_id), 303)
    return _answer_page(move, _form(move, shown, formdata=None), shown)


@room.post("/r/<uuid:link_id>/<action>", access=LINK)
def answer_save(link_id: UUID, action: str) -> ResponseReturnValue:
    referral, shown = glimpse(g.actor)
    move = _known(action)
    form = _form(move, shown)
    try:
        moved = attempt(
            form,
            lambda: act(actor=g.actor, referral=referral, action=move, data=_sent(form, move)),
        )
    except Conflict as error:
        return home(refusal=error)
    if moved is None:
        return _answer_page(move, form, shown)
    return done("links.link_show", f"Thank you. You {ACTIONS[move].past}.", link_id=link_id)


def _form(move: Action, shown: Glimpse, **options: Any) -> Form:
    """The form of an action, without what asks about a client where the letter is about nobody."""
    form = FORMS.get(move, Form)(**options)
    for need in NEEDS[move]:
        if need.of_client and not shown.has_client and need.name in form:
            del form[need.name]
    return form


def _known(action: str) -> Action:
    if action not in set(Action) or Action(action) not in OFFERED:
        raise NotFound
    return Action(action)


def _open_to(action: str, shown: Glimpse) -> Action:
    """An action with a page that is open to the receiver now. Raises `NotFound`."""
    move = _known(action)
    if move not in FORMS or move not in allowed_actions(shown.standing.state, Party.RECEIVER):
        raise NotFound
    return move


def _answer_page(move: Action, form: Form, shown: Glimpse) -> ResponseReturnValue:
    return page(
        "links/answer_new.html",
        form,
        move=move,
        shown=shown,
        label=WORDS.get(move) or action_label(move),
        save_url=request.path,
    )


def _sent(form: Form, move: Action) -> dict[str, Any]:
    """What the table asks for, of what the page has; a day and time on the community's clock. The
    end of an appointment is a time of the day on which it starts.
    """
    data = {need.name: form[need.name].data for need in NEEDS[move] if need.name in form}
    start_at, end_at = data.get("start_at"), data.get("end_at")
    if isinstance(end_at, time):
        data["end_at"] = datetime.combine(start_at, end_at) if start_at else None
    return {
        name: on_our_clock(value) if isinstance(value, datetime) else value
        for name, value in data.items()
    }
