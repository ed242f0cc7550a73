"""Every check and test, three stages at a time; stops at the first, in their order, that fails.

    python tools/test.py                every stage
    python tools/test.py types browser  only these
    KEEP_GOING=1 python tools/test.py   go on after a failure, to see them all

The last line is pytest's own kind: how many tests passed, failed and were skipped in all.
"""

import os
import queue
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("-m", "pytest", "-q", "--durations=5")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
COMPILED_ONCE = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Containers often forbid compiled copies; then each of some sixty processes compiles anew."""
ROOMS = "access architecture audit domain exports features kit tools".split()
THE_REST = tuple(f"tests/{room}" for room in ROOMS)
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
AT_ONCE = 3
"""So that two processors are busy to the end: browser tests wait for pages more than they reckon. A
stage that were split over both would collect its tests and make its worked example twice, and would
end with one waiting for the other. The rest comes last, so that the three end together."""
RESULT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass(frozen=True)
class Stage:
    """What Python is called with; `environ` is added to the environment."""

    name: str
    command: tuple[str, ...]
    environ: dict[str, str] = field(default_factory=dict)


def without(*folders: str) -> tuple[str, ...]:
    """These folders, and the browser's, are not even collected."""
    return tuple(f"--ignore={folder}" for folder in (*folders, "tests/browser"))


STAGES = (
    Stage("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Stage("lint", ("-m", "ruff", "check", "--quiet", ".")),
    Stage("types", ("-m", "mypy")),
    Stage("imports", ("-c", LINT_IMPORTS, "--no-cache", "--no-logo")),
    Stage("sqlite", (*PYTEST, *without(*THE_REST))),
    Stage(
        "postgresql",
        (*PYTEST, *without("tests/domain"), "-m", "(database or postgres) and not browser"),
        {"TEST_DATABASE": "postgresql"},
    ),
    Stage("browser", (*PYTEST, *PARALLEL, "tests/browser", "-m", "browser")),
    Stage("rest", (*PYTEST, *THE_REST)),
)


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - {stage.name for stage in STAGES}
    if unknown:
        print(f"No such stage: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    totals: dict[str, int] = {}
    failed: list[str] = []
    started = time.monotonic()
    runs = [Run(stage) for stage in STAGES if not wanted or stage.name in wanted]
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        for run in runs:
            pool.submit(run)
        for run in runs:
            if not passes(run, totals):
                failed.append(run.stage.name)
                if os.environ.get("KEEP_GOING") != "1":
                    break
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for run in runs:
            run.stop()
        pool.shutdown()
    if failed:
        print(f"\nFailed: {', '.join(failed)}", flush=True)
    print(closing_line(totals, time.monotonic() - started, bool(failed)), flush=True)
    return 1 if failed else 0


class Run:
    """A stage that runs when it is called; what it prints can be read meanwhile, from `lines`."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.code: int | None = None
        self.seconds = 0.0
        self.stopped = False
        self._process: subprocess.Popen[str] | None = None
        self._printed: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def __call__(self) -> None:
        began = time.monotonic()
        try:
            with begin(self.stage) as self._process:
                if self.stopped:
                    self._process.terminate()
                for line in self._process.stdout or ():
                    self._printed.put(line)
            self.code = self._process.returncode
        finally:
            self.seconds = time.monotonic() - began
            self._printed.put(None)

    def lines(self) -> Iterator[str]:
        """As they come; ends with the stage."""
        yield from iter(self._printed.get, None)

    def stop(self) -> None:
        self.stopped = True
        if self._process:
            self._process.terminate()


def begin(stage: Stage) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *stage.command],
        cwd=ROOT,
        env={**COMPILED_ONCE, **stage.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def passes(run: Run, totals: dict[str, int]) -> bool:
    """Show what a stage prints until it ends, and add its tests to `totals`."""
    print(f"\n-- {run.stage.name}", flush=True)
    last = ""
    for line in run.lines():
        print(line, end="", flush=True)
        last = line if RESULT.search(line) else last
    if "pytest" in run.stage.command:
        add_results(last, totals)
    good = run.code == 0
    print(f"-- {run.stage.name}: {'good' if good else 'FAILED'} in {run.seconds:.1f} s", flush=True)
    return good


def add_results(line: str, totals: dict[str, int]) -> None:
    for count, kind in RESULT.findall(line):
        kind = "error" if kind.startswith("error") else kind
        totals[kind] = totals.get(kind, 0) + int(count)


def closing_line(totals: dict[str, int], seconds: float, failed: bool) -> str:
    """Like pytest's last line; a check that failed without a test counts as one error."""
    counted = dict(totals)
    if failed and not (counted.get("failed") or counted.get("error")):
        counted["error"] = 1
    order = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
    parts = [f"{counted[kind]} {kind}" for kind in order if counted.get(kind)]
    return f"===== {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ====="


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
