"""The database of a test run: a SQLite file put back as it was, or emptied PostgreSQL tables."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import Connection, event, text

from careteam.access.reach import forget
from careteam.kit import clock
from careteam.kit.db import Base, db
from tests.support.logged import Kept, LoggedFile, leave_in_the_log
from tests.support.memory import folder_in_memory

UNCHECKED = "SET LOCAL session_replication_role = replica"
"""Foreign keys are not looked at in this transaction, so that the order does not matter."""
COUNTERS = (
    "SELECT quote_ident(sequencename) AS name, last_value FROM pg_sequences"
    " WHERE last_value IS NOT NULL"
)
WRITES = ("INSERT", "UPDATE", "DELETE")
EMPTY = ""
Made = TypeVar("Made")


def make_used_tables(connection: Connection) -> None:
    """A function of the server, which plans it once a connection; it reads a row of each table.

    In a schema of its own, which stays when a test makes the tables anew.
    """
    tables = Base.metadata.tables
    each = (f"SELECT '{t}' WHERE EXISTS (SELECT FROM public.{t})" for t in tables)
    asked = f"BEGIN RETURN QUERY {' UNION ALL '.join(each)}; END"
    connection.exec_driver_sql("CREATE SCHEMA asking")
    connection.exec_driver_sql(
        f"CREATE FUNCTION asking.used_tables() RETURNS SETOF text LANGUAGE plpgsql AS $${asked}$$"
    )


def used_tables(connection: Connection) -> list[str]:
    return list(connection.exec_driver_sql("SELECT asking.used_tables()").scalars())


def empty(connection: Connection) -> None:
    """Quicker than TRUNCATE, which makes files anew for every table and index."""
    for_each = [f"DELETE FROM public.{table}" for table in used_tables(connection)]
    counters = connection.exec_driver_sql(COUNTERS).all()
    for_each += [f"ALTER SEQUENCE {row.name} RESTART" for row in counters]
    connection.exec_driver_sql("; ".join([UNCHECKED, *for_each]))


@dataclass
class TestDatabase:
    """`url` for settings. `clean` brings it back to empty tables between tests.

    `made_once` fills the tables by making the rows, later by copies of them; either in place of
    whatever is there. `here` names the copy that the tables still are: the first row that is
    written ends it.
    """

    __test__ = False

    url: str
    file: Path | None = None
    logged: LoggedFile | None = None
    kept: dict[str, Kept] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    fillings: dict[str, str] = field(default_factory=dict)
    made_at: dict[str, datetime] = field(default_factory=dict)
    here: str = ""

    @classmethod
    @contextmanager
    def started(cls, kind: str) -> Iterator[TestDatabase]:
        if kind == "postgresql":
            from tests.support.postgres import server_url

            yield cls(server_url())
            return
        with tempfile.TemporaryDirectory(dir=folder_in_memory(), prefix="careteam-test-") as place:
            file = Path(place) / "test.sqlite3"
            database = cls(f"sqlite:///{file}", file)
            try:
                yield database
            finally:
                if database.logged:
                    database.logged.close()

    def make_tables(self, app: Flask) -> None:
        with app.app_context():
            Base.metadata.drop_all(db.engine)
            Base.metadata.create_all(db.engine)
            event.listen(db.engine, "after_cursor_execute", self._note)
            if self.file:
                db.engine.dispose()
                event.listen(db.engine, "connect", leave_in_the_log)
                self.logged = LoggedFile(self.file)
                self.kept[EMPTY] = self.logged.keep()
                return
            db.engine.pool._pre_ping = False  # nobody stops this server between two requests
            with db.engine.begin() as connection:
                make_used_tables(connection)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(WRITES):
            self.here = ""

    def _put_log_back(self, name: str) -> None:
        assert self.logged
        if self.logged.was_moved or db.engine.pool.checkedout():  # type: ignore[attr-defined]
            db.engine.dispose()
            self.logged.begin_again()
        self.logged.put_back(self.kept[name])

    def made_once(self, app: Flask, name: str, make: Callable[[], Made]) -> Made:
        """What `make` gave the first time; it must hold no rows. `name` is a plain word."""
        if name in self.made:
            self._put_back(app, name)
        else:
            self.clean(app)
            self.made[name] = make()
            db.session.rollback()  # a reader would keep what is new out of the copied file
            self._keep(app, name)
        self.here, self.made_at[name] = name, clock.now()
        made: Made = self.made[name]
        return made

    def made_from_here(self, app: Flask, name: str, make: Callable[[], Made]) -> Made:
        """As `made_once`, on top of what is there, where that is a copy and the time is its own.

        Else `make` is called, as after a change of the test's.
        """
        session, now = db.session, clock.now()
        on_top = f"{self.here}_{name}"
        if not self.here or session.new or session.dirty or self.made_at[self.here] != now:
            return make()
        if on_top in self.made:
            self._put_back(app, on_top)
        else:
            self.made[on_top] = make()
            session.commit()
            session.remove()
            self._keep(app, on_top)
        forget()
        self.here, self.made_at[on_top] = on_top, now
        made: Made = self.made[on_top]
        return made

    def _keep(self, app: Flask, name: str) -> None:
        with app.app_context():
            if self.logged:
                self.kept[name] = self.logged.keep()
            else:
                with db.engine.begin() as connection:
                    connection.execute(text(f"CREATE SCHEMA kept_{name}"))
                    used = used_tables(connection)
                    for table in used:
                        copy = f"CREATE TABLE kept_{name}.{table} AS TABLE public.{table}"
                        connection.execute(text(copy))
                    counters = connection.exec_driver_sql(COUNTERS)
                    back = [f"INSERT INTO public.{t} TABLE kept_{name}.{t}" for t in used]
                    back += [f"SELECT setval('{row.name}', {row.last_value})" for row in counters]
                    self.fillings[name] = "; ".join(back)

    def _put_back(self, app: Flask, name: str) -> None:
        with app.app_context():
            db.session.remove()
            if self.logged:
                self._put_log_back(name)
            else:
                with db.engine.begin() as connection:
                    empty(connection)
                    connection.exec_driver_sql(self.fillings[name])

    def clean(self, app: Flask) -> None:
        self.here = ""
        with app.app_context():
            db.session.remove()
            if self.logged:
                self._put_log_back(EMPTY)
            else:
                with db.engine.begin() as connection:
                    empty(connection)


def once(name: str, make: Callable[[], Made]) -> Made:
    """What many tests begin with on top of their fixture; see `TestDatabase.made_from_here`."""
    database: TestDatabase = current_app.extensions["test_database"]
    return database.made_from_here(current_app, name, make)
