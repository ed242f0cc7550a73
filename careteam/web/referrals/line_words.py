"""What one line of a list says of a referral, here and on the pages of other rooms."""

from __future__ import annotations

from flask import url_for

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State
from careteam.domain.referral.labels import URGENCIES
from careteam.features.referrals.queries import ReferralLine
from careteam.features.teams.labels import inside, seat_label
from careteam.web.frame.filters import ago, day, day_short, instant
from careteam.web.referrals.room import room

KINDS = {
    **dict.fromkeys((State.DECLINED, State.REDIRECTED, State.EXPIRED), "alert"),
    **dict.fromkeys(
        (State.ACCEPTED, State.BOOKED, State.IN_TREATMENT, State.REPORTED),
        "good",
    ),
    **dict.fromkeys(
        (
            State.SENT,
            State.ACKNOWLEDGED,
            State.ON_HOLD,
            State.NEEDS_INFORMATION,
            State.DID_NOT_ATTEND,
        ),
        "wait",
    ),
    State.DRAFT: "open",
}
UNHURRIED = (Urgency.ROUTINE, Urgency.INFORMATION)


@room.app_template_filter("referral_page")
def page_of(line: ReferralLine) -> str:
    if line.state is State.DRAFT:
        return url_for("referrals.draft_edit", referral_id=line.id)
    return url_for("referrals.referral_show", referral_id=line.id)


@room.app_template_filter("referral_kind")
def kind_of(line: ReferralLine) -> str:
    """Of its pill."""
    return "alert" if line.is_late else KINDS.get(line.state, "neutral")


@room.app_template_filter("referral_state")
def state_of(line: ReferralLine) -> str:
    """On its pill."""
    if line.is_lost:
        return "Not reached"
    return "Late" if line.is_late else line.state_words


@room.app_template_filter("referral_about")
def about(line: ReferralLine) -> str:
    """For whom, as what, how soon, and since when: 'for Ida · physiotherapist · since today'."""
    parts = [f"for {line.client_called}"] if line.client_called else []
    if line.seat_discipline:
        parts.append(inside(seat_label(line.seat_discipline)))
    if line.is_past:
        parts.append("in the past, by hand")
    elif line.urgency not in UNHURRIED:
        parts.append(URGENCIES[line.urgency].lower())
    return " · ".join([*parts, _when(line)])


def _when(line: ReferralLine) -> str:
    if line.happened_on:
        return day(line.happened_on)
    if line.state is State.BOOKED and line.appointment_at:
        return f"appointment {instant(line.appointment_at)}"
    if line.state is State.ON_HOLD and line.review_on:
        return f"to be looked at again on {day_short(line.review_on)}"
    if line.state is State.DRAFT:
        return f"begun {ago(line.created_at)}"
    if line.is_lost:
        return f"sent {ago(line.sent_at)}, the mail did not arrive"
    if line.is_late:
        return f"sent {ago(line.sent_at)}, no answer yet"
    return f"since {ago(line.status_at or line.created_at)}"
