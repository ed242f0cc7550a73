"""The version of the network: a counter that moves with whatever changes its counted ties, or what
is kept beside them of the people: main discipline, first place of work, whether they take clients.

It is moved right before the transaction that changed them is committed, so that both are kept
together or neither, and so that its row is held for an instant only.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import event, insert, inspect, update
from sqlalchemy.orm import ORMExecuteState, Session

from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner, PractitionerDiscipline, Workplace
from careteam.features.network.models import NetworkVersion
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.queries import UNCOUNTED
from careteam.kit import writing
from careteam.kit.db import db

_MOVED = "network moved"
_WATCHED: dict[type[Any], tuple[str, ...]] = {
    Referral: ("status", "accepted_at", "sender_id", "receiver_id", "happened_on", "sent_at"),
    Practitioner: ("retired_at", "accepting"),
    PractitionerDiscipline: ("position",),
    Workplace: ("place", "position"),
    Account: ("keeps_ties_private", "practitioner_id"),
    Client: (),
}
"""Columns that enter or leave the aggregate, or stand in what is gathered. With a client the
referrals about them go as well."""


def follow() -> None:
    """Notice every change from now on. Asking twice is the same as once."""
    for name, listener in (
        ("before_flush", _notice_rows),
        ("do_orm_execute", _notice_statement),
        ("before_commit", _move),
        ("after_soft_rollback", _forget),
    ):
        if not event.contains(Session, name, listener):
            event.listen(Session, name, listener)
    if _notice_rows not in writing.TOLD:
        writing.TOLD.append(_notice_rows)


def _notice_rows(session: Session, *_: Any) -> None:
    if _MOVED in session.info:
        return
    changed = [
        *((row, True) for row in (*session.new, *session.deleted)),
        *((row, False) for row in session.dirty),
    ]
    if any(_counts(row) if whole else _differs(row) for row, whole in changed):
        session.info[_MOVED] = True


def _counts(row: Any) -> bool:
    """Whether a row that comes or goes enters the aggregate. A new member hides nothing yet."""
    if isinstance(row, Referral):
        return row.status not in UNCOUNTED
    if isinstance(row, Practitioner | PractitionerDiscipline | Workplace):
        return True
    if isinstance(row, Account):
        return bool(row.keeps_ties_private)
    return isinstance(row, Client) and inspect(row).persistent


def _differs(row: Any) -> bool:
    names = _WATCHED.get(type(row), ())
    histories = {name: inspect(row).attrs[name].history for name in names}
    changed = {name for name, history in histories.items() if history.has_changes()}
    if not isinstance(row, Referral):
        return bool(changed)
    was = histories["status"].deleted if "status" in changed else (row.status,)
    statuses = {row.status, *was}
    if not was or not statuses <= set(UNCOUNTED):
        is_in = {status not in UNCOUNTED for status in statuses}
        return len(is_in) == 2 or not was or bool(changed - {"status"})
    return False


def _notice_statement(state: ORMExecuteState) -> None:
    """Statements that write many rows at once are not looked into: they move it."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    if state.bind_mapper is not None and state.bind_mapper.class_ in _WATCHED:
        state.session.info[_MOVED] = True


def _move(session: Session) -> None:
    session.flush()
    if session.info.pop(_MOVED, False):
        move()


def _forget(session: Session, *_: Any) -> None:
    session.info.pop(_MOVED, None)


def move(by: int = 1) -> None:
    """Move the counter in the running transaction."""
    connection, mark = db.session.connection(), uuid4().hex
    moved = connection.execute(
        update(NetworkVersion).values(number=NetworkVersion.number + by, mark=mark)
    )
    if not moved.rowcount:
        connection.execute(insert(NetworkVersion).values(id=1, number=by, mark=mark))


def is_moving() -> bool:
    """Whether the running transaction has changed what the mark of the last does not stand for."""
    return _MOVED in db.session.info
