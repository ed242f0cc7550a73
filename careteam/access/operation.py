"""A change is a verb with a name behind it: checked, run, flushed and audited in one transaction.

Pages, links, commands and the API all change things through operations. An operation never
commits; the surface does, once, when everything that belongs together has succeeded. One that
refuses takes back everything that the transaction holds, its own and what went before it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.permissions import Permission
from careteam.access.reach import forget, reach_of
from careteam.audit import trail
from careteam.kit.db import broken_unique_columns, db
from careteam.kit.errors import CareteamError, Conflict
from careteam.kit.writing import write_changes

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
_entries: ContextVar[list[trail.Entry] | None] = ContextVar("entries", default=None)


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
            entries = _entries.get()
            if entries is not None:
                with trail.noticing(db.session()) as changes:
                    result = function(*args, **kwargs)
                about = result if trail.is_row(result) else row
                who = _as_written(actor, about, permission)
                entries.append(trail.Entry(who, action, about, frozenset(changes)))
                return result
            with trail.watching(db.session()) as changes, _whole_or_not():
                result = function(*args, **kwargs)
                db.session.flush()
            about = result if trail.is_row(result) else row
            trail.record(_as_written(actor, about, permission), action, about, changes)
            forget()
            return result

        return run

    return decorate


@contextmanager
def together() -> Iterator[None]:
    """Operations within are flushed and audited at its end, all at once.

    For a worker that does the same to many rows: the number of statements is then that of one. Such
    an operation must not need what a flush would give it, nor ask the database anything.
    """
    entries: list[trail.Entry] = []
    token = _entries.set(entries)
    try:
        with _whole_or_not():
            yield
            write_changes(db.session())
    finally:
        _entries.reset(token)
    trail.record_all(entries)
    forget()


STANDING_IN = "{name} (standing in)"


def _as_written(actor: Actor, about: Any, permission: Permission | None) -> Actor:
    """The actor as the trail names them: marked where they acted in the lead's place."""
    client_id = getattr(about, "client_id", None)
    if permission is None or client_id is None:
        return actor
    standing = reach_of(actor).standing(client_id)
    if standing is None or not standing.stands_in:
        return actor
    return replace(actor, name=STANDING_IN.format(name=actor.name))


def _check_signature(function: Callable[..., Any], on: str | None) -> None:
    parameters = inspect.signature(function).parameters
    for name, parameter in parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__name__}: {name} must be keyword-only")
    for name in filter(None, ("actor", on)):
        if name not in parameters:
            raise TypeError(f"{function.__name__}: needs the argument {name}")


@contextmanager
def _whole_or_not() -> Iterator[None]:
    """A refusal takes back all that the transaction holds. A page that catches it and answers with
    a word is committed, and would else keep what was begun, or show it.

    Whoever comes second is told so, wherever in the operation the database noticed.
    """
    try:
        yield
    except CareteamError:
        take_back()
        raise
    except StaleDataError:
        take_back()
        raise Conflict("Somebody else saved this a moment before you.") from None
    except IntegrityError as error:
        columns = broken_unique_columns(error)
        take_back()
        if not columns:
            raise
        field = sorted(columns)[0]
        raise Conflict("This is there already.", field=field) from None


def take_back() -> None:
    """Leave nothing of what the transaction changed, nor of what was known by it."""
    db.session.rollback()
    forget()
