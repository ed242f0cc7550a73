"""The real server in a process of its own, for tests that come in through the network."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from careteam.cli.serve import server_command
from careteam.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds a first start may take, worked example included."""


@contextmanager
def serving(env: Mapping[str, str]) -> Iterator[str]:
    """The server alone, at a community that is ready: what `flask serve` ends with.

    It starts in half the time, because nothing is loaded twice. Otherwise as `running_server`.
    """
    port = free_port()
    command = server_command(read_settings({**env, **listening(port)}))
    with printed_to(None) as lines, started(command, env, port, lines) as url:
        yield url


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
    with printed_to(printed) as lines, started(command, env, free_port(), lines) as url:
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
def started(command: list[str], env: Mapping[str, str], port: int, printed: Path) -> Iterator[str]:
    assert {"CARETEAM_DATA", "DATABASE_URL"} & set(env)
    settings = {**listening(port), "CARETEAM_WORKERS": "1"}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CARETEAM_")}
    with printed.open("w") as lines:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**inherited, **settings, **env},
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
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


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, printed: Path) -> None:
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


def output(process: subprocess.Popen[bytes], printed: Path) -> str:
    stop(process)
    return printed.read_text()


def stop(process: subprocess.Popen[bytes]) -> None:
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
