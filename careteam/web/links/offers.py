"""What the holder of a link may do now, as the table allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g, url_for

from careteam.domain.referral import (
    Action,
    Party,
    Standing,
    action_label,
    allowed_actions,
    is_too_early,
)
from careteam.domain.referral.linking import WITHOUT_CODE
from careteam.kit import clock
from careteam.web.frame.forms import Form
from careteam.web.links.forms import (
    AcceptForm,
    AskForm,
    BookForm,
    DeclineForm,
    HoldForm,
    ReportForm,
)

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


def offers(standing: Standing) -> list[Choice]:
    allowed = allowed_actions(standing.state, Party.RECEIVER)
    return [
        Choice(
            action,
            WORDS.get(action) or action_label(action),
            url_for("links.answer_new", link_id=g.actor.link_id, action=action.value)
            if action in FORMS
            else None,
            needs_code(action),
        )
        for action in OFFERED
        if action in allowed and not is_too_early(standing, action, clock.now())
    ]


def needs_code(action: Action) -> bool:
    return not g.actor.is_confirmed and action not in WITHOUT_CODE
