"""The letter's form, and one form for each action, made from what the table says it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    HiddenField,
    RadioField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import NEEDS, Action, Need
from careteam.domain.referral.labels import (
    CONTACTS,
    DECLINE_REASONS,
    GOAL_REACHED,
    OUTCOMES,
    ROUTES,
    TOLD,
    URGENCIES,
    WANTED,
)
from careteam.domain.referral.values import Route
from careteam.web.frame.forms import (
    MINUTES,
    Form,
    choices,
    line,
    on_our_clock,
    sensible_day,
    sensible_instant,
    text,
)

URGENCY_WORDS = tuple((urgency.value, URGENCIES[urgency]) for urgency in reversed(Urgency))
"""The strictest first, as the screens list them."""
HANDED_OVER = (Route.PHONE, Route.PAPER, Route.IN_PERSON)
WAYS_TOLD = (
    ("phone", "By telephone"),
    ("mail", "By e-mail"),
    ("paper", "By letter"),
    ("in_person", "In person"),
)
HOW_GIVEN = (("spoken", "Spoken"), ("screen", "On this screen"), ("paper", "On paper"))
CHOICES = (
    ("needed", "What this part needs"),
    ("names_and_times", "Names and times only"),
)
PAST_ANSWERS = (
    ("accepted", "They were taken on"),
    ("declined", "It was declined"),
    ("never_answered", "Nobody ever answered"),
)


class Ticks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def is_sending() -> bool:
    """Whether the letter is to leave now; else it is kept as a draft."""
    return request.form.get("do") != "draft"


class LetterForm(Form):
    to = HiddenField()
    seat = HiddenField()
    client = HiddenField()
    goal = HiddenField()
    after = HiddenField()
    urgency = RadioField(
        "How urgent", choices=choices(URGENCY_WORDS), default=Urgency.ROUTINE.value
    )
    reason = line("Reason, in one sentence")
    question = text("Your one question", longest=2000)
    route = RadioField("How it gets to them", validators=[Optional()])
    spoken_to = line("Whom did you speak to, and when?")
    choice = RadioField("What they may know", choices=choices(CHOICES), default="needed")
    items = Ticks("Only with an own yes", validators=[Optional()], choices=[])
    how_given = RadioField(
        "How the consent was given", choices=choices(HOW_GIVEN), validators=[Optional()]
    )

    def offer_routes(self, *, has_inbox: bool, has_email: bool, links_leave: bool) -> None:
        """The inbox first, where there is one; then what reaches somebody without an account."""
        offered = [Route.INBOX] if has_inbox else []
        if links_leave:
            offered += [Route.MAIL, Route.LINK] if has_email else [Route.LINK]
        offered += HANDED_OVER
        self.route.choices = choices((route.value, ROUTES[route]) for route in offered)
        if self.route.data in (None, "", "None"):
            self.route.data = offered[0].value


class PastForm(Form):
    with_id = HiddenField()
    direction = RadioField(
        "Which way",
        choices=choices([("to", "I sent somebody to them"), ("from", "They sent somebody to me")]),
        default="to",
    )
    happened_on = DateField(
        "Roughly when", validators=[InputRequired("Give a day; roughly will do."), sensible_day]
    )
    answer = RadioField("What came of it", choices=choices(PAST_ANSWERS), default="accepted")


_LABELS: Mapping[tuple[Action, str], str] = {
    (Action.ASK, "text"): "The question",
    (Action.ANSWER, "text"): "The answer",
    (Action.REPORT, "text"): "The report",
    (Action.REDIRECT, "to"): "Whom to ask instead",
    (Action.CLOSE, "outcome"): "Outcome",
}
_NAMES = {
    "text": "A word with it",
    "contact": "Who makes contact next?",
    "booking_page": "Booking page, if the client can book there",
    "suggests": "Who else could help?",
    "reason": "Reason",
    "review_on": "Look at it again on",
    "start_at": "Day and time",
    "end_at": "Until",
    "place": "Place",
    "outcome": "Outcome",
    "goal_reached": "Has what it was for been reached?",
    "told": "What the client is told",
    "client_told": "The client has been told",
    **WANTED,
    "care_ended": "The care has ended",
}
_LONG = {(Action.REPORT, "text"), (Action.ASK, "text"), (Action.ANSWER, "text")}
_LEFT_OUT = {"to_id", "next_id", "route", "spoken_to"}


def action_form(
    action: Action,
    *,
    by_hand: bool = False,
    has_client: bool = True,
    as_sender: bool = False,
    is_shown: bool = False,
    told_by: str = "phone",
) -> Form:
    """The form of one action; `by_hand` adds how and when it was told, `told_by` until it is said
    otherwise.

    Field names are the table's own. Ids carry the action, so that several stand on one page;
    `is_shown` keeps what was sent for one action out of the others.
    """
    prefix = f"{'told-' if by_hand else ''}{action.value}"
    fields: dict[str, Any] = {
        need.name: _field(action, need, prefix, as_sender=as_sender or by_hand)
        for need in NEEDS[action]
        if need.name not in _LEFT_OUT and (has_client or not need.of_client)
    }
    if by_hand:
        fields["way"] = RadioField(
            "How did they tell you?",
            id=f"{prefix}-way",
            choices=choices(WAYS_TOLD),
            default=told_by,
        )
        fields["at"] = DateTimeLocalField(
            "When", id=f"{prefix}-at", validators=[Optional(), sensible_instant], format=MINUTES
        )
    kind = type("ActionForm", (Form,), fields)
    made: Form = kind(formdata=None) if is_shown else kind()
    return made


def _field(action: Action, need: Need, prefix: str, *, as_sender: bool) -> Field:
    label = _LABELS.get((action, need.name)) or _NAMES.get(need.name, need.name)
    id_ = f"{prefix}-{need.name}"
    if need.kind == "choice":
        pairs = _choices(need, as_sender)
        default = pairs[0][0] if need.name == "contact" else None
        return RadioField(
            label, id=id_, choices=choices(pairs), default=default, validators=[Optional()]
        )
    if need.kind == "day":
        return DateField(label, id=id_, validators=[Optional(), sensible_day])
    if need.kind == "instant":
        return DateTimeLocalField(
            label, id=id_, validators=[Optional(), sensible_instant], format=MINUTES
        )
    if need.kind == "tick":
        return BooleanField(label, id=id_)
    if (action, need.name) in _LONG:
        return text(label, id=id_)
    return line(label, id=id_, longest=1000)


def _choices(need: Need, as_sender: bool) -> list[tuple[str, str]]:
    if need.name == "contact":
        return [
            (c.value, words.sender if as_sender else words.receiver)
            for c, words in CONTACTS.items()
        ]
    if need.name == "reason":
        return [(reason.value, words) for reason, words in DECLINE_REASONS.items()]
    words_of: Mapping[str, Mapping[Any, str]] = {
        "outcome": OUTCOMES,
        "goal_reached": GOAL_REACHED,
        "told": TOLD,
    }
    return [(each.value, words) for each, words in words_of[need.name].items()]


def sent_data(form: Form, names: Iterable[str]) -> dict[str, object]:
    """What the table asks for, as it reads it: instants on the community's clock, ticks as yes."""
    data: dict[str, object] = {}
    for name in names:
        if name in form._fields:
            value = form[name].data
            data[name] = on_our_clock(value) if isinstance(value, datetime) else value
    return data
