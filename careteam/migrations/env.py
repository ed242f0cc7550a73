"""Alembic's entry: runs on the connection that `kit/migrating.py` hands over."""

from alembic import context

from careteam.kit.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
