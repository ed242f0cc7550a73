"""Keep a second program running beside this one, for as long as this one runs.

A process whose parent is gone gets another parent at once, so each of the two sees the end of
whoever started it, killed without a word included.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from threading import Event

LOOK = 0.5
"""Seconds between two looks whether both are still there."""
PATIENCE = 20.0
"""Seconds the kept program may take to end."""
STEADY = 60.0
"""Seconds after which a program that fell counts as one that had run well."""
LONGEST_WAIT = 60.0


def accompany(command: Callable[[int], Sequence[str]], say: Callable[[str], None]) -> None:
    """Start keeping in a process of its own, and return at once in this one.

    It stays with this process through `exec`. `command` gets the number of the keeping process.
    """
    parent = os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if os.fork() == 0:
        status = 1
        try:
            keep(command(os.getpid()), lambda: is_gone(parent), say, _told())
            status = 0
        finally:
            os._exit(status)


def is_gone(parent: int) -> bool:
    """Whether the process that started this one has ended."""
    return os.getppid() != parent


def keep(
    command: Sequence[str],
    is_over: Callable[[], bool],
    say: Callable[[str], None],
    told: Event,
    first_wait: float = 1.0,
) -> None:
    """Run `command`, again whenever it dies, until `is_over` or `told`; then end it.

    Each wait before another start is twice the last, up to a minute.
    """
    falls = 0
    while not (told.is_set() or is_over()):
        began_at = time.monotonic()
        process = subprocess.Popen(command)  # noqa: S603 (a program of our own)
        while process.poll() is None:
            if told.wait(LOOK) or is_over():
                _end(process)
                return
        falls = 0 if time.monotonic() - began_at > STEADY else falls + 1
        wait = min(first_wait * 2 ** max(falls - 1, 0), LONGEST_WAIT)
        say(f"the worker ended with {process.returncode} and is started again in {wait:g} s")
        until = time.monotonic() + wait
        while time.monotonic() < until and not is_over() and not told.wait(min(wait, LOOK)):
            pass


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _told() -> Event:
    """Set by the signals that end programs. Handlers, unlike ignoring, are not inherited."""
    told = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: told.set())
    return told
