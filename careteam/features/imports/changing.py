"""Entries that were there, changed by an import where somebody ticked it, and given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.features.directory.details import Details, Work, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import change_practitioner, write_entry
from careteam.features.imports.comparing import Differing
from careteam.features.imports.contents import Taken
from careteam.features.imports.models import ImportChange
from careteam.features.imports.queries import list_changes, list_whole_entries
from careteam.kit.db import db


def everything(differing: Mapping[int, Differing]) -> dict[int, Taken]:
    """A tick at every difference."""
    return {row: Taken(each.version, tuple(each.differs)) for row, each in differing.items()}


def take_over(
    actor: Actor, differing: Mapping[int, Differing], taken: Mapping[int, Taken]
) -> list[ImportChange]:
    """Change what was ticked, and answer what is needed to give it back, in this order.

    An entry that somebody has changed since it was ticked is left as it is. Where two rows are of
    one entry, the first has the word on what both say.
    """
    asked = {row: taken[row] for row in sorted(taken) if row in differing and taken[row].names}
    ids = {differing[row].entry_id for row in asked}
    entries = {entry.id: entry for entry in list_whole_entries(actor, ids)}
    before = {id_: entry.version for id_, entry in entries.items()}
    made: list[ImportChange] = []
    settled: dict[UUID, set[str]] = defaultdict(set)
    for row, wish in asked.items():
        entry = entries.get(differing[row].entry_id)
        if entry is None or before[entry.id] != wish.version:
            continue
        names = {
            name: value
            for each in wish.names
            for name, value in differing[row].differs.get(each, {}).items()
            if name not in settled[entry.id]
        }
        if not names:
            continue
        settled[entry.id] |= names.keys()
        was = details_of(entry).values()
        _change(actor, entry, replace(details_of(entry), **names))
        db.session.flush()
        made.append(
            ImportChange(
                number=len(made) + 1,
                practitioner_id=entry.id,
                version=entry.version,
                was={name: _as_json(was[name]) for name in names},
            )
        )
    return made


def give_back(actor: Actor, import_id: UUID) -> tuple[int, int]:
    """Let the entries say again what they said before; answers how many did, and how many were
    left because somebody has changed them since. The last change of one goes first."""
    changes = list_changes(import_id)
    ids = {each.practitioner_id for each in changes}
    entries = {entry.id: entry for entry in list_whole_entries(actor, ids)}
    versions = {id_: entry.version for id_, entry in entries.items()}
    back: set[UUID] = set()
    for each in changes:
        entry = entries.get(each.practitioner_id)
        if entry is not None and versions[entry.id] == each.version:
            said = {name: _from_json(name, value) for name, value in each.was.items()}
            _change(actor, entry, replace(details_of(entry), **said))
            # what this import had changed of it earlier was its version before
            versions[entry.id] = each.version - 1
            back.add(entry.id)
        db.session.delete(each)
    return len(back), len(ids - back)


def _change(actor: Actor, entry: Practitioner, details: Details) -> None:
    if actor.kind is Kind.SYSTEM:
        write_entry(entry, details)
    else:
        change_practitioner(actor=actor, practitioner=entry, details=details)


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [
            [each.practice, each.place, each.days, each.phone] if isinstance(each, Work) else each
            for each in value
        ]
    return value


def _from_json(name: str, kept: Any) -> Any:
    if name == "workplaces":
        return tuple(Work(*parts) for parts in kept)
    if name in ("disciplines", "languages"):
        return tuple(kept)
    return Decimal(kept) if name in ("fee_from", "fee_to") and kept is not None else kept
