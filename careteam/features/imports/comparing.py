"""Rows of people who are there already, beside what their entries say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.importing import Draft, Outcome
from careteam.domain.importing.differing import TOGETHER, differences
from careteam.features.directory.catalogue import country, discipline_labels
from careteam.features.directory.checking import checked
from careteam.features.directory.details import (
    MOST_DISCIPLINES,
    MOST_WORKPLACES,
    Details,
    details_of,
)
from careteam.features.directory.models import Practitioner
from careteam.features.directory.saying import LABELS, in_words
from careteam.features.imports.contents import details_of_draft
from careteam.features.imports.queries import list_whole_entries
from careteam.kit.errors import Invalid
from careteam.kit.telephones import read_telephone

WORDS = {**LABELS, "fee": "Fee", "registration": "Registration"}
MOST = {"disciplines": MOST_DISCIPLINES, "workplaces": MOST_WORKPLACES}


@dataclass(frozen=True, slots=True)
class Differing:
    """What a row says otherwise than the entry of `version`, which `says`; `differs` has by the
    name of each difference what it would set."""

    entry_id: UUID
    version: int
    says: Details
    differs: Mapping[str, Mapping[str, Any]]

    def in_words(self) -> dict[str, str]:
        """What is there and what would stand there, by the name of each difference."""
        values: dict[str, Any] = {}
        for each in self.differs.values():
            values |= each
        was, then = in_words(self.says), in_words(replace(self.says, **values))
        return {
            name: f"{WORDS[name]}: {_words(name, then)} (now {_words(name, was) or 'nothing'})"
            for name in self.differs
        }


def _words(name: str, said: Mapping[str, str]) -> str:
    parts = dict.fromkeys(filter(None, (said[part] for part in TOGETHER.get(name, (name,)))))
    if name == "phone":
        return "".join(read_telephone(part, country()).display for part in parts)
    return (" to " if name == "fee" else " ").join(parts)


@dataclass(frozen=True, slots=True)
class Compared:
    """Every row, and by its number what it says otherwise of somebody who is there."""

    rows: tuple[Draft, ...]
    differing: Mapping[int, Differing] = field(default_factory=dict)


def compared(actor: Actor, rows: Sequence[Draft]) -> Compared:
    """Rows of entries that the actor may change and that say something else become `CHANGED`."""
    same = {row.row: UUID(row.same_as) for row in rows if row.same_as}
    entries = {entry.id: entry for entry in list_whole_entries(actor, set(same.values()))}
    found = dict(_differing(actor, [row for row in rows if row.same_as], entries))
    return Compared(
        tuple(replace(r, outcome=Outcome.CHANGED) if r.row in found else r for r in rows), found
    )


def _differing(
    actor: Actor, rows: Sequence[Draft], entries: Mapping[UUID, Practitioner]
) -> Iterator[tuple[int, Differing]]:
    labels, home = discipline_labels(), country()
    for row in rows:
        entry = entries.get(UUID(row.same_as))
        if entry is None or not _may_change(actor, entry):
            continue
        says = details_of(entry)
        try:
            brought = checked(_with_known_ways(row, says), labels, home)
        except Invalid:
            continue
        if differs := differences(says.values(), brought.values(), MOST):
            yield row.row, Differing(entry.id, entry.version, says, differs)


def _may_change(actor: Actor, entry: Practitioner) -> bool:
    """A command on the machine itself leaves alone what its owner keeps."""
    if actor.kind is Kind.SYSTEM:
        return entry.claimed_at is None
    return allowed(actor, Permission.EDIT_PRACTITIONER, entry)


def _with_known_ways(row: Draft, says: Details) -> Details:
    """The row as an entry whose first number and address are the known ones, if it has them."""
    phones = sorted(row.phones, key=lambda each: each != says.phone)
    emails = sorted(row.emails, key=lambda each: each != says.email)
    return details_of_draft(replace(row, phones=tuple(phones), emails=tuple(emails)))
