"""Questions to the database stand in one kind of place, and rows never fetch on their own."""

from __future__ import annotations

import ast

from tests.support.sources import calls, modules, named

REACH = "careteam/features/teams/reach.py"
ENGINE = "careteam/kit/db.py"


def may_ask(place: str) -> bool:
    """Files that say so in their name: `queries.py`, `seated_queries.py`, a `queries` folder."""
    asks = place.endswith(("/queries.py", "_queries.py")) or "/queries/" in place
    return asks or place in (REACH, ENGINE) or place.startswith("careteam/migrations/")


def from_sqlalchemy(tree: ast.Module) -> set[str]:
    """Names this module took from SQLAlchemy, so that a method called `text` is no match."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in ("select", "text")
    }


def test_select_and_text_stand_only_in_queries():
    found = [
        named(path, call.lineno)
        for path, tree in modules("careteam")
        if not may_ask(named(path))
        for taken in [from_sqlalchemy(tree)]
        for name, call in calls(tree)
        if (
            (isinstance(call.func, ast.Name) and name in taken)
            or ast.unparse(call.func) in ("sa.select", "sa.text", "db.select", "db.text")
        )
    ]
    assert found == []


def test_relationships_refuse_to_load_on_their_own():
    lazy = [
        named(path, call.lineno)
        for path, tree in modules("careteam")
        for name, call in calls(tree)
        if name == "relationship"
        and not any(k.arg == "lazy" and ast.unparse(k.value) == "'raise'" for k in call.keywords)
    ]
    assert lazy == []


def test_routes_name_no_methods():
    """One route, one method: `@room.get`, `@room.post`. The blueprint itself says it once."""
    several = [
        named(path, call.lineno)
        for path, tree in modules("careteam/web", "careteam/api")
        for _, call in calls(tree)
        if any(keyword.arg == "methods" for keyword in call.keywords)
        and not named(path).startswith("careteam/web/frame/")
    ]
    assert several == []
