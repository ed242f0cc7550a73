"""Measure the main pages at three sizes of a community.

    python tools/bench.py           everything (`make bench`): 60, 1,000 and 10,000 practitioners,
                                    the network up to 100,000, and its picture in a browser
    python tools/bench.py --quick   the smallest only, without network and picture
    python tools/bench.py --links   dead links only, at the smallest size
    python tools/bench.py --plans   plans only, at the smallest size
    python tools/bench.py --teams   the team suggested, on the reference instances only
    python tools/bench.py --network the network only: pages, data and figures up to 100,000 people
    python tools/bench.py --imports lists of practitioners imported and taken back only
    python tools/bench.py --picture the network's picture in a browser only, up to 5,000 people
    python tools/bench.py --check   end with an error where an aim is missed

One server process on this machine answers one browser that stays connected. Each page is given in
milliseconds and as a multiple of the empty page, asked for in turn with it: the form for changing
one's password, which shows the frame of every signed-in page and nothing else out of the database.

Then how everybody answers is worked out in one pass, in seconds, and compared with made-up
answering whose true chances are known. The silence policy is run over all referrals that wait.
Links that open nothing are timed against each other, as they must not be told apart. Plans of 20,
100 and 500 milestones are scheduled, shown, moved in a preview and asked for news; then eight
people edit one of them at once, and what was acknowledged and what was lost is counted.

The best team is looked for on instances whose optimum is known, beside the published heuristics.

Lists of 2,500, 5,000 and 10,000 practitioners are imported, searched for duplicates, taken back.

The network is asked for its pages and data at 1,000, 10,000 and 100,000 people with ten times as
many referrals; each figure of everybody is worked out by every engine that has it, in seconds of
the processor; and a full import is brought and taken back. The picture is panned and zoomed at 300,
2,000 and 5,000 people in headless Chromium, in frames a second; without a browser that is said.

Beside each figure stands what is wished of it, and at the end what is met and what is missed. On a
machine with other work multiples, statements and seconds of the processor hold; frames do not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask

from careteam import create_app
from careteam.kit.db import Base, db
from careteam.settings import read_settings
from tools.benching import importing, networks
from tools.benching.answering import judged
from tools.benching.community import PASSWORD, Size, fill
from tools.benching.dead_links import compared, lines, plant, verdict
from tools.benching.editing import PROCESSES, edit_together
from tools.benching.editing import line as of_edits
from tools.benching.editing import verdict as edit_verdict
from tools.benching.everybody import pass_over_all
from tools.benching.pages import EMPTY, Page, pages
from tools.benching.plans import LENGTHS, cost, goal_of, milestone_of, plant_plans
from tools.benching.plans import lines as of_lengths
from tools.benching.plans import verdicts as plan_verdicts
from tools.benching.report import HEAD, Measured, Result, chances, line_of, table, verdicts
from tools.benching.silence import line, policy_over_all
from tools.benching.teams import lines as team_lines
from tools.benching.teams import proofs
from tools.benching.teams import verdicts as team_verdicts
from tools.benching.watch import Browser, served, statements_of, timed

SIZES = (Size(60, 600), Size(1_000, 10_000), Size(10_000, 100_000))
TIMES, SECONDS = 40, 2.5
"""How often a page is asked for, and how long at most."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the main pages.")
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    parser.add_argument("--check", action="store_true", help="fail where an aim is missed")
    parser.add_argument("--links", action="store_true", help="dead links only")
    parser.add_argument("--plans", action="store_true", help="plans only")
    parser.add_argument("--teams", action="store_true", help="the team suggested only")
    parser.add_argument("--imports", action="store_true", help="lists imported only")
    parser.add_argument("--network", action="store_true", help="the network up to 100,000 people")
    parser.add_argument("--picture", action="store_true", help="the picture in a browser only")
    given = parser.parse_args(arguments)
    if given.picture:
        return said(of_picture(), check=given.check)
    if given.links:
        return only_links(check=given.check)
    if given.plans:
        return said(of_plans(), check=given.check)
    if given.teams:
        return said(of_teams(), check=given.check)
    if given.imports:
        return said(of_imports(), check=given.check)
    if given.network:
        return said(of_networks(quick=given.quick), check=given.check)
    started, results = time.monotonic(), []
    for size in SIZES[:1] if given.quick else SIZES:
        with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
            results.append(measure(size, Path(folder)))
        print("\n".join(table(results[-1])), end="\n\n", flush=True)
    qualities = judged()
    print("\n".join(chances(qualities)), end="\n\n", flush=True)
    found = [*of_plans(), *of_teams(), *verdicts(results, qualities)]
    if not given.quick:
        found += [*of_imports(), *of_networks(quick=False), *of_picture()]
    missed = said(found, check=given.check)
    print(f"took {time.monotonic() - started:.0f} seconds")
    return missed


def said(found: list[tuple[bool, str]], *, check: bool) -> int:
    """Print what is met and what is not; 1 where something is not and that is to be an error."""
    for is_met, words in found:
        print(f"{'met    ' if is_met else 'MISSED '} {words}")
    return 1 if check and not all(is_met for is_met, _ in found) else 0


