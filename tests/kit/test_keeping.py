"""A second program beside the first: started again when it dies, gone when the first is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

KIT = Path(__file__).resolve().parents[2] / "careteam" / "kit"
CHILD = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
PARENT = f"""
import sys, time
sys.path.insert(0, {str(KIT)!r})  # alone, which is quicker than with the whole package
from keeping import accompany
accompany(lambda keeper: [sys.executable, "-c", {CHILD!r}], lambda text: print(text, flush=True))
time.sleep(600)
"""
PATIENCE = 60.0


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_there(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be noticed does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


class Pair:
    def __init__(self, lines: Path) -> None:
        self.lines = lines
        with lines.open("w") as out:
            self.parent = subprocess.Popen(
                [sys.executable, "-c", PARENT], stdout=out, stderr=out, start_new_session=True
            )

    def children(self) -> list[int]:
        return [int(line) for line in self.lines.read_text().splitlines() if line.isdigit()]

    def child(self, number: int) -> int:
        until(lambda: len(self.children()) >= number)
        return self.children()[number - 1]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    running = Pair(tmp_path / "lines")
    yield running
    with suppress(ProcessLookupError):
        os.killpg(running.parent.pid, signal.SIGKILL)
    running.parent.wait()


def test_killed_worker_is_started_again(pair: Pair) -> None:
    first = pair.child(1)
    os.kill(first, signal.SIGKILL)
    second = pair.child(2)
    assert is_there(second)
    assert not is_there(first)
    assert "the worker ended with -9 and is started again in 1 s" in pair.lines.read_text()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_worker_ends_with_the_one_it_accompanies(pair: Pair, how: signal.Signals) -> None:
    child = pair.child(1)
    pair.parent.send_signal(how)
    pair.parent.wait(PATIENCE)
    until(lambda: not is_there(child))
    assert len(pair.children()) == 1


def test_stop_of_all_at_once_starts_nothing_again(pair: Pair) -> None:
    """As a terminal and a service manager do it: the signal goes to everybody."""
    child = pair.child(1)
    os.killpg(pair.parent.pid, signal.SIGTERM)
    pair.parent.wait(PATIENCE)
    until(lambda: not is_there(child))
    assert len(pair.children()) == 1
