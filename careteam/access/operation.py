"""A change is a verb with a name behind it: checked, run, flushed and audited in one transaction.

Pages, links, commands and the API all change things through operations. An operation never
commits; the surface does, once, when everything that belongs together has succeeded.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.access.reach import forget
from careteam.audit import trail
from careteam.kit.db import broken_unique_columns, db
from careteam.kit.errors import Conflict

Params = ParamSpec("Params")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Declared:
    """What an operation says of itself; tests walk these."""

    name: str
    permission: Permission | None
    on: str | None
    action: str


OPERATIONS: dict[str, Declared] = {}


def operation(
    permission: Permission | None, *, on: str | None = None, action: str
) -> Callable[[Callable[Params, Result]], Callable[Params, Result]]:
    """Guard and audit a change.

    The function takes keyword arguments only, `actor` among them; `on` names the argument whose row
    the permission is asked of. `permission=None` is for changes before anybody is known (signing
    in, first set-up) and for the application itself. `action` must have a sentence in
    `audit/sentences.py`.
    """

    def decorate(function: Callable[Params, Result]) -> Callable[Params, Result]:
        _check_signature(function, on)
        name = f"{function.__module__}.{function.__name__}"
        OPERATIONS[name] = Declared(name, permission, on, action)

        @wraps(function)
        def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]
            row: Any = kwargs[on] if on else None
            if permission is not None:
                require(actor, permission, row)
            with trail.watching(db.session()) as changes, _told_plainly():
                result = function(*args, **kwargs)
                db.session.flush()
            trail.record(actor, action, result if trail.is_row(result) else row, changes)
            forget()
            return result

        return run

    return decorate


def _check_signature(function: Callable[..., Any], on: str | None) -> None:
    parameters = inspect.signature(function).parameters
    for name, parameter in parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__name__}: {name} must be keyword-only")
    for name in filter(None, ("actor", on)):
        if name not in parameters:
            raise TypeError(f"{function.__name__}: needs the argument {name}")


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Whoever comes second is told so, wherever in the operation the database noticed."""
    try:
        yield
    except StaleDataError:
        db.session.rollback()
        raise Conflict("Somebody else saved this a moment before you.") from None
    except IntegrityError as error:
        columns = broken_unique_columns(error)
        db.session.rollback()
        if not columns:
            raise
        field = sorted(columns)[0]
        raise Conflict("This is there already.", field=field) from None
