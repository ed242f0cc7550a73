"""Migrations: foreign keys off on their connection, checked afterwards, one transaction for all.

SQLite changes a table by copying it; with foreign keys on, dropping the old copy would delete the
rows that point at it.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pysqlite3 import dbapi2
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from careteam.kit.db import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade_database() -> None:
    """Bring the database to the newest version. Raises RuntimeError when rows would dangle."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            # outside a transaction, where alone the setting takes effect
            _driver_pragma(connection, "OFF")
        try:
            with connection.begin():
                command.upgrade(configuration(connection), "head")
                if is_sqlite:
                    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if dangling:
                        raise RuntimeError(f"{len(dangling)} rows would lose what they point at")
        finally:
            if is_sqlite:
                _driver_pragma(connection, "ON")


def is_meant_here(
    item: SchemaItem, _name: str | None, kind: str, _reflected: bool, _other: Any
) -> bool:
    """For comparing models with a database: leaves out an index whose `info` says `only` and the
    name of another kind of database.
    """
    only = item.info.get("only") if kind == "index" else None
    return only is None or only == db.engine.dialect.name


def stamp_of() -> str | None:
    """The version the database has; None for an empty one."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _driver_pragma(connection: Connection, value: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA foreign_keys={value}")


def knows_version(file: Path) -> bool:
    """Whether the SQLite database in `file` has a version that this program has migrations to."""
    with closing(dbapi2.connect(str(file))) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    return row is not None and row[0] in known


def write_revision(message: str) -> str:
    """Write a migration for the difference between models and database; returns its file.

    For developers: the file is to be read, and completed where a comparison cannot know (triggers,
    data).
    """
    with db.engine.connect() as connection:
        script = command.revision(configuration(connection), message=message, autogenerate=True)
    assert not isinstance(script, list)
    assert script is not None
    return script.path
