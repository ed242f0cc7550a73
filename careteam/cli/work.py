"""`flask work`: deliver the mail that is due."""

from __future__ import annotations

from urllib.parse import urlsplit

import click
from flask import current_app
from flask.cli import with_appcontext

from careteam.features.outbox.folder import MailFolder
from careteam.features.outbox.operations import deliver_due
from careteam.features.outbox.queries import count_waiting
from careteam.settings import Settings


@click.command("work")
@with_appcontext
def work() -> None:
    """Deliver the mail that is due to the folder CARETEAM_MAIL_FOLDER, one file a message."""
    settings: Settings = current_app.extensions["careteam_settings"]
    if settings.mail_folder is None:
        waiting = count_waiting()
        click.echo(f"Mail waiting: {waiting}. Set CARETEAM_MAIL_FOLDER to deliver it.")
        return
    host = urlsplit(settings.public_url or "").hostname or "localhost"
    delivered, failed = deliver_due(MailFolder(settings.mail_folder, f"careteam@{host}"))
    click.echo(f"Mail delivered: {delivered}, to be tried again: {failed}.")
