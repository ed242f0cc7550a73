"""Entries that were there, changed by an import where somebody ticked it, and given back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from careteam.access.actor import Actor, Kind
from careteam.access.operation import together
from careteam.features.directory.details import Details, Work, details_of
from careteam.features.directory.models import Practitioner
from careteam.features.directory.operations import change_practitioner, write_entry
from careteam.features.imports.comparing import Differing
from careteam.features.imports.contents import Taken
from careteam.features.imports.models import ImportChange
from careteam.features.imports.queries import list_changes, list_whole_entries
from careteam.kit.db import db

AT_ONCE = 100


def everything(differing: Mapping[int, Differing]) -> dict[int, Taken]:
    """A tick at every difference."""
    return {row: Taken(each.version, tuple(each.differs)) for row, each in differing.items()}


def take_over(
    actor: Actor, differing: Mapping[int, Differing], taken: Mapping[int, Taken]
) -> list[ImportChange]:
    """Change what was ticked, and answer what is needed to give it back.

    An entry that somebody has changed since it was ticked is left as it is. Where two rows are of
    one entry, the first has the word on what both say.
    """
    wanted = _wanted(differing, taken)
    made: list[ImportChange] = []
    for some in _portions(actor, wanted.keys()):
        with together():
            for entry in some:
                version, values = wanted[entry.id]
                if entry.version == version:
                    was = details_of(entry)
                    _change(actor, entry, replace(was, **values))
                    made.append(_what_was(len(made) + 1, entry.id, version + 1, was, values))
    return made


def _what_was(
    number: int, entry_id: UUID, version: int, was: Details, names: Iterable[str]
) -> ImportChange:
    said = was.values()
    kept = {name: _as_json(said[name]) for name in names}
    return ImportChange(number=number, practitioner_id=entry_id, version=version, was=kept)


def _portions(actor: Actor, ids: Collection[UUID]) -> list[list[Practitioner]]:
    """These entries, so many as are well written at once: all of them would be looked through
    again for each."""
    entries = list(list_whole_entries(actor, ids))
    return [entries[first : first + AT_ONCE] for first in range(0, len(entries), AT_ONCE)]


def _wanted(
    differing: Mapping[int, Differing], taken: Mapping[int, Taken]
) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """What was ticked of each entry, and of which version of it."""
    wanted: dict[UUID, tuple[int, dict[str, Any]]] = {}
    for row in sorted(taken.keys() & differing.keys()):
        found, wish = differing[row], taken[row]
        values = {
            name: value
            for each in wish.names
            for name, value in found.differs.get(each, {}).items()
        }
        if values:
            _, before = wanted.get(found.entry_id, (0, {}))
            wanted[found.entry_id] = (wish.version, {**values, **before})
    return wanted


def give_back(actor: Actor, import_id: UUID) -> tuple[int, int]:
    """Let the entries say again what they said before; answers how many did, and how many were
    left because somebody has changed them since."""
    changes = {each.practitioner_id: each for each in list_changes(import_id)}
    back = 0
    for some in _portions(actor, changes.keys()):
        with together():
            for entry in some:
                change = changes[entry.id]
                if entry.version == change.version:
                    said = {name: _from_json(name, value) for name, value in change.was.items()}
                    _change(actor, entry, replace(details_of(entry), **said))
                    back += 1
    db.session.execute(delete(ImportChange).where(ImportChange.import_id == import_id))
    return back, len(changes) - back


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
