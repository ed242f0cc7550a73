"""`flask mail-test`: what happened to one plain message, in one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from careteam.features.outbox.models import Message
from careteam.kit.db import db
from careteam.settings import MailServer as Server
from tests.support.smtp import mail_server

ADDRESS = "wren@example.org"


def run(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str = ADDRESS, **values: object
) -> tuple[int, str]:
    settings = replace(app.extensions["careteam_settings"], **values)
    monkeypatch.setitem(app.extensions, "careteam_settings", settings)
    answer = app.test_cli_runner().invoke(args=["mail-test", address])
    return answer.exit_code, answer.output


def test_mail_server_takes_it_and_nothing_is_stored(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as server:
        way = Server("localhost", server.port, "none")
        code, said = run(app, monkeypatch, mail_server=way)
        assert len(server.message_ids) == 1
    words = (
        f"The mail server localhost:{server.port} took it for {ADDRESS}; look whether it arrives."
    )
    assert (code, said) == (0, f"{words}\n")
    assert db.session.query(Message).count() == 0


def test_folder_holds_it(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, said = run(app, monkeypatch, mail_folder=tmp_path)
    assert (code, said) == (
        0,
        f"Written for {ADDRESS} into {tmp_path}, for whatever sends it on.\n",
    )
    [file] = tmp_path.glob("*.eml")
    text = file.read_text()
    assert "Subject: A test from Careteam" in text
    assert f"To: {ADDRESS}" in text


def test_reason_is_told_where_it_does_not_leave(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as server:
        port = server.port
    code, said = run(app, monkeypatch, mail_server=Server("localhost", port, "none", timeout=5))
    assert (code, said) == (
        1,
        "Error: It did not leave. The mail server could not be reached.\n",
    )


def test_what_is_no_address_is_said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(app, monkeypatch, address="nobody")
    assert code == 1
    assert "not an address that mail can be sent to" in said


def test_without_a_way_it_says_what_to_set(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(app, monkeypatch, mail_folder=None)
    assert code == 1
    assert "neither CARETEAM_SMTP_HOST nor CARETEAM_MAIL_FOLDER is set" in said
