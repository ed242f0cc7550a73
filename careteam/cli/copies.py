"""`flask backup FILE` and `flask restore FILE`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.engine import URL

from careteam.access.actor import SYSTEM
from careteam.domain.wording import count_words
from careteam.features.accounts.signing_in import end_every_session
from careteam.kit import clock
from careteam.kit.copying import CopyRefused, back_up, check_copy, put_back
from careteam.kit.db import db

OWN_TABLES = frozenset({"accounts", "practitioners", "clients", "alembic_version"})


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Copy the database, files of referrals included, into FILE and check the copy."""
    source = _own_file("backup", file)
    try:
        rows = back_up(source, file.absolute())
    except CopyRefused as refused:
        raise click.ClickException(f"No backup was made. {refused}") from refused
    click.echo(f"Backed up into {file}: {_summary(rows)}. The copy was checked.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put FILE in place of what is there now.")
@with_appcontext
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE in place of the database. Careteam must be stopped."""
    target = _own_file("restore", file)
    try:
        rows = _checked(file.absolute())
        _refuse_to_replace(target, replace)
        db.session.remove()
        db.engine.dispose()
        kept = put_back(file.absolute(), target, f"{clock.local(clock.now()):%Y%m%d-%H%M%S}")
    except CopyRefused as refused:
        raise click.ClickException(f"Nothing was changed. {refused}") from refused
    _make_current()
    click.echo(f"Restored from {file}: {_summary(rows)}.")
    if kept is not None:
        click.echo(f"What was there before is kept as {kept.name} beside it.")
    click.echo(
        "Everybody signs in anew. What was changed after the backup was made is gone, "
        "consents withdrawn since included: look through them before you go on."
    )


def _own_file(command: str, file: Path) -> Path:
    """The file of the database. On PostgreSQL, the line to use instead."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite":
        line = postgresql_line(command, url, file)
        raise click.ClickException(f"This database is PostgreSQL. Use its own tool:\n  {line}")
    assert url.database is not None
    return Path(url.database)


def postgresql_line(command: str, url: URL, file: Path) -> str:
    """The line that backs up or restores a PostgreSQL database. It holds no password: the tool
    asks for it, or reads PGPASSWORD.
    """
    plain = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    address = shlex.quote(f"--dbname={plain.render_as_string(hide_password=False)}")
    name = shlex.quote(str(file))
    if command == "backup":
        return f"pg_dump --format=custom --no-owner --file={name} {address}"
    return f"pg_restore --clean --if-exists --no-owner --single-transaction {address} {name}"


def _checked(file: Path) -> Mapping[str, int]:
    from careteam.kit.migrating import knows_version

    rows = check_copy(file)
    if not set(rows) >= OWN_TABLES:
        raise CopyRefused(f"{file} is a database, but none of Careteam.")
    if not knows_version(file):
        raise CopyRefused(f"{file} was made by a newer Careteam; bring the program up to date.")
    return rows


def _refuse_to_replace(target: Path, replace: bool) -> None:
    if replace or not target.exists():
        return
    present = check_copy(target) if target.stat().st_size else {}
    if any(rows for name, rows in present.items() if name != "alembic_version"):
        raise CopyRefused("There are data in the database. Add --replace to put them aside.")


def _make_current() -> None:
    """An older backup is brought up to date; sessions that had ended must not live again."""
    from careteam.kit.migrating import upgrade_database

    upgrade_database()
    end_every_session(actor=SYSTEM)
    db.session.commit()
    current_app.logger.info("database restored")


def _summary(rows: Mapping[str, int]) -> str:
    parts = (
        count_words(rows.get("practitioners", 0), "practitioner"),
        count_words(rows.get("clients", 0), "client"),
        count_words(rows.get("referrals", 0), "referral"),
    )
    return ", ".join(parts)
