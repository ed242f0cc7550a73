"""`flask import practitioners FILE`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from flask.cli import with_appcontext

from careteam.access.actor import SYSTEM
from careteam.domain.importing import Draft, Outcome
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.queries import list_known
from careteam.features.imports.comparing import compared
from careteam.features.imports.contents import Brought, judged, understand
from careteam.features.imports.operations import import_from_command
from careteam.kit.db import db
from careteam.kit.errors import CareteamError
from careteam.kit.tables import read_file

group = click.Group("import", help="Bring lists from files.")
WORDS = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "here already",
    Outcome.REFUSED: "left out",
}


@group.command("practitioners")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--discipline", default="", help="Id of the discipline of rows without a known one.")
@click.option(
    "--take-changes",
    is_flag=True,
    help="Take over what rows say otherwise of people who are here; without it they stay.",
)
@with_appcontext
def practitioners(file: Path, dry_run: bool, discipline: str, take_changes: bool) -> None:
    """Bring practitioners from a CSV, XLSX or vCard file; a name and a discipline are enough."""
    found = compared(SYSTEM, _drafts(file, discipline))
    for draft in found.rows:
        if draft.outcome is not Outcome.NEW or draft.notes:
            click.echo(_line(draft))
        if draft.row in found.differing:
            for words in found.differing[draft.row].in_words().values():
                click.echo(f"    {words}")
    counts = Counter(draft.outcome for draft in found.rows)
    if not dry_run:
        taken = found.differing if take_changes else None
        import_from_command(actor=SYSTEM, drafts=found.rows, differing=taken)
        db.session.commit()
    click.echo(", ".join(f"{counts[outcome]} {word}" for outcome, word in WORDS.items()))
    if counts[Outcome.CHANGED] and not take_changes:
        click.echo("What is changed stays as it is here, unless you say --take-changes.")
    if dry_run:
        click.echo("Nothing was written.")


def _drafts(file: Path, discipline: str) -> tuple[Draft, ...]:
    if discipline and discipline not in discipline_labels():
        raise click.ClickException(f"{discipline} is not the id of a discipline.")
    try:
        brought = understand(read_file(file.read_bytes()))
    except CareteamError as error:
        raise click.ClickException(error.message) from error
    chosen = {**brought.as_json(), "default": discipline}
    return judged(Brought.from_json(chosen), list_known(SYSTEM))


def _line(draft: Draft) -> str:
    about = " ".join(part for part in (draft.why, *draft.notes) if part)
    return f"Row {draft.row}, {draft.name or 'no name'}: {WORDS[draft.outcome]}. {about}".strip()
