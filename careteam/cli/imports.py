"""`flask import practitioners FILE` and `flask import referrals FILE`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from careteam.access.actor import SYSTEM, Actor
from careteam.domain.importing import Draft, Outcome
from careteam.domain.importing.edges import Meant
from careteam.domain.referral import PastAnswer
from careteam.features.accounts.queries import actor_of, find_account_by_email
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.queries import list_known
from careteam.features.imports.changing import everything
from careteam.features.imports.comparing import Compared, compared
from careteam.features.imports.contents import Brought, judged, understand
from careteam.features.imports.edges import BroughtEdges, judged_edges
from careteam.features.imports.operations import (
    bring_table,
    confirm_import,
    correct_import,
    import_from_command,
)
from careteam.features.imports.past_referrals import bring_edges, confirm_edges, correct_edges
from careteam.kit.db import db
from careteam.kit.errors import CareteamError
from careteam.kit.tables import Table, read_file

group = click.Group("import", help="Bring lists from files.")
WORDS = {
    Outcome.NEW: "new",
    Outcome.CHANGED: "changed",
    Outcome.SAME: "here already",
    Outcome.REFUSED: "left out",
}
NOTHING_WRITTEN = "Nothing was written."
A_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")


class Refusing(click.Command):
    """A refusal is told in its own words, and nothing is kept."""

    def invoke(self, ctx: click.Context) -> None:
        try:
            super().invoke(ctx)
        except CareteamError as error:
            db.session.rollback()
            raise click.ClickException(error.message) from error


@group.command("practitioners", cls=Refusing)
@A_FILE
@DRY_RUN
@click.option("--discipline", default="", help="Id of the discipline of rows without a known one.")
@click.option(
    "--take-changes",
    is_flag=True,
    help="Take over what rows say otherwise of people who are here; without it they stay.",
)
@click.option("--account", default="", help="E-mail of the account whose import it is, to undo it.")
@with_appcontext
def practitioners(
    file: Path, dry_run: bool, discipline: str, take_changes: bool, account: str
) -> None:
    """Bring practitioners from a CSV, XLSX or vCard file; a name and a discipline are enough."""
    if discipline and discipline not in discipline_labels():
        raise click.ClickException(f"{discipline} is not the id of a discipline.")
    actor, table = _actor(account) if account else SYSTEM, read_file(file.read_bytes())
    chosen = {**understand(table).as_json(), "default": discipline}
    found = compared(actor, judged(Brought.from_json(chosen), list_known(actor)))
    for draft in found.rows:
        if draft.outcome is not Outcome.NEW or draft.notes:
            click.echo(_line(draft))
        if draft.row in found.differing:
            for words in found.differing[draft.row].in_words().values():
                click.echo(f"    {words}")
    counts = Counter(draft.outcome for draft in found.rows)
    if not dry_run:
        taken = found if take_changes else Compared(found.rows)
        if account:
            _import_as(actor, table, file.name, discipline, taken)
        else:
            import_from_command(actor=actor, drafts=taken.rows, differing=taken.differing)
        db.session.commit()
    _say(counts, WORDS)
    if counts[Outcome.CHANGED] and not take_changes:
        click.echo("What is changed stays as it is here, unless you say --take-changes.")
    if dry_run:
        click.echo(NOTHING_WRITTEN)


def _import_as(actor: Actor, table: Table, source: str, discipline: str, found: Compared) -> None:
    taken = everything(found.differing)
    if not taken and not any(row.outcome is Outcome.NEW for row in found.rows):
        return
    draft = bring_table(actor=actor, table=table, source=source)
    correct_import(actor=actor, draft=draft, default=discipline, taken=taken)
    confirm_import(actor=actor, draft=draft)


@group.command("referrals", cls=Refusing)
@A_FILE
@DRY_RUN
@click.option("--account", required=True, help="E-mail of the account whose import it is.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Day of rows that say none.")
@click.option(
    "--answer",
    type=click.Choice([each.value for each in PastAnswer]),
    help="Answer of rows without one.",
)
@with_appcontext
def referrals(
    file: Path, dry_run: bool, account: str, day: datetime | None, answer: str | None
) -> None:
    """Bring past referrals from a CSV or XLSX file: from, to, day or number, answer.

    Of a member's account its own, of a steward's anybody's. It can be taken back by that account.
    """
    actor = _actor(account)
    draft = bring_edges(actor=actor, table=read_file(file.read_bytes()), source=file.name)
    said: date | None = day.date() if day else None
    correct_edges(actor=actor, draft=draft, day=said, answer=answer or "", people={})
    brought = BroughtEdges.from_json(draft.content)
    rows = judged_edges(actor, brought).rows
    for line in (*_unread(brought), *_passed_over(rows)):
        click.echo(line)
    counts = Counter(row.outcome for row in rows)
    counts[Outcome.REFUSED] += len(brought.problems)
    if dry_run or not counts[Outcome.NEW]:
        db.session.rollback()
    else:
        confirm_edges(actor=actor, draft=draft)
        db.session.commit()
    _say(counts, {key: word for key, word in WORDS.items() if key is not Outcome.CHANGED})
    if dry_run:
        click.echo(NOTHING_WRITTEN)


def _actor(email: str) -> Actor:
    account = find_account_by_email(email.strip().casefold())
    if account is None or account.disabled_at is not None:
        raise click.ClickException(f"No open account signs in as {email}.")
    return actor_of(account)


def _unread(brought: BroughtEdges) -> Iterable[str]:
    return (f"Row {number}: left out. It {reason}." for number, reason in brought.problems)


def _passed_over(rows: Iterable[Meant]) -> Iterable[str]:
    return (
        f"Row {row.edge.row}: {WORDS[row.outcome]}. {row.why}"
        for row in rows
        if row.outcome is not Outcome.NEW
    )


def _say(counts: Counter[Outcome], words: dict[Outcome, str]) -> None:
    click.echo(", ".join(f"{counts[outcome]} {word}" for outcome, word in words.items()))


def _line(draft: Draft) -> str:
    about = " ".join(part for part in (draft.why, *draft.notes) if part)
    return f"Row {draft.row}, {draft.name or 'no name'}: {WORDS[draft.outcome]}. {about}".strip()
