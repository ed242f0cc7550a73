"""A community made ready for a server in this process, which has the program loaded already."""

from __future__ import annotations

from collections.abc import Mapping

from careteam import create_app
from careteam.kit.db import db
from careteam.settings import read_settings


def made_ready(env: Mapping[str, str], *commands: str) -> str:
    """Bring the database up to date, run these commands of `flask`; what they printed."""
    app = create_app(read_settings(dict(env)))
    printed = []
    for command in ("db upgrade", *commands):
        done = app.test_cli_runner().invoke(args=command.split())
        assert done.exit_code == 0, done.output
        printed.append(done.output)
    with app.app_context():
        db.engine.dispose()
    return "".join(printed)
