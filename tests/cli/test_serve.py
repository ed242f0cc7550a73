"""Starting the server: what runs before it, what it says, and how it is called."""

import socket
from pathlib import Path

import click
import pytest
from flask import Flask

from careteam.cli import serve
from careteam.settings import Settings


def settings(**values) -> Settings:
    return Settings(database_url="sqlite:///team.sqlite3", data_folder=Path("var"), **values)


@pytest.mark.parametrize(
    ("demo", "second"), [(True, ("demo", "--if-empty")), (False, ("setup-link",))]
)
def test_database_is_upgraded_before_the_community_is_opened(demo, second):
    assert serve.opening_commands(settings(demo=demo)) == [("db", "upgrade"), second]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "http://127.0.0.1:8000/"),
        ({"host": "0.0.0.0", "port": 8080}, "http://127.0.0.1:8080/"),
        ({"host": "::1"}, "http://[::1]:8000/"),
        ({"public_url": "https://team.example.org"}, "https://team.example.org"),
    ],
)
def test_address_is_one_a_browser_can_open(values, expected):
    assert serve.address(settings(**values)) == expected


def test_server_runs_one_process_a_worker_on_the_chosen_port():
    command = serve.server_command(settings(host="127.0.0.1", port=8123, workers=3))

    assert command[1:3] == ["-m", "granian"]
    assert command[command.index("--port") + 1] == "8123"
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--interface") + 1] == "rsgi"


def test_worker_is_told_beside_whom_it_runs():
    assert serve.worker_command(42)[1:] == ["-m", "flask", "work", "--forever", "--beside", "42"]


def test_failed_upgrade_stops_the_start(capsys):
    app = Flask("careteam-test")

    @app.cli.command("upgrade")
    def upgrade() -> None:
        click.echo("the disk is full")
        raise SystemExit(3)

    with pytest.raises(click.ClickException, match="flask upgrade failed"):
        serve.run_command(app, "upgrade")
    assert "the disk is full" in capsys.readouterr().err


def test_lines_of_a_command_are_shown(capsys):
    app = Flask("careteam-test")

    @app.cli.command("hello")
    def hello() -> None:
        click.echo("Sign in with anna@example.org")

    serve.run_command(app, "hello")

    assert capsys.readouterr().out == "Sign in with anna@example.org\n"


def test_taken_port_is_named_with_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException, match="CARETEAM_PORT"):
            serve.refuse_taken_port("127.0.0.1", port)
