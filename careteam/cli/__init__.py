"""Commands on the machine itself."""

from __future__ import annotations

from flask import Flask

from careteam.cli import accounts, check, copies, database, demo, imports, mail, serve, work


def install(app: Flask) -> None:
    app.cli.add_command(serve.serve)
    app.cli.add_command(database.group)
    app.cli.add_command(accounts.account)
    app.cli.add_command(accounts.password)
    app.cli.add_command(accounts.setup_link)
    app.cli.add_command(check.check)
    app.cli.add_command(copies.backup)
    app.cli.add_command(copies.restore)
    app.cli.add_command(demo.demo)
    app.cli.add_command(imports.group)
    app.cli.add_command(mail.mail_test)
    app.cli.add_command(work.work)
