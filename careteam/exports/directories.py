"""The directory as files: a table that can be brought back, and business cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from careteam.features.directory.catalogue import country, label_of
from careteam.features.directory.models import Practitioner
from careteam.kit.cards import Card, cards_of
from careteam.kit.languages import language_name
from careteam.kit.tables import csv_of
from careteam.kit.telephones import read_telephone

COLUMNS = (
    "Name", "Discipline", "Practice", "Town", "Telephone", "E-mail", "Website", "Languages",
    "Taking new clients", "Fee", "Register", "Registration number", "About",
    "Other workplaces", "Social media", "Sees clients", "Usual wait in days", "Last checked",
)  # fmt: skip
"""Those up to "About" are understood by the import of practitioners."""


def practitioners_csv(entries: Iterable[Practitioner]) -> bytes:
    """One entry a line. The entries must be loaded whole."""
    return csv_of(COLUMNS, map(_row, entries))


def practitioners_vcf(entries: Iterable[Practitioner]) -> bytes:
    """One card an entry. The entries must be loaded whole."""
    return cards_of(map(_card, entries))


def _row(entry: Practitioner) -> dict[str, Any]:
    first, more = next(iter(entry.workplaces), None), entry.workplaces[1:]
    ways = {"in person": entry.sees_in_person, "online": entry.sees_online}
    ways["at home"] = entry.visits_homes
    fees = (f"{fee:f}" for fee in (entry.fee_from, entry.fee_to) if fee is not None)
    return {
        "Name": entry.name,
        "Discipline": "; ".join(label_of(each.discipline) for each in entry.disciplines),
        "Practice": first.practice if first else None,
        "Town": first.place if first else None,
        "Telephone": "; ".join(dict.fromkeys(_phones(entry))),
        "E-mail": entry.email,
        "Website": entry.website,
        "Languages": ", ".join(language_name(each.code) for each in entry.languages),
        "Taking new clients": None if entry.accepting == "unknown" else entry.accepting,
        "Fee": " to ".join(dict.fromkeys(fees)),
        "Register": entry.registration_body,
        "Registration number": entry.registration_number,
        "About": entry.bio,
        "Other workplaces": "; ".join(
            ", ".join(filter(None, (each.practice, each.place, each.days))) for each in more
        ),
        "Social media": entry.social,
        "Sees clients": ", ".join(way for way, is_so in ways.items() if is_so),
        "Usual wait in days": entry.usual_wait_days,
        "Last checked": entry.verified_on,
    }


def _phones(entry: Practitioner) -> Iterator[str]:
    """As people of this country dial them; those of workplaces last."""
    for typed in (entry.phone, *(each.phone for each in entry.workplaces)):
        if typed:
            yield read_telephone(typed, country()).display or typed


def _card(entry: Practitioner) -> Card:
    practices = [each.practice for each in entry.workplaces if each.practice]
    phones = (entry.phone, *(each.phone for each in entry.workplaces))
    return Card(
        key=str(entry.id),
        name=entry.name,
        title=", ".join(label_of(each.discipline) for each in entry.disciplines),
        practice=practices[0] if practices else "",
        places=tuple(dict.fromkeys(each.place for each in entry.workplaces if each.place)),
        phones=tuple(dict.fromkeys(filter(None, phones))),
        email=entry.email or "",
        website=entry.website or "",
        note=entry.bio or "",
        is_service=entry.kind == "service",
    )
