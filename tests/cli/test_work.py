"""`flask work`: what is due is done, once or until told to stop; what fails stops nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from careteam import create_app
from careteam.cli import work
from careteam.features.outbox.models import Message
from careteam.features.outbox.operations import queue_message
from careteam.kit.db import db
from careteam.kit.jobs import Job
from careteam.kit.migrating import upgrade_database
from careteam.settings import MailServer as Server
from careteam.settings import Settings
from tests.support.server import ROOT
from tests.support.smtp import MailServer, mail_server
from tests.support.working import run_out_of_claims

PATIENCE = 120.0


def queued() -> Message:
    message = queue_message(recipient="rowan@example.org", subject="A word", body="Hello.\n")
    db.session.commit()
    return message


def use(app: Flask, monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    settings = replace(app.extensions["careteam_settings"], **values)
    monkeypatch.setitem(app.extensions, "careteam_settings", settings)


def run(app: Flask) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["work"])
    return answer.exit_code, answer.output


def test_nothing_due_is_said_once(app: Flask) -> None:
    assert run(app) == (0, "Nothing was done.\n")


def test_mail_leaves_by_the_mail_server_of_the_settings(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = queued()
    with mail_server() as server:
        use(app, monkeypatch, mail_server=Server("localhost", server.port, "none"))
        assert run(app) == (0, "Mail delivered: 1, to be tried again: 0, given up: 0.\n")
        assert server.message_ids == [message.message_id]


def test_mail_without_a_way_to_send_waits_to_be_copied(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(app, monkeypatch, mail_folder=None)
    message = queued()
    code, output = run(app)
    assert code == 0
    assert "Mail waiting to be copied: 1." in output
    db.session.expire_all()
    assert (message.tries, message.body) == (0, "Hello.\n")


def test_failing_job_is_named_and_the_next_is_done(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise RuntimeError("at noon")

    jobs = [Job("policy", fail), Job("after", lambda: "Done after it.")]
    monkeypatch.setattr(work, "JOBS", jobs)
    assert run(app) == (1, "Done after it.\nError: Failed, and logged: policy.\n")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    """A community of its own, for workers in other processes."""
    made = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path / 'careteam.sqlite3'}",
            data_folder=tmp_path,
            secret_key="k" * 40,
            testing=True,
        )
    )
    with made.app_context():
        upgrade_database()
        yield made
        db.session.remove()
        db.engine.dispose()


@contextmanager
def worker(server: MailServer, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`flask work --forever` as a host runs it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CARETEAM_")}
    env = {
        **{name: value for name, value in inherited.items() if name != "DATABASE_URL"},
        "CARETEAM_DATA": str(folder),
        "CARETEAM_SMTP_HOST": "localhost",
        "CARETEAM_SMTP_PORT": str(server.port),
        "CARETEAM_SMTP_SECURITY": "none",
        "CARETEAM_MAIL_SENDER": "careteam@team.example.org",
    }
    with (folder / "worker.log").open("a") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "work", "--forever"],
            cwd=ROOT,
            env=env,
            stdout=lines,
            stderr=lines,
            text=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_killed_worker_and_its_follower_send_one_mail(elsewhere: Flask, tmp_path: Path) -> None:
    message = queued()
    with mail_server() as server:
        with worker(server, tmp_path) as process:
            heard = kill_when_heard(server, ".", process)
            assert heard.wait(PATIENCE)
            assert process.wait(PATIENCE) == -signal.SIGKILL
        run_out_of_claims()
        gone = event_at(server, "QUIT")
        with worker(server, tmp_path) as process:
            assert gone.wait(PATIENCE)
            process.terminate()
            assert process.wait(PATIENCE) == 0
        assert set(server.message_ids) == {message.message_id}
        assert len(server.taken) == 2
    db.session.expire_all()
    assert message.delivered_at is not None
    assert (message.tries, message.body) == (1, "")
    said = (tmp_path / "worker.log").read_text()
    assert said == "Mail delivered: 1, to be tried again: 0, given up: 0.\n"


def event_at(server: MailServer, stage: str) -> Event:
    heard = Event()
    server.hearing = lambda command: heard.set() if command == stage else None
    return heard


def kill_when_heard(server: MailServer, stage: str, process: subprocess.Popen[str]) -> Event:
    heard = Event()

    def hearing(command: str) -> None:
        if command == stage:
            process.kill()
            heard.set()

    server.hearing = hearing
    return heard
