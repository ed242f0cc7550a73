"""Alembic's entry: runs on the connection that `kit/migrating.py` hands over."""

from alembic import context
from sqlalchemy import JSON

from careteam.kit.db import Base
from careteam.kit.migrating import is_meant_here


def render_item(kind: str, item: object, autogen_context: object) -> str | bool:
    """JSON columns in one short form; everything else as Alembic writes it."""
    if kind == "type" and isinstance(item, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render_item,
    include_object=is_meant_here,
    transaction_per_migration=False,
)
context.run_migrations()
