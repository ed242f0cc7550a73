"""`flask demo`: fill an empty community with made-up people, or take them out again."""

from __future__ import annotations

import secrets

import click
from flask import current_app
from flask.cli import with_appcontext

from careteam.access.actor import SYSTEM
from careteam.features.accounts.queries import has_accounts
from careteam.features.demo.operations import (
    MAIN_EMAIL,
    add_sample,
    main_account,
)
from careteam.features.demo.queries import is_empty
from careteam.features.demo.removal import Removed, remove_sample
from careteam.features.demo.stories.telling import tell_stories
from careteam.kit.db import db
from careteam.kit.errors import Conflict
from careteam.settings import LOCAL_HOSTS, Settings

PASSWORD = "made up people only"  # noqa: S105 - of made-up people, on one's own computer
OWN_MACHINE = frozenset({*LOCAL_HOSTS, "::1"})


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Say and do nothing where there is something.")
@click.option("--remove", is_flag=True, help="Take the made-up people and their data out again.")
@with_appcontext
def demo(if_empty: bool, remove: bool) -> None:
    """Fill an empty community with the worked example."""
    if remove:
        _remove()
    elif is_empty():
        _fill()
    elif not if_empty:
        _say_why_not()


def _fill() -> None:
    settings: Settings = current_app.extensions["careteam_settings"]
    password = first_password(settings)
    add_sample(actor=SYSTEM, password=password)
    tell_stories()
    db.session.commit()
    click.echo(f"Sample data are in. Sign in with {MAIN_EMAIL} and the password: {password}")


def first_password(settings: Settings) -> str:
    """One that is easy to keep in mind where only this computer can reach the address.

    Anywhere else it is made anew, because everybody can read the other one here.
    """
    if settings.host in OWN_MACHINE and settings.public_url is None and not settings.proxy_hops:
        return PASSWORD
    return "-".join(secrets.token_hex(2) for _ in range(4))


def _say_why_not() -> None:
    if main_account() is None:
        raise click.ClickException("There is something here already; sample data would mix in.")
    raise click.ClickException(
        f"The sample data are in already. {MAIN_EMAIL} signs in with the password that was printed "
        "when they were added."
    )


def _remove() -> None:
    try:
        removed = remove_sample(actor=SYSTEM)
    except Conflict as error:
        raise click.ClickException(error.message) from error
    db.session.commit()
    for line in lines_about(removed):
        click.echo(line)
    if not has_accounts():
        click.echo("Nobody has an account now: `flask setup-link` prints the link to begin.")


def lines_about(removed: Removed) -> list[str]:
    """What went and what stayed, in sentences."""
    counts = removed.counts
    lines = [
        f"Removed: {removed.people} practitioners, {counts.clients} clients, "
        f"{counts.referrals} referrals.",
        f"Kept of what was typed since: {counts.typed_practitioners} practitioners, "
        f"{counts.typed_clients} clients, {counts.typed_referrals} referrals.",
    ]
    if removed.staying:
        names = ", ".join(removed.staying)
        lines.append(f"Made up, but something you typed points at them, so they stay: {names}.")
    lines += [
        f"{each.name} keeps clients typed since and stays: signs in as {each.email} with the new "
        f"password {each.password}"
        for each in removed.passwords
    ]
    return lines
