"""The database of a test run: a SQLite file put back from a copy, or emptied PostgreSQL tables."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection, func, select, text

from careteam.kit.db import Base, db

FOR_EACH_USED = """
DO $$
DECLARE
    it record;
    is_used boolean;
BEGIN
    FOR it IN SELECT tablename AS name FROM pg_tables WHERE schemaname = '{schema}' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM {schema}.%I)', it.name) INTO is_used;
        IF is_used THEN
            EXECUTE format('{command}', it.name);
        END IF;
    END LOOP;
END $$
"""
"""On each table of a schema that holds rows; its name is `%1$I` in the command."""
UNCHECKED = "SET LOCAL session_replication_role = replica"
"""Foreign keys are not looked at in this transaction, so that the order does not matter."""
RESTART_COUNTERS = """
DO $$
DECLARE
    it record;
BEGIN
    FOR it IN SELECT format('%I', sequencename) AS name FROM pg_sequences WHERE last_value > 0 LOOP
        EXECUTE 'ALTER SEQUENCE ' || it.name || ' RESTART';
    END LOOP;
END $$
"""
COUNTERS = (
    "SELECT format('%I', sequencename) AS name, last_value FROM pg_sequences"
    " WHERE last_value IS NOT NULL"
)
Made = TypeVar("Made")


def on_each_used(connection: Connection, schema: str, command: str) -> None:
    connection.execute(text(FOR_EACH_USED.format(schema=schema, command=command)))


def empty(connection: Connection) -> None:
    """Quicker than TRUNCATE, which makes files anew for every table and index."""
    connection.execute(text(UNCHECKED))
    on_each_used(connection, "public", "DELETE FROM public.%1$I")
    connection.execute(text(RESTART_COUNTERS))


@dataclass
class TestDatabase:
    """`url` for settings. `clean` brings it back to empty tables between tests.

    `made_once` fills the tables by making the rows, later by copies of them; either in place of
    whatever is there.
    """

    __test__ = False

    url: str
    file: Path | None = None
    made: dict[str, Any] = field(default_factory=dict)
    counters: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def started(cls, kind: str, folder: Path, fast_folder: Path | None) -> Iterator[TestDatabase]:
        if kind == "postgresql":
            from tests.support.postgres import server_url

            yield cls(server_url())
            return
        with tempfile.TemporaryDirectory(dir=fast_folder, prefix="careteam-test-") as place:
            file = Path(place) / "test.sqlite3"
            yield cls(f"sqlite:///{file}", file)

    def make_tables(self, app: Flask) -> None:
        with app.app_context():
            Base.metadata.drop_all(db.engine)
            Base.metadata.create_all(db.engine)
            if self.file:
                self._copy_to(self.file.with_suffix(".empty"))

    def _copy_to(self, copy: Path) -> None:
        assert self.file
        with db.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
        shutil.copy(self.file, copy)

    def _copy_from(self, copy: Path) -> None:
        assert self.file
        db.engine.dispose()
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copy(copy, self.file)

    def made_once(self, app: Flask, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gave the first time; it must hold no rows. `name` is a plain word."""
        if name in self.made:
            self._put_back(app, name)
        else:
            self.clean(app)
            self.made[name] = make()
            db.session.rollback()  # a reader would keep what is new out of the copied file
            self._keep(app, name)
        made: Made = self.made[name]
        return made

    def _keep(self, app: Flask, name: str) -> None:
        with app.app_context():
            if self.file:
                self._copy_to(self.file.with_suffix(f".{name}"))
            else:
                with db.engine.begin() as connection:
                    connection.execute(text(f"CREATE SCHEMA kept_{name}"))
                    copy = f"CREATE TABLE kept_{name}.%1$I AS TABLE public.%1$I"
                    on_each_used(connection, "public", copy)
                    rows = connection.execute(text(COUNTERS))
                    self.counters[name] = {row.name: row.last_value for row in rows}

    def _put_back(self, app: Flask, name: str) -> None:
        with app.app_context():
            db.session.remove()
            if self.file:
                self._copy_from(self.file.with_suffix(f".{name}"))
            else:
                with db.engine.begin() as connection:
                    empty(connection)
                    copy = f"INSERT INTO public.%1$I TABLE kept_{name}.%1$I"
                    on_each_used(connection, f"kept_{name}", copy)
                    for counter, number in self.counters[name].items():
                        connection.execute(select(func.setval(counter, number)))

    def clean(self, app: Flask) -> None:
        with app.app_context():
            db.session.remove()
            if self.file:
                self._copy_from(self.file.with_suffix(".empty"))
            else:
                with db.engine.begin() as connection:
                    empty(connection)
