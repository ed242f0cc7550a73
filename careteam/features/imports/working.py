"""Long imports, which a worker does and takes back beside the pages and says how far it is.

Nothing is held while the rows are read; then all is written in one transaction. A worker that is
killed leaves a claim that runs out, and nothing half written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import or_, update

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.importing import Draft
from careteam.features.imports.contents import Brought, read
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.operations import LASTS, confirm_import, is_in_hand
from careteam.features.imports.queries import find_asked_import, list_asked_imports
from careteam.features.imports.undoing import may_undo, undo_practitioners
from careteam.kit import clock
from careteam.kit.db import db, own_transaction, reading
from careteam.kit.errors import CareteamError, Invalid

MANY = 500
"""Rows; more are left to the worker."""
READ_AT = 90
"""Percent when all rows are read; what is left is writing them."""


class Stage(Enum):
    """Where an import stands that was left to a worker."""

    NOT_ASKED = "not asked"
    WAITING = "waiting"
    WORKING = "working"
    FAILED = "failed"
    """It broke off, nothing was changed, and it waits to be asked for again."""


def stage_of(draft: ImportDraft) -> Stage:
    if draft.asked_at is None:
        return Stage.NOT_ASKED if draft.failed_at is None else Stage.FAILED
    return Stage.WORKING if is_in_hand(draft) else Stage.WAITING


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="import.asked")
def ask_for_import(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Leave it to the worker. Asking again changes nothing."""
    if draft.confirmed_at is None and draft.asked_at is None:
        draft.asked_at, draft.failed_at = clock.now(), None
        draft.working_since, draft.percent = None, 0
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="import.undo_asked")
def ask_to_undo(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Leave taking it back to the worker. Asking again changes nothing."""
    if may_undo(draft) and draft.asked_at is None:
        draft.asked_at, draft.failed_at = clock.now(), None
        draft.working_since, draft.percent = None, 0
    return draft


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="import.called_off")
def call_off_import(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """No longer ask a worker for it. Raises `Invalid` where one is at it."""
    if is_in_hand(draft):
        raise Invalid("The worker is at it already.")
    draft.asked_at = None
    return draft


def work_imports(stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Do what was asked for; one that breaks off is noted as failed, and raised for the log after
    the others were done."""
    with reading():
        asked = list_asked_imports()
        db.session.rollback()
    done: Counter[str] = Counter()
    faults = []
    for draft_id in asked:
        if stopping() or not _claim(draft_id):
            continue
        try:
            done.update(filter(None, [_do(draft_id)]))
        except CareteamError:
            db.session.rollback()
            _note(draft_id, asked_at=None, working_since=None, failed_at=clock.now())
        except Exception as fault:
            db.session.rollback()
            _note(draft_id, asked_at=None, working_since=None, failed_at=clock.now())
            faults.append(fault)
    if faults:
        raise ExceptionGroup("imports", faults)
    return f"Lists {', '.join(f'{what}: {n}' for what, n in done.items())}." if done else None


def _do(draft_id: UUID) -> str | None:
    """What was done: written or taken back; None where there is nothing to do any more."""
    with reading():
        found = find_asked_import(draft_id)
        if found is None:
            return None
        is_written = found[0].confirmed_at is not None
        rows = () if is_written else _read(draft_id, Brought.from_json(found[0].content))
        db.session.rollback()
    if is_written:
        return _take_back(draft_id)
    _report(draft_id, READ_AT)
    found = find_asked_import(draft_id)  # as it is now, in the transaction that writes
    if found is None or found[0].confirmed_at is not None:
        return None
    draft, actor = found
    confirm_import(actor=actor, draft=draft, rows=rows)
    db.session.commit()
    return "imported"


def _read(draft_id: UUID, brought: Brought) -> tuple[Draft, ...]:
    total = max(1, len(brought.rows))
    return read(brought, lambda number: _report(draft_id, READ_AT * number // total))


def _take_back(draft_id: UUID) -> str | None:
    found = find_asked_import(draft_id)
    if found is None:
        return None
    draft, actor = found
    undo_practitioners(actor=actor, draft=draft)
    db.session.commit()
    return "taken back"


def _claim(draft_id: UUID) -> bool:
    now = clock.now()
    free = or_(ImportDraft.working_since.is_(None), ImportDraft.working_since <= now - LASTS)
    with own_transaction() as connection:
        taken = connection.execute(
            update(ImportDraft)
            .where(ImportDraft.id == draft_id, ImportDraft.asked_at.is_not(None), free)
            .values(working_since=now, percent=0)
        )
        return bool(taken.rowcount)


def _report(draft_id: UUID, percent: int) -> None:
    _note(draft_id, working_since=clock.now(), percent=percent)


def _note(draft_id: UUID, **values: Any) -> None:
    with own_transaction() as connection:
        connection.execute(update(ImportDraft).where(ImportDraft.id == draft_id).values(values))
