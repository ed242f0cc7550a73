"""The first page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.domain.now import numbers_for
from careteam.domain.referral import State
from careteam.domain.referral.labels import URGENCIES
from careteam.features.directory.catalogue import country
from careteam.features.referrals.queries import ReferralLine
from careteam.features.today.desk import today_of
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.today.room import room

CALL_WORDS = {
    "spoke": "spoke on the telephone",
    "voicemail": "left a voicemail",
    "no_answer": "rang, no answer",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a referral asks of the reader now, and where that is done."""

    words: str
    label: str
    href: str
    is_main: bool = True


@room.get("/", access=SIGNED_IN)
def today() -> ResponseReturnValue:
    return page(
        "today/today.html",
        found=today_of(g.actor),
        step=step_of,
        urgencies=URGENCIES,
        call_words=CALL_WORDS,
        numbers=numbers_for(country()),
    )


def step_of(line: ReferralLine) -> Step:
    """The next step of one referral, by whose turn it is."""
    show = url_for("referrals.referral_show", referral_id=line.id)
    if line.may_ask_next and not line.is_incoming:
        href = url_for("referrals.next_ask", referral_id=line.id)
        return Step("has not answered; your letter is ready for the next one", "Ask next", href)
    if line.is_lost and not line.is_incoming:
        return Step("was not reached: the mail did not arrive", "Open", show)
    if line.is_late and not line.is_incoming:
        return Step("has not answered yet", "Open", show, is_main=False)
    if line.is_incoming:
        words, label = _INCOMING.get(line.state, ("waits for you", "Open"))
        if line.state is State.ACCEPTED and line.client_id is None:
            words, label = "waits to hear from you, after your yes", "Open"
        return Step(words, label, f"{show}#actions")
    if line.state in (State.DECLINED, State.REDIRECTED):
        words = "said no" if line.state is State.DECLINED else "named somebody else"
        href = url_for("referrals.referral_new", after=line.id)
        return Step(words, "Ask the next one", href)
    words, label = _OUTGOING.get(line.state, ("waits for you", "Open"))
    return Step(words, label, f"{show}#actions")


_INCOMING = {
    State.SENT: ("asks you", "Answer"),
    State.ACKNOWLEDGED: ("waits for your yes or no", "Answer"),
    State.ON_HOLD: ("is on your waiting list, and its day has come", "Answer"),
    State.ACCEPTED: ("sent somebody; you make contact", "Book"),
    State.BOOKED: ("sent somebody, whose appointment has passed", "Was seen?"),
}
_OUTGOING = {
    State.NEEDS_INFORMATION: ("asks you something", "Answer"),
    State.REPORTED: ("has reported", "Read and close"),
    State.DID_NOT_ATTEND: ("says nobody came", "Book again"),
    State.ACCEPTED: ("accepted; you arrange it", "Arrange"),
    State.EXPIRED: ("never answered", "Open"),
}
