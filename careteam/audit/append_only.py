"""The database itself refuses to change or delete a line of either trail."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, event

APPEND_ONLY = ("audit_events", "access_reads")

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $body$
BEGIN
  RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
END;
$body$ LANGUAGE plpgsql
"""


def statements(dialect: str, table: str) -> list[str]:
    """The statements that make `table` append-only; migrations and `create_all` both run them."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        _POSTGRESQL_FUNCTION,
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ]


def protect(table: Any) -> None:
    """Make `table` append-only whenever it is made from the models."""
    event.listen(table, "after_create", _protect)


def _protect(table: Table, connection: Connection, **_: object) -> None:
    for statement in statements(connection.dialect.name, table.name):
        connection.exec_driver_sql(statement.replace("%", "%%"))
