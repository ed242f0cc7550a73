"""The command line: one module a group of commands."""

from __future__ import annotations

from flask import Flask

from careteam.cli.serve import serve


def install(app: Flask) -> None:
    app.cli.add_command(serve)
