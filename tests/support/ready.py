"""A community made ready for a server in this process, which has the program loaded already."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from careteam import create_app
from careteam.kit.db import db
from careteam.settings import read_settings


def made_ready(env: Mapping[str, str], *commands: str) -> str:
    """Bring the database up to date, run these commands of `flask`; what they printed."""
    return run_commands(env, "db upgrade", *commands)


def run_commands(env: Mapping[str, str], *commands: str) -> str:
    """The same at a database that is up to date: to find that out takes a second."""
    app = create_app(read_settings(dict(env)))
    printed = []
    for command in commands:
        done = app.test_cli_runner().invoke(args=command.split())
        assert done.exit_code == 0, done.output
        printed.append(done.output)
    with app.app_context():
        db.engine.dispose()
    return "".join(printed)


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made once for all processes of a run; what is in it is copied, not used."""
    root = folders.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = root / name
        if not folder.is_dir():
            half = root / f"{name}.half"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder
