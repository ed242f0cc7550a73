"""`flask mail-test ADDRESS`: one plain message, at once, by the way that is set up."""

from __future__ import annotations

from email.utils import make_msgid
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext

from careteam.cli.work import carrier_of
from careteam.features.outbox.mail import Mail, NotCarried
from careteam.settings import Settings

SUBJECT = "A test from Careteam"
BODY = """This mail was sent to see whether mail leaves your Careteam. It asks nothing of you.
"""
NO_WAY = (
    "No mail leaves here: neither CARETEAM_SMTP_HOST nor CARETEAM_MAIL_FOLDER is set, "
    "so what would be mailed is shown to be copied."
)


@click.command("mail-test")
@click.argument("address")
@with_appcontext
def mail_test(address: str) -> None:
    """Send one plain message to ADDRESS and say what happened. Nothing is stored."""
    settings: Settings = current_app.extensions["careteam_settings"]
    mail = Mail(uuid4(), make_msgid(domain="careteam.invalid"), address, SUBJECT, BODY)
    try:
        with carrier_of(settings) as carry:
            if carry is None:
                raise click.ClickException(NO_WAY)
            carry(mail)
    except NotCarried as problem:
        raise click.ClickException(f"It did not leave. {problem.reason}") from problem
    except OSError as error:
        raise click.ClickException("It could not be handed over just now.") from error
    click.echo(_happened(settings, address))


def _happened(settings: Settings, address: str) -> str:
    if settings.mail_server is not None:
        where = f"{settings.mail_server.host}:{settings.mail_server.port}"
        return f"The mail server {where} took it for {address}; look whether it arrives."
    return f"Written for {address} into {settings.mail_folder}, for whatever sends it on."
