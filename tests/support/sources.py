"""The project's own files, for tests that read code instead of running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {"vendor", "__pycache__", "node_modules"}
FOLDERS = ("careteam", "templates", "tests", "tools", "docs", ".ci")


def files(*folders: str, endings: tuple[str, ...] = ()) -> Iterator[Path]:
    """Files below these folders of the project, without what tools made, in order."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            wanted = not endings or path.suffix in endings
            if path.is_file() and wanted and not MADE & set(path.relative_to(ROOT).parts):
                yield path


def all_files() -> Iterator[Path]:
    """Everything the project consists of, the files of its top folder too."""
    yield from files(*FOLDERS)
    own = (path for path in sorted(ROOT.iterdir()) if path.is_file())
    yield from (path for path in own if path.suffix not in (".sqlite3", ".db"))


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(*folders, endings=(".py",)):
        yield path, parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path, line: int | None = None) -> str:
    """`careteam/kit/db.py:12`, to be found at once."""
    place = path.relative_to(ROOT).as_posix()
    return f"{place}:{line}" if line else place


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Each call with the last part of what is called: `select` for `sa.select(...)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node


def imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Full names of what is imported, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
