"""How somebody answers, on the page of the entry, in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from careteam.access.actor import Actor
from careteam.domain.network.ties import Band
from careteam.domain.responsiveness import Rate
from careteam.domain.wording import working_hours_words
from careteam.features.directory.models import Practitioner
from careteam.features.responsiveness.parts import Part, part_of
from careteam.web.directory.room import room
from careteam.web.frame.filters import plural
from careteam.web.frame.panels import PRACTITIONER, fill

BANDS = {
    Band.FEW: "few (5 to 9)",
    Band.SOME: "some (10 to 19)",
    Band.MANY: "many (20 or more)",
}


def of_ten(rate: Rate) -> str:
    """7 of 10; never all or none, which nobody can know."""
    tenths = round(rate.share * 10)
    return {0: "fewer than 1 of 10", 10: "more than 9 of 10"}.get(tenths, f"{tenths} of 10")


def between(rate: Rate) -> str:
    """between 5 and 9 of 10: the ends rounded outwards, so that what is said holds as often."""
    low, high = math.floor(rate.low * 10), min(10, math.ceil(rate.high * 10))
    return f"between {low} and {high} of 10"


def said_rate(rate: Rate | None) -> str | None:
    """7 of 10, between 5 and 9, n = 14."""
    if rate is None:
        return None
    return f"{of_ten(rate)}, {between(rate)}, n = {rate.n}"


def said_hours(hours: float | None) -> str | None:
    """6 hours, 1 working day, 2.5 working days: never finer than is known."""
    return None if hours is None else working_hours_words(hours)


def said_days(days: float | None) -> str | None:
    return None if days is None else plural(max(1, round(days)), "day")


def facts(part: Part) -> Iterator[tuple[str, str | None]]:
    """The lines under the chance of an answer; a line without a figure is left out."""
    figures = part.figures
    if figures is None:
        return
    yield "Half have an answer within", said_hours(figures.median_hours)
    yield "First appointment after", said_days(figures.median_days)
    yield "Says yes, once decided", said_rate(figures.acceptance)
    yield "Closed with an outcome", said_rate(figures.closing)
    yield "Reports after a visit", said_rate(figures.reporting)
    yield "Sent by others", BANDS[part.others] if part.others else None


def source(part: Part) -> str:
    """Where the counted answers come from: entered by senders, told by clients."""
    figures, words = part.figures, []
    if figures is None:
        return ""
    if figures.by_hand is not None:
        share = f"{figures.by_hand:.0%}" if figures.by_hand else "None"
        words.append(f"{share} of the answers were entered by hand.")
    if figures.told:
        told = plural(figures.told, "of these was", "of these were")
        words.append(f"{told} reported by clients who rang; {_no_call_back(figures.no_call_back)}")
    return " ".join(words)


def _no_call_back(count: int) -> str:
    return f"{count or 'none'} had no call back."


def _panel(actor: Actor, entry: Practitioner) -> dict[str, Any]:
    part = part_of(actor, entry)
    answers = part.figures.answers if part.figures else None
    return {
        "part": part,
        "answers": answers,
        "answers_words": of_ten(answers) if answers else "",
        "between_words": between(answers) if answers else "",
        "facts": [(label, value) for label, value in facts(part) if value],
        "source": source(part),
        "entry": entry,
    }


fill(room, PRACTITIONER, "directory/_responsiveness.html", _panel)
