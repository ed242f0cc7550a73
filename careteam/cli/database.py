"""`flask db upgrade`: bring the database to this version.

Alembic is loaded by the commands that need it, so that no other process waits for it.
"""

from __future__ import annotations

import click
from flask.cli import with_appcontext

group = click.Group("db", help="The database's shape.")


@group.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the database to this version, or make it."""
    from careteam.kit.migrating import upgrade_database

    upgrade_database()


@group.command("current")
@with_appcontext
def current() -> None:
    """Print the version the database has."""
    from careteam.kit.migrating import stamp_of

    click.echo(stamp_of() or "empty")


@group.command("revision")
@click.argument("message")
@with_appcontext
def revision(message: str) -> None:
    """Write a migration for what the models have that the database has not (for developers)."""
    from careteam.kit.migrating import write_revision

    click.echo(write_revision(message))
