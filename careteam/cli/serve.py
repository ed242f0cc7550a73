"""`flask serve`: bring the database up to date, say how to sign in, start the worker, become the
server.
"""

from __future__ import annotations

import os
import socket
import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from careteam.kit.db import db
from careteam.kit.keeping import accompany
from careteam.settings import Settings

HEAD_PATIENCE_MS = 10_000
BACKLOG = 2048
CONNECTIONS_A_WORKER = 1024


@click.command("serve")
@click.option("--without-worker", is_flag=True, help="`flask work --forever` runs elsewhere.")
@with_appcontext
def serve(without_worker: bool) -> None:
    """Start Careteam on CARETEAM_HOST and CARETEAM_PORT, with the worker beside it."""
    settings: Settings = current_app.extensions["careteam_settings"]
    refuse_taken_port(settings.host, settings.port)
    for arguments in opening_commands(settings):
        run_command(current_app, *arguments)
    here = f", served from {local_address(settings)}" if settings.public_url else ""
    click.echo(f"Careteam is at {address(settings)}{here}  (Ctrl+C stops it)")
    sys.stdout.flush()
    if not without_worker:
        db.session.remove()
        db.engine.dispose()
        accompany(worker_command, current_app.logger.warning)
    command = server_command(settings)
    os.execv(command[0], command)  # noqa: S606  (fixed program, arguments from checked settings)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ClickException naming the way out, before anything else is done."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host} port {port} ({error.strerror}). "
                "Stop what is there, or choose another: CARETEAM_PORT=8001 make run"
            ) from error


def opening_commands(settings: Settings) -> list[tuple[str, ...]]:
    """Commands run before every start, in order; each prints its own lines.

    `demo --if-empty` fills an empty community and prints how to sign in; `setup-link` prints
    the one-time link while nobody has an account. Both are silent when there is nothing to do.
    """
    upgrade = ("db", "upgrade")
    return [upgrade, ("demo", "--if-empty") if settings.demo else ("setup-link",)]


def run_command(app: Flask, *arguments: str) -> None:
    """Run one of the application's commands and stop the start when it fails."""
    result = app.test_cli_runner().invoke(args=arguments)
    if result.exit_code != 0:
        click.echo(result.output, nl=False, err=True)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        raise click.ClickException(f"flask {' '.join(arguments)} failed; nothing was started.")
    click.echo(result.output, nl=False)


def address(settings: Settings) -> str:
    """Where to point the browser: the public address, else this machine's."""
    return settings.public_url or local_address(settings)


def local_address(settings: Settings) -> str:
    """This machine's own address, behind any proxy."""
    everywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104
    host = "127.0.0.1" if everywhere else settings.host
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.port}/"


def worker_command(beside: int) -> list[str]:
    """The command line of the worker, which ends when the process `beside` is gone."""
    return [sys.executable, "-m", "flask", "work", "--forever", "--beside", str(beside)]


def server_command(settings: Settings) -> list[str]:
    """The command line of the server; docs/decisions/0002-server.md says why it is so."""
    options = {
        "--interface": "rsgi",
        "--http": "1",
        "--host": settings.host,
        "--port": settings.port,
        "--workers": settings.workers,
        "--backlog": BACKLOG,
        "--backpressure": CONNECTIONS_A_WORKER,
        "--http1-header-read-timeout": HEAD_PATIENCE_MS,
        "--workers-kill-timeout": 10,
        "--log-level": "warning",
    }
    pairs = [str(part) for pair in options.items() for part in pair]
    target = "careteam.cli.gate:serve_application"
    return [
        sys.executable,
        "-m",
        "granian",
        *pairs,
        "--no-ws",
        "--respawn-failed-workers",
        "--factory",
        target,
    ]
