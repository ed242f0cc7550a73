"""Lines of the two trails, in sentences, for the lead's page and for the client's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from careteam.audit.models import AccessRead, AuditEvent
from careteam.audit.sentences import sentence
from careteam.features.pathways.content import load_content
from careteam.kit import clock


@dataclass(slots=True)
class Line:
    """One sentence. `about` are the names of what was seen or changed."""

    at: datetime
    who: str
    what: str
    about: list[str] = field(default_factory=list)
    is_hour: bool = False


Day = tuple[date, list[Line]]

FIELD_WORDS = {
    "goals.statement": "the words of the goal",
    "goals.measure": "its measure",
    "goals.baseline": "its starting value",
    "goals.target": "its aim",
    "goals.target_on": "its day",
    "goals.anchor_on": "the day the plan counts from",
    "goals.set_aside_at": "whether the words stand",
    "goals.clinical_lead": "who leads clinically",
    "goals.status": "whether it is active",
    "goals.status_reason": "the reason",
    "clients.name": "name",
    "clients.wants_no_screen": "whether a page on a screen is wanted",
    "clients.preferred_name": "how to be called",
    "clients.date_of_birth": "date of birth",
    "clients.email": "e-mail",
    "clients.phone": "telephone",
    "clients.safe_contact": "safe way to make contact",
    "clients.place": "town",
    "clients.language": "language",
    "clients.communication_needs": "what helps in talking and reading",
    "clients.general_practitioner": "family doctor",
    "consents.classes": "what may be known",
    "consents.until_on": "until when",
    "consents.how_given": "how it was given",
}
"""Fields worth naming to the client. What is missing here is bookkeeping and is left out."""


def read_lines(reads: Sequence[AccessRead]) -> list[Day]:
    """One line for each person and hour, with everything they saw in it."""
    classes = load_content().catalogue.matrix.class_by_id
    lines: dict[tuple[str, datetime], Line] = {}
    for read in reads:
        key = (read.actor_key, read.hour_at)
        line = lines.setdefault(key, Line(read.hour_at, read.actor_name, "looked at", is_hour=True))
        known = classes.get(read.information_class)
        line.about.append(known.spoken if known else read.information_class)
    for line in lines.values():
        line.about.sort()
    return _by_day(lines.values())


def change_lines(events: Sequence[AuditEvent]) -> list[Day]:
    return _by_day(
        Line(event.at, event.actor_name or "Careteam", sentence(event.action), _fields(event))
        for event in events
    )


def _fields(event: AuditEvent) -> list[str]:
    return [FIELD_WORDS[name] for name in event.fields if name in FIELD_WORDS]


def _by_day(lines: Iterable[Line]) -> list[Day]:
    """As given, the newest first, under the day they happened on."""
    ordered = sorted(lines, key=lambda line: line.at, reverse=True)
    return [
        (day, list(group))
        for day, group in groupby(ordered, key=lambda line: clock.day_of(line.at))
    ]
