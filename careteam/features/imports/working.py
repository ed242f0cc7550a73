"""Long imports, which a worker does beside the pages and says how far it is.

Nothing is held while the rows are read; then all is written in one transaction. A worker that is
killed leaves a claim that runs out, and nothing half written.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import or_, update

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.imports.contents import Brought, read
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.operations import LASTS, confirm_import, is_in_hand, need_open
from careteam.features.imports.queries import find_asked_import, list_asked_imports
from careteam.kit import clock
from careteam.kit.db import db, own_transaction, reading
from careteam.kit.errors import CareteamError

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
    """It broke off, nothing was written, and it waits to be asked for again."""


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


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="import.called_off")
def call_off_import(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Take it back while no worker is at it. Raises `Invalid` where one is."""
    need_open(draft)
    draft.asked_at = None
    return draft


def work_imports(stopping: Callable[[], bool] = lambda: False) -> str | None:
    """Do what was asked for; one that breaks off is noted as failed, and raised for the log after
    the others were done."""
    with reading():
        asked = list_asked_imports()
        db.session.rollback()
    done, faults = 0, []
    for draft_id in asked:
        if stopping() or not _claim(draft_id):
            continue
        try:
            done += _do(draft_id)
        except CareteamError:
            db.session.rollback()
            _note(draft_id, asked_at=None, working_since=None, failed_at=clock.now())
        except Exception as fault:
            db.session.rollback()
            _note(draft_id, asked_at=None, working_since=None, failed_at=clock.now())
            faults.append(fault)
    if faults:
        raise ExceptionGroup("imports", faults)
    return f"Lists imported: {done}." if done else None


def _do(draft_id: UUID) -> bool:
    with reading():
        found = find_asked_import(draft_id)
        if found is None:
            return False
        brought = Brought.from_json(found[0].content)
        total = max(1, len(brought.rows))
        rows = read(brought, lambda number: _report(draft_id, READ_AT * number // total))
        db.session.rollback()
    _report(draft_id, READ_AT)
    found = find_asked_import(draft_id)  # as it is now, in the transaction that writes
    if found is None or found[0].confirmed_at is not None:
        return False
    draft, actor = found
    confirm_import(actor=actor, draft=draft, rows=rows)
    db.session.commit()
    return True


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
