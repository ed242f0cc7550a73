"""Ask the rules: of one row, of a list, of the actor alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement

from careteam.access.actor import Actor
from careteam.access.permissions import Permission
from careteam.access.reach import reach_of
from careteam.access.rules import RULES
from careteam.kit.errors import Forbidden, NotFound, SignInNeeded

P = ParamSpec("P")
S = TypeVar("S")


def allowed(actor: Actor, permission: Permission, row: Any = None) -> bool:
    """Whether the actor has the permission on `row`, or at all when it concerns no row."""
    return actor.is_known and RULES[permission].check(actor, row, reach_of(actor))


def within(actor: Actor, permission: Permission, model: Any) -> ColumnElement[bool]:
    """The rows of `model` on which the actor has the permission, as a condition of a query."""
    reach = reach_of(actor)
    found: ColumnElement[bool] = reach.once(
        (permission, model), lambda: RULES[permission].clause(actor, model, reach)
    )
    return found


def kept(build: Callable[Concatenate[Actor, P], S]) -> Callable[Concatenate[Actor, P], S]:
    """Marks what makes a statement from who asks, how far they reach, and a few plain arguments.

    It is made once a day for each reach, as making one costs as much as its answer. So nothing else
    may go into it but the day: an instant is read when it runs (`read_later`, `bindparam`).
    """

    @wraps(build)
    def made(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> S:
        asked = (build, args, tuple(kwargs.items()))
        found: S = reach_of(actor).once(asked, lambda: build(actor, *args, **kwargs))
        return found

    return made


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
