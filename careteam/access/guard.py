"""Ask the rules: of one row, of a list, of the actor alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.access.reach import NOBODY, reach_of
from careteam.access.rules import RULES
from careteam.kit.errors import Forbidden, NotFound, SignInNeeded


def allowed(actor: Actor, permission: Permission, row: Any = None) -> bool:
    """Whether the actor has the permission on `row`, or at all when it concerns no row."""
    return actor.is_known and RULES[permission].check(actor, row, reach_of(actor))


def within(actor: Actor, permission: Permission, model: Any) -> ColumnElement[bool]:
    """The rows of `model` on which the actor has the permission, as a condition of a query.

    A page asks for the same one several times, so a reach keeps what was made of it while it lasts.
    """
    reach = reach_of(actor)
    if reach is NOBODY:
        return RULES[permission].clause(actor, model, reach)
    asked = (actor, permission, model)
    if asked not in reach.clauses:
        reach.clauses[asked] = RULES[permission].clause(actor, model, reach)
    found: ColumnElement[bool] = reach.clauses[asked]
    return found


def require(
    actor: Actor, permission: Permission, row: Any = None, *, seen: bool | None = None
) -> None:
    """Raise unless allowed.

    `NotFound` where the actor may not even see the row, `Forbidden` where they may. A row knows
    which permission shows it (`READ_PERMISSION`); `seen` answers instead where it does not.
    """
    if allowed(actor, permission, row):
        return
    if not actor.is_known:
        raise SignInNeeded
    reads = getattr(row, "READ_PERMISSION", None)
    visible = seen if seen is not None else bool(reads and allowed(actor, reads, row))
    if row is None or visible:
        raise Forbidden
    raise NotFound
