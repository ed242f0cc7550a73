"""What the columns of a list hold, remembered for the account and for lists with these headings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from careteam.access.actor import Actor
from careteam.domain.importing import Field
from careteam.domain.importing.words import fold
from careteam.features.imports.contents import Brought
from careteam.features.imports.models import ImportColumns
from careteam.features.imports.queries import find_columns
from careteam.kit.db import db

Columns = Sequence[Field | None]


def as_remembered(actor: Actor, brought: Brought) -> Brought:
    """Read its columns as the actor said of an earlier list with the same headings, if of any."""
    known = find_columns(actor, _key(brought.headers)) if brought.has_headings else None
    if known is None or len(known) != len(brought.headers):
        return brought
    fields = {field.value: field for field in Field}
    return replace(brought, columns=tuple(map(fields.get, known)), is_remembered=True)


def remember_columns(actor: Actor, headings: Iterable[str], columns: Columns) -> None:
    """For operations only."""
    assert actor.account_id is not None
    key = _key(headings)
    row = db.session.get(ImportColumns, (actor.account_id, key))
    if row is None:
        row = ImportColumns(account_id=actor.account_id, headings=key)
        db.session.add(row)
    row.columns = [column.value if column else "" for column in columns]


def _key(headings: Iterable[str]) -> str:
    """A hash, because headings can be long and are of no use but to be compared."""
    return hashlib.sha256("\n".join(map(fold, headings)).encode()).hexdigest()
