"""What an entry says, as one value: given to the operations, compared when two people edit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from careteam.features.directory.models import Practitioner

MOST_DISCIPLINES = 6
MOST_WORKPLACES = 8


@dataclass(frozen=True, slots=True)
class Work:
    """One place of work, in words."""

    practice: str | None = None
    place: str | None = None
    days: str | None = None
    phone: str | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.practice, self.place, self.days, self.phone)))

    @property
    def is_empty(self) -> bool:
        return not (self.practice or self.place or self.days or self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """`disciplines` are ids of the catalogue, the main one first; `languages` ISO 639-1 codes."""

    name: str
    disciplines: tuple[str, ...]
    kind: str = "person"
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    social: str | None = None
    sees_in_person: bool = True
    sees_online: bool = False
    visits_homes: bool = False
    is_public_service: bool = False
    fee_from: Decimal | None = None
    fee_to: Decimal | None = None
    accepting: str = "unknown"
    usual_wait_days: int | None = None
    registration_body: str | None = None
    registration_number: str | None = None
    bio: str | None = None
    languages: tuple[str, ...] = ()
    workplaces: tuple[Work, ...] = ()

    def values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


PLAIN_FIELDS = tuple(
    field.name
    for field in fields(Details)
    if field.name not in ("disciplines", "languages", "workplaces")
)
"""Fields of `Details` that are columns of the entry."""


def details_of(row: Practitioner) -> Details:
    """What the entry says now. Its disciplines, languages and workplaces must be loaded."""
    return Details(
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
        disciplines=tuple(each.discipline for each in row.disciplines),
        languages=tuple(sorted(each.code for each in row.languages)),
        workplaces=tuple(
            Work(each.practice, each.place, each.days, each.phone) for each in row.workplaces
        ),
    )