def of_plans() -> list[tuple[bool, str]]:
    """Measure plans of three lengths, and let many edit the shortest at once."""
    with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
        app, environ, _ = community(SIZES[0], Path(folder))
        with app.app_context():
            plant_plans()
            db.engine.dispose()
        with served(environ) as port:
            browser = Browser(port)
            browser.sign_in(PASSWORD)
            costs = [cost(app, browser, EMPTY, length) for length in LENGTHS]
        edited = [milestone_of(LENGTHS[0], number) for number in range(4)]
        with served(environ, PROCESSES) as port:
            tally = edit_together(app, port, PASSWORD, goal_of(LENGTHS[0]), edited)
    print("\n".join([*of_lengths(costs), of_edits(tally)]), end="\n\n", flush=True)
    return [*plan_verdicts(costs), edit_verdict(tally)]


def of_teams() -> list[tuple[bool, str]]:
    """Choose the best team of each reference instance, exactly and by the published ways."""
    found = list(proofs())
    print("\n".join(team_lines(found)), end="\n\n", flush=True)
    return list(team_verdicts(found))


def of_imports() -> list[tuple[bool, str]]:
    """Import lists of three lengths, each into a community of its own."""
    costs = []
    for rows in importing.LENGTHS:
        with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
            app, _, _ = community(SIZES[0], Path(folder))
            with app.app_context():
                costs.append(importing.cost(rows))
                db.engine.dispose()
    print("\n".join(importing.lines(costs)), end="\n\n", flush=True)
    return list(importing.verdicts(costs))


def of_networks(*, quick: bool) -> list[tuple[bool, str]]:
    """Pages, figures and a full import at each size of network."""
    found = []
    for size in networks.SIZES[:1] if quick else networks.SIZES:
        with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
            found.append(of_network(size, Path(folder)))
    return list(networks.verdicts(found))


def of_network(size: Size, folder: Path) -> networks.NetworkResult:
    app, environ, _ = community(size, folder, networks.fill_network)
    with app.app_context():
        network, costs = networks.costs()
        print("\n".join(networks.lines(network, costs)), flush=True)
        imported, back = networks.import_and_undo()
        print(f"  import of a full list {imported:.1f}, taking it back {back:.1f}")
        worker = networks.gathered()
        print(f"  what the worker keeps {worker:.1f}")
        db.engine.dispose()
    measured, silent = [], []
    with served(environ) as port:
        browser = Browser(port)
        browser.sign_in(PASSWORD)
        print(HEAD, flush=True)
        for page in (Page("Empty page", EMPTY), *networks.PAGES):
            try:
                measured.append(_measured(app, browser, page, networks.TIMES))
                print(line_of(measured[-1]), flush=True)
            except (HTTPException, OSError):
                browser.connection.close()
                silent.append(page.name)
                print(f"{page.name:<20} no answer", flush=True)
    print(flush=True)
    return networks.NetworkResult(size, costs, worker, imported, measured, silent)


def of_picture() -> list[tuple[bool, str]]:
    """Show and move the picture of three sizes in a browser."""
    # Only here, so that no other run needs a browser.
    from tools.benching import picture

    if not picture.has_browser():
        print("picture: not measured, for there is no Chromium here", end="\n\n", flush=True)
        return []
    with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
        _, environ, _ = community(SIZES[0], Path(folder))
        with served(environ) as port:
            found = list(picture.smoothness(port, PASSWORD))
    print("\n".join(picture.lines(found)), end="\n\n", flush=True)
    return list(picture.verdicts(found))


def only_links(*, check: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="careteam-bench-") as folder:
        app, environ, addresses = community(SIZES[0], Path(folder))
        with served(environ) as port:
            found = compared(app, port, addresses)
    is_met, words = verdict(found)
    print("\n".join([*lines(found), f"{'met' if is_met else 'MISSED'} {words}"]))
    return 1 if check and not is_met else 0


def community(
    size: Size, folder: Path, filled: Callable[[Size], None] = fill
) -> tuple[Flask, dict[str, str], dict[str, str]]:
    """An application with a community of this size, its settings, and its dead links."""
    environ = {
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "CARETEAM_DATA": str(folder),
        "CARETEAM_HOST": "127.0.0.1",
    }
    app = create_app(read_settings({**environ, "CARETEAM_LOG_LEVEL": "WARNING"}))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        filled(size)
        addresses = plant()
        db.engine.dispose()
    return app, environ, addresses


def measure(size: Size, folder: Path) -> Result:
    app, environ, addresses = community(size, folder)
    with served(environ) as port:
        browser = Browser(port)
        browser.sign_in(PASSWORD)
        empty, *measured = (
            _measured(app, browser, page) for page in (Page("Empty page", EMPTY), *pages())
        )
        dead = compared(app, port, addresses)
    with app.app_context():
        result = Result(size, empty, measured, pass_over_all(), dead)
        print(line(policy_over_all()), flush=True)
        db.engine.dispose()
    return result


def _measured(app: Flask, browser: Browser, page: Page, times: int = TIMES) -> Measured:
    timing = timed(browser, page.path, EMPTY, times=times, seconds=SECONDS)
    return Measured(page, timing, statements_of(app, browser.cookies, page.path))


if __name__ == "__main__":
    raise SystemExit(main())
