"""Bring a table, correct what was understood, confirm it: only the last writes to the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing import Draft, Field, Outcome, settled
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.many import new_entries
from careteam.features.directory.queries import list_known
from careteam.features.imports.changing import everything, take_over
from careteam.features.imports.comparing import Differing, compared
from careteam.features.imports.contents import (
    Brought,
    Taken,
    details_of_draft,
    in_encoding,
    read,
    understand,
    wanted,
)
from careteam.features.imports.models import ImportChange, ImportDraft
from careteam.features.imports.queries import list_changes_of_removed, list_expired_drafts
from careteam.features.imports.remembering import as_remembered, remember_columns
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from careteam.kit.tables import Table
from careteam.kit.tables.encodings import SINGLE_BYTE

KEPT_FOR = timedelta(days=1)
UNDONE_WITHIN = timedelta(days=30)
LASTS = timedelta(minutes=2)
"""After so long without a word a worker is taken for gone. Each report says it anew."""
MADE = "made"
"""In what is kept of an import that was confirmed: the keys of its entries."""
CHANGED = "changed"
"""How many that were there it changed."""


@operation(Permission.ADD_PRACTITIONER, action="import.brought")
def bring_table(
    *, actor: Actor, table: Table, source: str, draft_id: UUID | None = None
) -> ImportDraft:
    """Keep a table for the preview. Raises `Invalid` with the reason where it cannot be read."""
    for old in list_expired_drafts(clock.now()):
        db.session.delete(old)
    draft = ImportDraft(
        id=draft_id or uuid4(),
        account_id=actor.account_id,
        source=source[:200],
        content=as_remembered(actor, understand(table)).as_json(),
        expires_at=clock.now() + KEPT_FOR,
    )
    db.session.add(draft)
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="import.corrected")
def correct_import(
    *,
    actor: Actor,
    draft: ImportDraft,
    columns: Iterable[str] | None = None,
    default: str = "",
    by_row: Mapping[int, str] | None = None,
    taken: Mapping[int, Taken] | None = None,
    left_out: Mapping[int, bool] | None = None,
    encoding: str = "",
) -> ImportDraft:
    """Say what the columns hold, which discipline rows without one have, what is to be changed and
    which rows are left out.

    `columns` has a field name or "" for each column, and is remembered for the next list with these
    headings; `by_row` maps row numbers to disciplines and adds to what was chosen before ("" takes
    a choice back), as `taken` and `left_out` do to what was ticked. With another `encoding` than
    its letters were read in, the list is read in that, and its columns as they are guessed then.
    Raises `Invalid`.
    """
    need_open(draft)
    kept = Brought.from_json(draft.content)
    if encoding in SINGLE_BYTE and kept.encoding in SINGLE_BYTE and encoding != kept.encoding:
        kept, columns, taken = as_remembered(actor, in_encoding(kept, encoding)), None, None
    labels = discipline_labels()
    chosen = {row: id_ for row, id_ in {**kept.by_row, **(by_row or {})}.items() if id_}
    if not {default, *chosen.values()} <= {"", *labels}:
        raise Invalid("Choose a discipline of the list.", field="default")
    held = kept.columns if columns is None else _columns(columns, len(kept.headers))
    draft.content = replace(
        kept,
        columns=held,
        default=default,
        by_row=chosen,
        taken={**kept.taken, **(taken or {})},
        left_out=_left_out(kept, left_out or {}),
    ).as_json()
    if held != kept.columns and kept.has_headings:
        remember_columns(actor, kept.headers, held)
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="practitioners.imported")
def confirm_import(
    *, actor: Actor, draft: ImportDraft, rows: Sequence[Draft] | None = None
) -> ImportDraft:
    """Write every new row and every change that was ticked, all or none, judged against the
    directory as it is now. Raises `Invalid` where there is none.

    `rows` are those of the draft where they were read before. Confirming again changes nothing. The
    rows brought are forgotten then; which entries they became is kept for as long as the import can
    be undone.
    """
    if draft.confirmed_at is not None:
        return draft
    if rows is None:
        need_open(draft)
    brought = Brought.from_json(draft.content)
    kept = wanted(brought, read(brought) if rows is None else rows)
    rows = settled(kept, list_known(actor))
    changes: list[ImportChange] = []
    if brought.taken:
        changes = take_over(actor, compared(actor, rows).differing, brought.taken)
    made = _write(actor, rows)
    if not made and not changes:
        raise Invalid("There is nothing to import: no row is new, and no change is ticked.")
    draft.added = len(made)
    draft.confirmed_at, draft.asked_at, draft.working_since = clock.now(), None, None
    draft.expires_at = clock.now() + UNDONE_WITHIN
    draft.content = {MADE: [str(id_) for id_ in made]}
    if brought.taken:
        draft.content |= {CHANGED: len({each.practitioner_id for each in changes})}
    for change in changes:
        change.import_id = draft.id
        db.session.add(change)
    return draft


@operation(None, action="practitioners.imported")
def import_from_command(
    *,
    actor: Actor,
    drafts: Iterable[Draft],
    differing: Mapping[int, Differing] | None = None,
) -> tuple[int, int]:
    """Rows judged on the machine itself, with everything that differs taken over if it is given;
    answers how many entries were made and how many changed."""
    changes = take_over(actor, differing, everything(differing)) if differing else []
    return len(_write(actor, drafts)), len({each.practitioner_id for each in changes})


def forget_removed() -> str | None:
    """The job: erase what imports had changed about people who asked to be removed."""
    found = list_changes_of_removed()
    for each in found:
        db.session.delete(each)
    return f"Imported changes erased of people who were removed: {len(found)}." if found else None


def _write(actor: Actor, drafts: Iterable[Draft]) -> list[UUID]:
    new = (draft for draft in drafts if draft.outcome is Outcome.NEW)
    return new_entries(actor, map(details_of_draft, new))


def need_open(draft: ImportDraft) -> None:
    """Raise `Invalid` for one that is written, or that a worker has in hand."""
    if draft.confirmed_at is not None:
        raise Invalid("This list is in the directory already.")
    if is_in_hand(draft):
        raise Invalid("This list is being imported.")


def is_in_hand(draft: ImportDraft) -> bool:
    """Whether a worker is at it, who said so lately."""
    since = draft.working_since
    return since is not None and clock.now() < since + LASTS


def _left_out(kept: Brought, said: Mapping[int, bool]) -> frozenset[int]:
    """What was left out before and is not brought back, and what is left out now."""
    return frozenset(
        row.number for row in kept.rows if said.get(row.number, row.number in kept.left_out)
    )


def _columns(names: Iterable[str], count: int) -> tuple[Field | None, ...]:
    known = {field.value for field in Field}
    columns = tuple(Field(name) if name in known else None for name in names)
    if len(columns) != count:
        raise Invalid("Say of each column what it holds.")
    return columns
