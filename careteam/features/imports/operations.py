"""Bring a table, correct what was understood, confirm it: only the last writes to the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing import Draft, Field, Outcome
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.many import new_entries
from careteam.features.directory.models import Practitioner
from careteam.features.directory.queries import list_known
from careteam.features.imports.contents import Brought, details_of_draft, judged, understand
from careteam.features.imports.merging_queries import list_untouched_entries
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.queries import list_expired_drafts
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid
from careteam.kit.tables import Table

KEPT_FOR = timedelta(days=1)
UNDONE_WITHIN = timedelta(days=30)
MADE = "made"
"""In what is kept of an import that was confirmed: the keys of its entries."""
TAKEN_BACK = "taken_back"
"""In what is kept of one that was undone: how many entries went."""


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
        content=understand(table).as_json(),
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
) -> ImportDraft:
    """Say what the columns hold and which discipline rows without one have.

    `columns` has a field name or "" for each column; `by_row` maps row numbers to disciplines and
    adds to what was chosen before ("" takes a choice back). Raises `Invalid`.
    """
    _need_open(draft)
    kept = Brought.from_json(draft.content)
    labels = discipline_labels()
    chosen = {row: id_ for row, id_ in {**kept.by_row, **(by_row or {})}.items() if id_}
    if not {default, *chosen.values()} <= {"", *labels}:
        raise Invalid("Choose a discipline of the list.", field="default")
    draft.content = Brought(
        headers=kept.headers,
        rows=kept.rows,
        problems=kept.problems,
        columns=kept.columns if columns is None else _columns(columns, len(kept.headers)),
        default=default,
        by_row=chosen,
    ).as_json()
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="practitioners.imported")
def confirm_import(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Write every new row, all or none, judged against the directory as it is now.

    Confirming again changes nothing. The rows brought are forgotten then; which entries they
    became is kept for as long as the import can be undone.
    """
    if draft.confirmed_at is not None:
        return draft
    rows = judged(Brought.from_json(draft.content), list_known(actor))
    made = _write(actor, rows)
    draft.added = len(made)
    draft.confirmed_at = clock.now()
    draft.expires_at = clock.now() + UNDONE_WITHIN
    draft.content = {MADE: [str(id_) for id_ in made]}
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="practitioners.taken_back")
def undo_practitioners(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Take back the entries of an import that are as they came and to which nothing points.

    Doing so twice changes nothing. Raises `Conflict` where somebody notes something meanwhile.
    """
    if MADE not in draft.content:
        return draft
    ids = list_untouched_entries([UUID(each) for each in draft.content[MADE]])
    try:
        db.session.execute(delete(Practitioner).where(Practitioner.id.in_(ids)))
    except IntegrityError:
        db.session.rollback()
        raise Conflict("Somebody noted something about one of these entries just now.") from None
    draft.content = {TAKEN_BACK: len(ids)}
    return draft


@operation(None, action="practitioners.imported")
def import_from_command(*, actor: Actor, drafts: Iterable[Draft]) -> int:
    """Rows judged on the machine itself; answers how many were new."""
    return len(_write(actor, drafts))


def _write(actor: Actor, drafts: Iterable[Draft]) -> list[UUID]:
    new = (draft for draft in drafts if draft.outcome is Outcome.NEW)
    return new_entries(actor, map(details_of_draft, new))


def _need_open(draft: ImportDraft) -> None:
    if draft.confirmed_at is not None:
        raise Invalid("This list is in the directory already.")


def _columns(names: Iterable[str], count: int) -> tuple[Field | None, ...]:
    known = {field.value for field in Field}
    columns = tuple(Field(name) if name in known else None for name in names)
    if len(columns) != count:
        raise Invalid("Say of each column what it holds.")
    return columns
