"""The real server on this machine's own address, and how long it takes to answer."""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from careteam.cli.serve import HEAD_PATIENCE_MS, server_command
from careteam.features.demo.operations import MAIN_EMAIL
from careteam.kit.db import db
from careteam.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
COOKIE = re.compile(r"^([^=]+)=([^;]*)")
PATIENCE = 60.0
LONGEST_IDLE = HEAD_PATIENCE_MS / 1000 / 2
"""Seconds after which a connection is not relied on any more; the server waits twice as long."""
COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds, bytes, and the multiple of the empty page measured beside it."""

    median: float
    p95: float
    times_empty: float
    size: int


@contextmanager
def served(environ: dict[str, str], workers: int = 1) -> Iterator[int]:
    """Run the server command with these settings on a free port, which is what it gives."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    own = {
        "CARETEAM_PORT": str(port),
        "CARETEAM_WORKERS": str(workers),
        "CARETEAM_LOG_LEVEL": "WARNING",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CARETEAM_")}
    whole = {**inherited, **environ, **own}
    process = subprocess.Popen(
        server_command(read_settings(whole)),
        cwd=ROOT,
        env=whole,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if Browser(port).get("/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


class Browser:
    """One connection that stays open, with cookies.

    The server ends a connection on which nothing was asked for ten seconds, and between two pages
    the bench may reckon for longer. It is then opened anew beforehand, as a browser would, so that
    nothing that was sent has to be sent twice.
    """

    def __init__(self, port: int, idle: float = LONGEST_IDLE) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.idle = idle
        self.last_asked = time.monotonic()
        self.cookies: dict[str, str] = {}
        self.token = ""

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        return self._send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """Post as a page's own form would, with the form token of this session."""
        if not self.token:
            found = TOKEN.search(self.get("/account/password")[1].decode())
            assert found is not None
            self.token = found.group(1)
        return self._send("POST", path, urlencode({"csrf_token": self.token, **fields}))

    def sign_in(self, password: str) -> None:
        found = TOKEN.search(self.get("/sign-in")[1].decode())
        assert found is not None
        fields = {"csrf_token": found.group(1), "email": MAIN_EMAIL, "password": password}
        status, _ = self._send("POST", "/sign-in", urlencode(fields))
        if status != 303:
            raise RuntimeError(f"signing in was answered with {status}")

    def _send(
        self, method: str, path: str, body: str | None, more: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, **(more or {})}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self.last_asked > self.idle:
            self.connection.close()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        self.last_asked = time.monotonic()
        for line in answer.headers.get_all("Set-Cookie") or []:
            if (found := COOKIE.match(line)) is not None:
                self.cookies[found.group(1)] = found.group(2)
        return answer.status, content


def timed(browser: Browser, path: str, empty: str, *, times: int, seconds: float) -> Timing:
    """Ask for a page `times` times, or until `seconds` have gone but at least five times.

    Before each, the empty page is asked for: both meet the same other work of the machine, so
    that their quotient holds on a busy one as well.
    """
    for _ in range(2):
        status, _ = browser.get(path)
        if status != 200:
            raise RuntimeError(f"{path} was answered with {status}")
    return timed_beside(browser, empty, lambda: browser.get(path), times=times, seconds=seconds)


def timed_beside(
    browser: Browser,
    empty: str,
    ask: Callable[[], tuple[int, bytes]],
    *,
    times: int,
    seconds: float,
) -> Timing:
    """As `timed`, for anything that can be asked."""
    content = ask()[1]
    taken: list[float] = []
    beside: list[float] = []
    end = time.monotonic() + seconds
    while len(taken) < times and (len(taken) < 5 or time.monotonic() < end):
        beside.append(_milliseconds(lambda: browser.get(empty)))
        taken.append(_milliseconds(ask))
    taken.sort()
    return Timing(
        median=statistics.median(taken),
        p95=taken[int(0.95 * (len(taken) - 1))],
        times_empty=statistics.median(taken) / statistics.median(beside),
        size=len(content),
    )


def _milliseconds(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def statements_of(
    app: Flask,
    cookies: dict[str, str],
    path: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> int:
    """How many statements on rows one request makes, asked of the application itself."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip(" (").upper().startswith(COUNTED):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    client = app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value, domain="127.0.0.1")
    client.get(path, base_url="http://127.0.0.1")
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = client.get(path, base_url="http://127.0.0.1", headers=headers)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != status:
        raise RuntimeError(f"{path} was answered with {answer.status_code}")
    return len(seen)
