"""Transactions, instants and the engine's promises."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, insert, select
from sqlalchemy.exc import DBAPIError, StatementError

from careteam.features.accounts.models import Community, FailedTry
from careteam.kit.db import check_engine, columns_of, db, own_transaction, reading

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_instant_comes_back_in_utc_whatever_zone_it_had(app: Flask) -> None:
    db.session.add(FailedTry(key_hash="k", at=NOON.astimezone(timezone(timedelta(hours=9)))))
    db.session.commit()
    db.session.expire_all()
    assert db.session.query(FailedTry).one().at == NOON


def test_instant_without_a_zone_is_refused(app: Flask) -> None:
    db.session.add(FailedTry(key_hash="k", at=datetime(2026, 3, 4, 12, 0)))
    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()
    db.session.rollback()


def test_reading_transaction_cannot_write(app: Flask) -> None:
    with reading():
        db.session.add(Community(name="Harbour Road"))
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()
    db.session.add(Community(name="Harbour Road"))
    db.session.commit()


def test_each_transaction_may_write_or_not_whatever_the_one_before_it_could(app: Flask) -> None:
    """On one connection, which is told only where that changes."""
    told = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "query_only" in statement:
            told.append(statement.rpartition("=")[2])

    db.session.connection()
    db.session.rollback()
    event.listen(db.engine, "before_cursor_execute", note)
    for only_reads in (True, True, False, False, True):
        with reading() if only_reads else nullcontext():
            asked = insert(FailedTry).values(key_hash="k", at=NOON)
            with pytest.raises(DBAPIError) if only_reads else nullcontext():
                db.session.execute(asked)
            db.session.rollback()
    event.remove(db.engine, "before_cursor_execute", note)
    assert told == (["ON", "OFF", "ON"] if db.engine.dialect.name == "sqlite" else [])


def test_statements_stay_ready_from_one_reading_to_the_next(app: Flask) -> None:
    """The driver readies on PostgreSQL what comes again; SQLite's keeps it from the first time."""
    ready = (
        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%FROM failed_tries%%'"
    )
    for _ in range(10):
        with reading():
            db.session.scalars(select(FailedTry)).all()
            db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        assert db.session.connection().exec_driver_sql(ready).scalar() == 1


def test_limit_is_nothing_that_sqlite_makes_its_plan_for(app: Flask) -> None:
    db.session.execute(insert(FailedTry), [{"key_hash": key, "at": NOON} for key in "abcd"])
    asked = select(FailedTry.key_hash).order_by(FailedTry.key_hash)
    assert list(db.session.scalars(asked.limit(2).offset(1))) == ["b", "c"]
    assert list(db.session.scalars(asked.offset(3))) == ["d"]
    told = str(asked.limit(2).compile(db.engine))
    assert ("LIMIT +?" in told) is (db.engine.dialect.name == "sqlite")


def test_own_transaction_is_kept_when_the_session_rolls_back(app: Flask) -> None:
    with own_transaction() as connection:
        connection.execute(insert(FailedTry), {"key_hash": "k", "at": NOON})
    db.session.rollback()
    assert db.session.query(FailedTry).count() == 1


def test_sqlite_keeps_what_it_acknowledged(app: Flask) -> None:
    check_engine(db.engine)
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "mmap_size")
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "mmap_size": 0,
    }


def test_columns_are_read_as_the_session_left_them(app: Flask) -> None:
    """What is added and not flushed yet is found, as by the session itself."""
    db.session.add(FailedTry(key_hash="k", at=NOON))
    assert columns_of(select(FailedTry.key_hash, FailedTry.at)).all() == [("k", NOON)]
