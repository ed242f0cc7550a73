"""Touches: the small things that keep two practitioners, or one and a practice, in touch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    CALL = "call"
    MESSAGE = "message"
    MET = "met"
    VISIT = "visit"
    THANK_YOU = "thank_you"
    CV_LEFT = "cv_left"
    DEMO_OFFERED = "demo_offered"
    DEMO_GIVEN = "demo_given"
    DEMO_RECEIVED = "demo_received"
    INTRODUCTION = "introduction"
    CLIENT_UPDATE = "client_update"


LABELS = {
    Kind.CALL: "Call",
    Kind.MESSAGE: "Message",
    Kind.MET: "Met in person",
    Kind.VISIT: "Visit",
    Kind.THANK_YOU: "Thank-you",
    Kind.CV_LEFT: "CV left",
    Kind.DEMO_OFFERED: "Demo treatment offered",
    Kind.DEMO_GIVEN: "Demo treatment given",
    Kind.DEMO_RECEIVED: "Demo treatment received",
    Kind.INTRODUCTION: "Introduction",
    Kind.CLIENT_UPDATE: "Client update",
}
NOT_YET_A_CONTACT = frozenset({Kind.CV_LEFT, Kind.DEMO_OFFERED})
"""A sheet on a counter and an offer wait for the other side; everything else reached the person."""
MEETINGS = frozenset({Kind.MET, Kind.VISIT, Kind.DEMO_GIVEN, Kind.DEMO_RECEIVED})


GIVING_BACK = frozenset({Kind.THANK_YOU, Kind.DEMO_OFFERED, Kind.DEMO_GIVEN})
_MONEY = re.compile(
    r"[£$€%]|\b(?:money|cash|cheques?|fees?|commissions?|vouchers?|gifts?|presents?|paid|pay|"
    r"payments?|discounts?|bonus|per ?cent|kickbacks?|hampers?)\b",
    re.IGNORECASE,
)


def gives_money(kind: Kind, *texts: str | None) -> bool:
    """Whether something given back is spoken of as money or a gift, which may be a kickback."""
    return kind in GIVING_BACK and any(_MONEY.search(text) for text in texts if text)


def is_real(kind: Kind) -> bool:
    """Whether the other side has heard from one, so that a wished rhythm begins anew."""
    return kind not in NOT_YET_A_CONTACT


def names_somebody(text: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in the text, as whole words and in any case."""
    folded = " ".join(text.casefold().split())
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded)
        for name in (" ".join(each.casefold().split()) for each in names)
        if name
    )
