"""`flask account NAME EMAIL`, `flask password EMAIL` and `flask setup-link`."""

from __future__ import annotations

import secrets

import click
from flask import current_app
from flask.cli import with_appcontext

from careteam.access.actor import SYSTEM
from careteam.features.accounts.operations import add_account_from_command, make_setup_link
from careteam.features.accounts.queries import find_account_by_email, has_accounts
from careteam.features.accounts.signing_in import normal_email
from careteam.features.accounts.stewarding import set_password_from_command
from careteam.features.demo.operations import main_account
from careteam.kit.db import db
from careteam.kit.errors import CareteamError

SAMPLE_IS_IN = (
    'The worked example is in this data folder. "Start for real" on any page takes it out; '
    "CARETEAM_DATA names another folder."
)


@click.command("account")
@click.argument("name")
@click.argument("email")
@click.option("--steward", is_flag=True, help="Looks after directory, pathways and accounts.")
@with_appcontext
def account(name: str, email: str, steward: bool) -> None:
    """Add an account and print its first password."""
    password = _first_password()
    try:
        add_account_from_command(
            actor=SYSTEM,
            name=name,
            email=email,
            password=password,
            is_steward=steward,
            must_change_password=True,
        )
    except CareteamError as error:
        raise click.ClickException(error.message) from error
    db.session.commit()
    click.echo(f"{name} signs in as {email} with the first password {password}")


@click.command("password")
@click.argument("email")
@with_appcontext
def password(email: str) -> None:
    """Set a new first password for an account and print it; a closed account is opened."""
    account = find_account_by_email(normal_email(email))
    if account is None:
        raise click.ClickException("There is no account with this e-mail.")
    first = _first_password()
    set_password_from_command(actor=SYSTEM, account=account, password=first)
    db.session.commit()
    click.echo(f"{account.name} signs in as {account.email} with the first password {first}")


def _first_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


@click.command("setup-link")
@with_appcontext
def setup_link() -> None:
    """Print the one-time link of the first set-up, while nobody has an account."""
    if has_accounts():
        if main_account() is not None:
            click.echo(SAMPLE_IS_IN)
        return
    token = make_setup_link()
    db.session.commit()
    settings = current_app.extensions["careteam_settings"]
    base = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Set up your community, once: {base}/setup?token={token}")
