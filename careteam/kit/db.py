"""The database: one declarative base, column types, and transactions that say what they are.

A GET reads in a plain `BEGIN` on a connection that refuses writes; everything else writes in
`BEGIN IMMEDIATE`, because SQLite refuses to turn a read into a write once another has written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BindParameter,
    DateTime,
    Engine,
    Executable,
    Index,
    MetaData,
    String,
    Uuid,
    bindparam,
    column,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from careteam.kit import clock

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
OLDEST_SQLITE = (3, 51, 3)
"""Versions before it can corrupt a write-ahead log when two connections write at one instant."""

STATEMENTS = 256
"""That a connection keeps ready: those of some ten different pages."""

_reading: ContextVar[bool] = ContextVar("reading", default=False)


class UTCInstant(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@lru_cache(maxsize=8192)
def _key(stored: str) -> UUID:
    return UUID(stored)


class Key(Uuid[UUID]):
    """A key. Where the database has no type for it, it is text: a page reads the same keys again
    and again, and understanding one takes longer than reading it."""

    cache_ok = True

    def result_processor(self, dialect: Any, coltype: Any) -> Any:
        if dialect.supports_native_uuid:
            return super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return lambda stored: None if stored is None else _key(stored)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {
        datetime: UTCInstant(),
        UUID: Key(),
        str: String(),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[str]: JSON().with_variant(JSONB(), "postgresql"),
    }


class Keyed:
    """A row with an unguessable key, which a form may propose so that it is saved once."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Versioned:
    """A row people edit together: `version` counts its changes and travels in every form."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Stamped:
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


def read_later(read: Callable[[], Any], type_: Any) -> BindParameter[Any]:
    """A value that is read each time a statement runs, so that a condition on it can be kept.

    For what is the same for everybody, such as the time.
    """
    return bindparam(None, callable_=read, unique=True, type_=type_)


def new_to_somebody(table: str, by: str) -> Index:
    """For a table of which nearly all rows have been seen (`seen_at`): finds the few others."""
    unseen = column("seen_at").is_(None)
    name = f"ix_{table}_new_by_{by}"
    return Index(name, by, sqlite_where=unseen, postgresql_where=unseen)


db = SQLAlchemy(disable_autonaming=True)
"""Engine and session only: models stand on `Base`, so that the extension could be left."""


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine of `url`; SQLite goes through a driver with a current library."""
    common: dict[str, Any] = {
        # The connection that was used last has its statements ready.
        "pool_use_lifo": True,
        # All rooms together send some two thousand; the library keeps 500 unless told.
        "query_cache_size": 2000,
    }
    if make_url(url).get_backend_name() == "sqlite":
        from pysqlite3 import dbapi2

        return common | {
            "module": dbapi2,
            "pool_size": 5,
            "max_overflow": 5,
            "connect_args": {"cached_statements": STATEMENTS},
        }
    return common | {
        "pool_size": 2,
        "max_overflow": 3,
        "pool_recycle": 1800,
        "pool_pre_ping": True,
        "connect_args": {
            "options": "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
        },
    }


class _KeepsReady(SQLiteCompiler):
    """`LIMIT +?`: SQLite looks into a bare `LIMIT ?` for its plan, and so forgets what it has ready
    of the statement whenever the value is given again, be it the same.
    """

    def limit_clause(self, select: Any, **more: Any) -> str:
        found: str = super().limit_clause(select, **more)  # type: ignore[no-untyped-call]
        return found.replace("LIMIT ", "LIMIT +")


def prepare(engine: Engine) -> None:
    """Give every connection its settings and every transaction its kind."""
    if engine.dialect.name == "sqlite":
        engine.dialect.statement_compiler = _KeepsReady
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _set_up_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
        _end_reading_by_commit(engine.dialect)


def check_engine(engine: Engine) -> None:
    """Refuse a database that cannot keep its promises. Raises RuntimeError with the reason."""
    if engine.dialect.name != "sqlite":
        return
    from pysqlite3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {dbapi2.sqlite_version} can lose data; 3.51.3 is the oldest.")
    with reading(), engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    if mode != "wal":
        raise RuntimeError(
            f"The database's journal mode is {mode}, not wal: keep its file on a local disk."
        )


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (
        "busy_timeout=5000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "mmap_size=0",
        "cache_size=-20000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Whether it may write is said only where that changes: at each saying SQLite forgets all the
    statements that the connection keeps ready, and readying one takes longer than its answer.
    """
    only_reads = _reading.get()
    if connection.info.get("only_reads", False) is not only_reads:
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if only_reads else 'OFF'}")
        connection.info["only_reads"] = only_reads
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    connection.prepared_max = STATEMENTS


def _begin_postgresql(connection: Connection) -> None:
    """The driver says it with its BEGIN, so that it is no question of its own."""
    from psycopg import IsolationLevel

    only_reads = _reading.get()
    driver: Any = connection.connection.driver_connection
    if bool(driver.read_only) is not only_reads:
        driver.read_only = only_reads or None
        driver.isolation_level = IsolationLevel.REPEATABLE_READ if only_reads else None


def _end_reading_by_commit(dialect: Any) -> None:
    """At a ROLLBACK the driver forgets all statements that it keeps ready, for what they name might
    have gone with it. What only read can end either way.
    """
    take_back = dialect.do_rollback

    def end(connection: Any) -> None:
        only_reads = connection.driver_connection.read_only
        (dialect.do_commit if only_reads else take_back)(connection)

    dialect.do_rollback = end


def mark_request(*, reads: bool) -> None:
    """Say of the request now beginning whether it may only read."""
    _reading.set(reads)


@contextmanager
def reading() -> Iterator[None]:
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def columns_of(statement: Executable, values: Mapping[str, Any] | None = None) -> Any:
    """What a statement finds that reads columns only. As `db.session.execute`, but past what the
    session does to make objects, which takes as long as asking.
    """
    db.session.flush()
    return db.session.connection().execute(statement, values)


@contextmanager
def own_transaction() -> Iterator[Connection]:
    """A short writing transaction beside the session's, committed at its end."""
    token = _reading.set(False)
    try:
        with db.engine.begin() as connection:
            yield connection
    finally:
        _reading.reset(token)


@contextmanager
def read_connection() -> Iterator[Connection]:
    """A connection for looking something up without ever waiting for a writer.

    That of the session while the request only reads; a second one where the session may write, so
    that a look-up after a commit does not take the write lock again.
    """
    if _reading.get():
        yield db.session.connection()
        return
    with reading(), db.engine.connect() as connection:
        yield connection


def broken_unique_columns(error: IntegrityError) -> set[str]:
    """The column names of the unique constraint that `error` reports; empty for other kinds."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        name = diagnosis.constraint_name or ""
        for table in Base.metadata.tables.values():
            for constraint in table.constraints:
                if constraint.name == name:
                    return {column.name for column in getattr(constraint, "columns", ())}
        return set()
    text = str(error.orig)
    if "UNIQUE constraint failed:" not in text:
        return set()
    return {part.strip().rpartition(".")[2] for part in text.split(":", 1)[1].split(",")}
