"""A database made by migrations is the database the models describe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import text

from careteam import create_app
from careteam.audit.append_only import APPEND_ONLY
from careteam.kit.db import Base, db
from careteam.kit.migrating import is_meant_here, stamp_of, upgrade_database
from careteam.settings import Settings
from tests.support.database import TestDatabase


@pytest.fixture
def fresh(app: Flask, database: TestDatabase, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database holds nothing yet."""
    if database.file is None:
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        yield app
        return
    made = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path / 'fresh.sqlite3'}",
            data_folder=tmp_path,
            secret_key="k" * 40,
            testing=True,
        )
    )
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _put_back(app: Flask, database: TestDatabase) -> Iterator[None]:
    yield
    if database.file is None:
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        Base.metadata.create_all(db.engine)


def test_migrations_make_what_the_models_describe(fresh: Flask) -> None:
    with fresh.app_context():
        upgrade_database()
        with db.engine.connect() as connection:
            opts = {"compare_type": True, "include_object": is_meant_here}
            context = MigrationContext.configure(connection, opts=opts)
            differences = compare_metadata(context, Base.metadata)
            assert differences == []
        assert stamp_of() is not None


def test_migrated_trails_only_grow(fresh: Flask) -> None:
    with fresh.app_context():
        upgrade_database()
        with db.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                statement = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
            else:
                statement = (
                    "SELECT event_object_table FROM information_schema.triggers "
                    "WHERE trigger_schema = 'public'"
                )
            assert set(connection.scalars(text(statement))) == set(APPEND_ONLY)


def test_upgrading_twice_changes_nothing(fresh: Flask) -> None:
    with fresh.app_context():
        upgrade_database()
        before = stamp_of()
        upgrade_database()
        assert stamp_of() == before
