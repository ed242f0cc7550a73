"""What the holder of a link sees and answers: one thing a page, two taps to an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.referral import (
    NEEDS,
    Action,
    Party,
    State,
    action_label,
    allowed_actions,
    state_label,
)
from careteam.domain.referral.labels import ACTIONS, URGENCIES
from careteam.domain.referral.linking import WITHOUT_CODE
from careteam.features.referrals.letter import shown_letter
from careteam.features.referrals.linked import Glimpse, glimpse
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries import events_of, get_referral
from careteam.features.referrals.thread import thread
from careteam.kit.errors import Conflict, NotFound
from careteam.web.frame.forms import Form, attempt, on_our_clock, page
from careteam.web.frame.room import LINK
from careteam.web.frame.sending import done
from careteam.web.links.forms import (
    AcceptForm,
    AskForm,
    BookForm,
    DeclineForm,
    HoldForm,
    ReportForm,
)
from careteam.web.links.room import room

FORMS: Mapping[Action, type[Form]] = {
    Action.ACCEPT: AcceptForm,
    Action.DECLINE: DeclineForm,
    Action.UN_ACCEPT: DeclineForm,
    Action.ASK: AskForm,
    Action.HOLD: HoldForm,
    Action.BOOK: BookForm,
    Action.REBOOK: BookForm,
    Action.REPORT: ReportForm,
}
"""Actions with a page of their own; the others take one press."""
OFFERED = (
    Action.ACCEPT,
    Action.ACKNOWLEDGE,
    Action.BOOK,
    Action.SEEN,
    Action.START,
    Action.REPORT,
    Action.ASK,
    Action.HOLD,
    Action.REBOOK,
    Action.NOT_ATTENDED,
    Action.DECLINE,
    Action.UN_ACCEPT,
)
"""In the order of the page. Naming somebody else is part of saying no."""
WORDS = {
    Action.ACCEPT: "I can take this",
    Action.DECLINE: "No, I cannot",
    Action.HOLD: "Later: put on my waiting list",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the holder may do now. `href` leads to its page, else one press does it."""

    action: Action
    label: str
    href: str | None
    needs_code: bool


@room.get("/r/<uuid:link_id>", access=LINK)
def link_show(link_id: UUID) -> ResponseReturnValue:
    return _home()


@room.get("/r/<uuid:link_id>/<action>", access=LINK)
def answer_new(link_id: UUID, action: str) -> ResponseReturnValue:
    _, shown = glimpse(g.actor)
    move = _open_to(action, shown)
    if _needs_code(move):
        return redirect(url_for("links.code_ask", link_id=link_id), 303)
    return _answer_page(move, FORMS[move](formdata=None), shown)


@room.post("/r/<uuid:link_id>/<action>", access=LINK)
def answer_save(link_id: UUID, action: str) -> ResponseReturnValue:
    referral, shown = glimpse(g.actor)
    move = _known(action)
    form = FORMS.get(move, Form)()
    try:
        moved = attempt(
            form,
            lambda: act(actor=g.actor, referral=referral, action=move, data=_sent(form, move)),
        )
    except Conflict as error:
        return _home(refusal=error)
    if moved is None:
        return _answer_page(move, form, shown)
    return done("links.link_show", f"Thank you. You {ACTIONS[move].past}.", link_id=link_id)


def _home(refusal: Conflict | None = None) -> ResponseReturnValue:
    """The referral as it stands: before the code the least, after it the letter and what happened.

    What is offered is what the table allows the receiver now.
    """
    referral, shown = glimpse(g.actor)
    state = shown.standing.state
    letter = lines = None
    if g.actor.is_confirmed:
        letter = shown_letter(g.actor, get_referral(g.actor, referral.id), shown.standing)
        lines = thread(events_of(referral.id), Party.RECEIVER, may_read=letter.may_read)
    return page(
        "links/link_show.html",
        None,
        refusal.status if refusal else 200,
        shown=shown,
        letter=letter,
        lines=lines,
        referral=referral,
        refusal=refusal,
        state=state,
        state_words=state_label(state, Party.RECEIVER),
        urgency=URGENCIES[shown.urgency],
        offers=_offers(state),
        may_answer=state in (State.SENT, State.ACKNOWLEDGED, State.ON_HOLD, State.EXPIRED),
    )


def _offers(state: State) -> list[Choice]:
    allowed = allowed_actions(state, Party.RECEIVER)
    return [
        Choice(
            action,
            WORDS.get(action) or action_label(action),
            url_for("links.answer_new", link_id=g.actor.link_id, action=action.value)
            if action in FORMS
            else None,
            _needs_code(action),
        )
        for action in OFFERED
        if action in allowed
    ]


def _needs_code(action: Action) -> bool:
    return not g.actor.is_confirmed and action not in WITHOUT_CODE


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
    """What the table asks for, of what the page has; a day and time on the community's clock."""
    data = {need.name: form[need.name].data for need in NEEDS[move] if need.name in form}
    return {
        name: on_our_clock(value) if isinstance(value, datetime) else value
        for name, value in data.items()
    }
