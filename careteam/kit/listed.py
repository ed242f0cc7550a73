"""Conditions on a list that is sent to the database as one value.

`in_` names each value of a list by itself: a page that asks nine times about forty clients then
readies hundreds of values for each look. Sent as one, as JSON, a list costs the same whatever its
length, and the statement stays the same as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, String, Uuid, bindparam, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Values(FunctionElement[Any]):
    """The values of one JSON list, of the type of the column that they are compared with."""

    name = "listed_values"
    inherit_cache = True


@compiles(_Values)
def _in_sqlite(element: _Values, compiler: SQLCompiler, **more: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **more)}))"


@compiles(_Values, "postgresql")
def _in_postgresql(element: _Values, compiler: SQLCompiler, **more: Any) -> str:
    given = compiler.process(element.clauses, **more)
    kind = "UUID" if isinstance(element.type, Uuid) else "TEXT"
    return f"(SELECT CAST(value AS {kind}) FROM json_array_elements_text(CAST({given} AS JSON)))"


def among(column: Any, values: Iterable[UUID] | Iterable[str]) -> ColumnElement[bool]:
    """`column.in_(values)`."""
    return _among(column, bindparam(None, listed(values), unique=True, type_=String()))


def among_bound(column: Any, name: str) -> ColumnElement[bool]:
    """`column.in_(bindparam(name, expanding=True))`, whose value is to be `listed`."""
    return _among(column, bindparam(name, type_=String()))


def one_of(column: Any, values: Iterable[str]) -> ColumnElement[bool]:
    """`column.in_(values)` for a few words that are always the same. `in_` spreads its values over
    the statement each time it runs, even of one that was put together once.
    """
    return or_(*(column == value for value in values))


def _among(column: Any, given: BindParameter[str]) -> ColumnElement[bool]:
    values = _Values(given)
    values.type = column.type
    found: ColumnElement[bool] = column.op("IN", is_comparison=True)(values)
    return found


def listed(values: Iterable[UUID] | Iterable[str]) -> str:
    """As the database takes them; a key as it is stored."""
    return json.dumps([each.hex if isinstance(each, UUID) else each for each in values])
