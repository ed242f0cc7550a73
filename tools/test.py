"""Every check and test, in order; stops at the first stage that fails.

    python tools/test.py                every stage
    python tools/test.py types browser  only these
    KEEP_GOING=1 python tools/test.py   go on after a failure, to see them all

The last line is pytest's own kind: how many tests passed, failed and were skipped in all.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTEST = ("-m", "pytest", "-q", "--durations=5")
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
COMPILED_ONCE = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Containers often forbid compiled copies; then each of some sixty processes compiles anew."""
WITHOUT_DATABASE = ("--ignore", "tests/domain", "--ignore", "tests/browser")
PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
RESULT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")


@dataclass(frozen=True)
class Stage:
    """What Python is called with; `environ` is added to the environment.

    `leaves_room`: it keeps one processor busy, so the next stage begins beside it. What that one
    prints is shown when its turn comes.
    """

    name: str
    command: tuple[str, ...]
    environ: dict[str, str] = field(default_factory=dict)
    leaves_room: bool = False


STAGES = (
    Stage("format", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    Stage("lint", ("-m", "ruff", "check", "--quiet", ".")),
    Stage("types", ("-m", "mypy"), leaves_room=True),
    Stage("imports", ("-c", LINT_IMPORTS, "--no-cache", "--no-logo"), leaves_room=True),
    Stage("sqlite", (*PYTEST, *PARALLEL)),
    Stage(
        "postgresql",
        (*PYTEST, *PARALLEL, *WITHOUT_DATABASE, "-m", "(database or postgres) and not browser"),
        {"TEST_DATABASE": "postgresql"},
    ),
    Stage("browser", (*PYTEST, *PARALLEL, "tests/browser", "-m", "browser")),
)


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - {stage.name for stage in STAGES}
    if unknown:
        print(f"No such stage: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    totals: dict[str, int] = {}
    failed: list[str] = []
    started = time.monotonic()
    stages = [stage for stage in STAGES if not wanted or stage.name in wanted]
    begun: dict[str, subprocess.Popen[str]] = {}
    try:
        for at, stage in enumerate(stages):
            begin_from(stages[at:], begun)
            if not passes(stage, begun.pop(stage.name), totals):
                failed.append(stage.name)
                if os.environ.get("KEEP_GOING") != "1":
                    break
    finally:
        for process in begun.values():
            process.terminate()
            process.communicate()
    if failed:
        print(f"\nFailed: {', '.join(failed)}", flush=True)
    print(closing_line(totals, time.monotonic() - started, bool(failed)), flush=True)
    return 1 if failed else 0


def begin_from(stages: Sequence[Stage], begun: dict[str, subprocess.Popen[str]]) -> None:
    """Begin the first of these and, as long as they leave room, those behind it."""
    for stage in stages:
        if stage.name not in begun:
            begun[stage.name] = begin(stage)
        if not stage.leaves_room:
            return


def begin(stage: Stage) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *stage.command],
        cwd=ROOT,
        env={**COMPILED_ONCE, **stage.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def passes(stage: Stage, process: subprocess.Popen[str], totals: dict[str, int]) -> bool:
    """Show the output of a stage as it comes, and add its tests to `totals`."""
    print(f"\n-- {stage.name}", flush=True)
    began = time.monotonic()
    with process:
        last = ""
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line if RESULT.search(line) else last
    if "pytest" in stage.command:
        add_results(last, totals)
    good = process.returncode == 0
    print(f"-- {stage.name}: {'good' if good else 'FAILED'} in {time.monotonic() - began:.1f} s")
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
