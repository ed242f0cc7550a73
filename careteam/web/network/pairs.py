"""One tie of the network: its referrals where they are the reader's own, else only a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask.typing import ResponseReturnValue

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.domain.network.ties import SeenTie
from careteam.domain.referral import State
from careteam.features.directory.queries import contacts_of
from careteam.features.network.graph import tie_seen
from careteam.features.referrals.queries import ReferralLine, list_between
from careteam.features.responsiveness.queries import REFUSED, UNCOUNTED
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import page
from careteam.web.network.asking import known_url
from careteam.web.network.room import room

MOST_LISTED = 100
_NO_ANSWER = (State.SENT, State.ACKNOWLEDGED, State.NEEDS_INFORMATION, State.EXPIRED)


@dataclass(frozen=True, slots=True)
class Line:
    """A referral of the tie. `kind` and `drawing` are those of its pill."""

    on: date
    words: str
    kind: str
    drawing: str
    is_past: bool
    href: str | None


@room.get("/network/ties/<uuid:sender_id>/<uuid:receiver_id>/panel", access=Permission.READ_NETWORK)
def tie_panel(sender_id: UUID, receiver_id: UUID) -> ResponseReturnValue:
    """The inside of the panel beside the picture."""
    return page("network/_tie.html", **_tie(sender_id, receiver_id), in_panel=True)


@room.get("/network/ties/<uuid:sender_id>/<uuid:receiver_id>", access=Permission.READ_NETWORK)
def tie_show(sender_id: UUID, receiver_id: UUID) -> ResponseReturnValue:
    return page("network/tie_show.html", **_tie(sender_id, receiver_id), in_panel=False)


def _tie(sender_id: UUID, receiver_id: UUID) -> dict[str, Any]:
    """Raises `NotFound` where one of the two is not in the directory or both are one.

    A tie that there is not and one that is not for the reader look the same.
    """
    actor: Actor = g.actor
    people = contacts_of(actor, [sender_id, receiver_id])
    if len(people) < 2:
        raise NotFound
    is_own = actor.practitioner_id in (sender_id, receiver_id)
    tie = tie_seen(actor, sender_id, receiver_id)
    return {
        "sender": people[sender_id],
        "receiver": people[receiver_id],
        "own_id": actor.practitioner_id,
        "is_own": is_own,
        "tie": tie,
        "unanswered": _unanswered(tie),
        "lines": _lines(actor, sender_id, receiver_id) if is_own else [],
        "back_url": url_for("network.tie_show", sender_id=receiver_id, receiver_id=sender_id),
        "picture_url": url_for("network.network_show"),
    }


def _unanswered(tie: SeenTie | None) -> int:
    if tie is None or not tie.given:
        return 0
    return tie.given - (tie.accepted or 0) - (tie.declined or 0)


def _lines(actor: Actor, sender_id: UUID, receiver_id: UUID) -> list[Line]:
    """Those of this direction that count, the newest first. No client is named here."""
    is_incoming = receiver_id == actor.practitioner_id
    other = sender_id if is_incoming else receiver_id
    lines = (
        _line(line)
        for line in list_between(actor, other, 2 * MOST_LISTED)
        if line.is_incoming == is_incoming and line.state not in UNCOUNTED
    )
    return sorted(lines, key=lambda line: line.on, reverse=True)[:MOST_LISTED]


def _line(line: ReferralLine) -> Line:
    kind, drawing = "good", "circle-check"
    if line.state in REFUSED:
        kind, drawing = "neutral", "circle-x"
    elif line.state in _NO_ANSWER:
        kind, drawing = "wait", "hourglass"
    elif line.state is State.ON_HOLD:
        kind, drawing = "wait", "circle-pause"
    return Line(
        on=line.happened_on or clock.day_of(line.sent_at or line.created_at),
        words=line.state_words,
        kind=kind,
        drawing=drawing,
        is_past=line.is_past,
        href=known_url("referrals.referral_show", referral_id=line.id),
    )
