"""The real server in a process of its own, for tests that come in through the network."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from careteam.cli.serve import server_command
from careteam.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds a first start may take, worked example included."""
Begin = Callable[[Mapping[str, str], Path], "Running"]
"""Starts a process with these environment variables, whose output goes into this file."""


@contextmanager
def serving(env: Mapping[str, str]) -> Iterator[str]:
    """The server alone, at a community that is ready: what `flask serve` ends with.

    Loading the program takes longer than most tests, so one process that has loaded it is kept,
    of which each server is a copy. Otherwise as `running_server`.
    """
    port = free_port()
    command = server_command(read_settings({**env, **listening(port)}))
    assert command[1:3] == ["-m", "granian"]

    copies = multiprocessing.get_context("forkserver")
    copies.set_forkserver_preload(["careteam", "tests.support.loaded"])

    def begin(settings: Mapping[str, str], printed: Path) -> Copy:
        return Copy(copies.Process(target=become, args=(command[2:], dict(settings), printed)))

    with printed_to(None) as printed, started(begin, env, port, printed) as url:
        yield url


class Running(Protocol):
    """A process of ours, as `subprocess` has it."""

    pid: int

    def poll(self) -> int | None: ...
    def terminate(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


class Copy:
    """The same of a process of `multiprocessing`, which is started here."""

    def __init__(self, process: BaseProcess) -> None:
        process.start()
        assert process.pid
        self.process, self.pid = process, process.pid

    def poll(self) -> int | None:
        return self.process.exitcode

    def terminate(self) -> None:
        self.process.terminate()

    def wait(self, timeout: float | None = None) -> int:
        self.process.join(timeout)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired(self.process.name, timeout or 0)
        return self.process.exitcode


def become(arguments: list[str], settings: dict[str, str], printed: Path) -> None:
    """In a process of its own: be what `python -m` makes of these arguments and settings."""
    from granian.cli import entrypoint

    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(settings)
    with printed.open("w") as lines:
        for output in (1, 2):
            os.dup2(lines.fileno(), output)
    multiprocessing.set_start_method("fork", force=True)  # granian's own choice in a new process
    sys.argv = arguments
    entrypoint()


@contextmanager
def running_server(
    env: Mapping[str, str], *, worker: bool = False, printed: Path | None = None
) -> Iterator[str]:
    """Run `flask serve` with these settings on a free port; gives its address without a slash.

    `worker`: with the program beside it that sends mail, which takes as long to start again.

    `env` must name CARETEAM_DATA or DATABASE_URL, so that no test meets a person's own data.
    What the server prints goes into the file `printed`, never into a pipe that could fill.
    Raises with the server's output when it does not come up.
    """
    command = [sys.executable, "-m", "flask", "serve", *([] if worker else ["--without-worker"])]

    def begin(settings: Mapping[str, str], printed: Path) -> Running:
        with printed.open("w") as lines:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=lines,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    with printed_to(printed) as lines, started(begin, env, free_port(), lines) as url:
        yield url


@contextmanager
def printed_to(path: Path | None) -> Iterator[Path]:
    """`path` itself, else a file that is gone afterwards."""
    if path is not None:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "server.log"


def listening(port: int) -> dict[str, str]:
    return {"CARETEAM_HOST": "127.0.0.1", "CARETEAM_PORT": str(port)}


@contextmanager
def started(begin: Begin, env: Mapping[str, str], port: int, printed: Path) -> Iterator[str]:
    assert {"CARETEAM_DATA", "DATABASE_URL"} & set(env)
    settings = {**listening(port), "CARETEAM_WORKERS": "1"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CARETEAM_")}
    process = begin({**inherited, **settings, **env}, printed)
    try:
        wait_until_it_answers(process, port, printed)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_it_answers(process: Running, port: int, printed: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(
                f"/healthz answered {error.code}\n{output(process, printed)}"
            ) from error
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start\n{output(process, printed)}")


def output(process: Running, printed: Path) -> str:
    stop(process)
    return printed.read_text()


def stop(process: Running) -> None:
    """End the server, its processes and the worker beside it; a second call does nothing."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    wait_for_all_of(process.pid)


def wait_for_all_of(group: int) -> None:
    """The worker notices by itself that the server is gone; it has the database open until then."""
    deadline = time.monotonic() + 10
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.02)
        os.killpg(group, signal.SIGKILL)
