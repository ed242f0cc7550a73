"""Measure the main pages at three sizes of a community.

    python tools/bench.py           60, 1,000 and 10,000 practitioners
    python tools/bench.py --quick   the smallest only
    python tools/bench.py --links   dead links only, at the smallest size
    python tools/bench.py --check   end with an error where an aim is missed

One server process on this machine answers one browser that stays connected. Each page is given in
milliseconds and as a multiple of the empty page, asked for in turn with it: the form for changing
one's password, which shows the frame of every signed-in page and nothing else out of the database.

Then how everybody answers is worked out in one pass, in seconds, and compared with made-up
answering whose true chances are known. The silence policy is run over all referrals that wait.
Links that open nothing are timed against each other, as they must not be told apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask

from careteam import create_app
from careteam.kit.db import Base, db
from careteam.settings import read_settings
from tools.benching.answering import judged
from tools.benching.community import PASSWORD, Size, fill
from tools.benching.dead_links import compared, lines, plant, verdict
from tools.benching.everybody import pass_over_all
from tools.benching.pages import EMPTY, Page, pages
from tools.benching.report import Measured, Result, chances, table, verdicts
from tools.benching.silence import line, policy_over_all
from tools.benching.watch import Browser, served, statements_of, timed

SIZES = (Size(60, 600), Size(1_000, 10_000), Size(10_000, 100_000))
TIMES, SECONDS = 40, 2.5
"""How often a page is asked for, and how long at most."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the main pages.")
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    parser.add_argument("--check", action="store_true", help="fail where an aim is missed")
    parser.add_argument("--links", action="store_true", help="dead links only")
    given = parser.parse_args(arguments)
    if given.links:
        return only_links(check=given.check)
    started, results = time.monotonic(), []
    for size in SIZES[:1] if given.quick else SIZES:
        with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
            results.append(measure(size, Path(folder)))
        print("\n".join(table(results[-1])), end="\n\n", flush=True)
    qualities = judged()
    print("\n".join(chances(qualities)), end="\n\n", flush=True)
    found = list(verdicts(results, qualities))
    for is_met, words in found:
        print(f"{'met    ' if is_met else 'MISSED '} {words}")
    print(f"took {time.monotonic() - started:.0f} seconds")
    return 1 if given.check and not all(is_met for is_met, _ in found) else 0


def only_links(*, check: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
        app, environ, addresses = community(SIZES[0], Path(folder))
        with served(environ) as port:
            found = compared(app, port, addresses)
    is_met, words = verdict(found)
    print("\n".join([*lines(found), f"{'met' if is_met else 'MISSED'} {words}"]))
    return 1 if check and not is_met else 0


def community(size: Size, folder: Path) -> tuple[Flask, dict[str, str], dict[str, str]]:
    """An application with a community of this size, its settings, and its dead links."""
    environ = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "CARETEAM_DATA": str(folder),
        "CARETEAM_HOST": "127.0.0.1",
    }
    app = create_app(read_settings({**environ, "CARETEAM_LOG_LEVEL": "WARNING"}))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        fill(size)
        addresses = plant()
        db.engine.dispose()
    return app, environ, addresses


def measure(size: Size, folder: Path) -> Result:
    app, environ, addresses = community(size, folder)
    with served(environ) as port:
        browser = Browser(port)
        browser.sign_in(PASSWORD)

        def one(page: Page) -> Measured:
            timing = timed(browser, page.path, EMPTY, times=TIMES, seconds=SECONDS)
            return Measured(page, timing, statements_of(app, browser.cookies, page.path))

        empty, measured = one(Page("Empty page", EMPTY)), [one(page) for page in pages()]
        dead = compared(app, port, addresses)
    with app.app_context():
        result = Result(size, empty, measured, pass_over_all(), dead)
        print(line(policy_over_all()), flush=True)
        db.engine.dispose()
    return result


if __name__ == "__main__":
    raise SystemExit(main())
