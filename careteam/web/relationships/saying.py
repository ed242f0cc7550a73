"""Words and drawings for touches and for what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from careteam.domain.relationships.touches import LABELS, Kind
from careteam.features.relationships.models import Call, Touch
from careteam.kit import clock
from careteam.web.frame.sending import safe_path

ICONS = {
    Kind.CALL: "phone",
    Kind.MESSAGE: "mail",
    Kind.MET: "users",
    Kind.VISIT: "building-2",
    Kind.THANK_YOU: "star",
    Kind.CV_LEFT: "file-text",
    Kind.DEMO_OFFERED: "hand",
    Kind.DEMO_GIVEN: "heart-handshake",
    Kind.DEMO_RECEIVED: "leaf",
    Kind.INTRODUCTION: "share-2",
    Kind.CLIENT_UPDATE: "message-square",
}
CALLS = {
    "spoke": ("Call", "phone-call"),
    "voicemail": ("Call: voicemail left", "voicemail"),
    "no_answer": ("Call: no answer", "phone-missed"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One contact in a list; a call that was noted beside a referral has no `touch`."""

    title: str
    icon: str
    on: date
    touch: Touch | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button that notes something at once, under a key of its own."""

    kind: str
    label: str
    icon: str
    new_id: UUID


def lines_of(touches: Sequence[Touch], calls: Sequence[Call] = ()) -> list[Line]:
    """The newest first; on one day what was noted later stands first."""
    lines = [
        Line(LABELS[Kind(each.kind)], ICONS[Kind(each.kind)], each.happened_on, each)
        for each in touches
    ]
    lines += [Line(*CALLS[each.outcome], clock.day_of(each.at)) for each in calls]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def presses(kinds: Sequence[Kind]) -> list[Press]:
    return [Press(kind.value, LABELS[kind], ICONS[kind], uuid4()) for kind in kinds]


def back_or(address: str) -> str:
    """Where the reader came from, if the form says so, else `address`."""
    return safe_path(request.form.get("back")) or address


def answered(words: str, to: str, undo: str | None = None) -> ResponseReturnValue:
    """To a page of this site, with a word shown there once."""
    said = {"text": words, "undo": undo, "fields": {"back": to}} if undo else words
    flash(said, "good")  # type: ignore[arg-type]  # any JSON value travels in the cookie
    return redirect(to, 303)
