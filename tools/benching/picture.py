"""The picture of the network in a browser: how soon it stands, and how smoothly it is moved.

The page is the real one; only its data are made up, so that nothing but the picture is measured.
Headless and without a graphics card, as on a clinic's remote desktop.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import pi, sin
from random import Random
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

from careteam.domain.network.graph import TieRow, build_graph
from careteam.domain.network.picture import Person, build_picture
from careteam.domain.network.ties import seen_by
from careteam.features.demo.cast import CAST
from tests.support.chromium import NoBrowserError, launch_arguments

AIMS = {300: 57.0, 2_000: 53.0, 5_000: 60.0}
"""Frames in a second of panning, by people: the figures of the prototype that was chosen."""
PART = 0.8
"""Of an aim that has to be met: the machine that measured it had nothing else to do."""
SCREENS = {"desktop": ViewportSize(width=1440, height=900)}
PAN_MS = 2_500
TRADES = 30
WATCH = """
  const look = () => {
    if (!document.querySelector(".network.is-ready")) return requestAnimationFrame(look);
    const note = () => { window.stableAt = performance.now(); };
    requestAnimationFrame(() => requestAnimationFrame(note));
  };
  addEventListener("DOMContentLoaded", look);
  window.counted = (milliseconds) => new Promise((done) => {
    let frames = 0;
    const start = performance.now();
    const frame = (now) => {
      frames += 1;
      if (now - start < milliseconds) requestAnimationFrame(frame);
      else done((1000 * frames) / (now - start));
    };
    requestAnimationFrame(frame);
  });
"""


@dataclass(frozen=True, slots=True)
class Smoothness:
    people: int
    stable_ms: float
    pan: float
    """Frames in a second."""
    zoom: float


def made_up(people: int) -> dict[str, Any]:
    """Twice as many ties of others as people, most of them in neighbourhoods of forty."""
    chance = Random(people)  # noqa: S311
    trades = [chance.randrange(TRADES) for _ in range(people)]
    crowd = [
        Person(f"p{at:05}", f"Sample {at}", f"t{trade}", f"Discipline {trade}", None, at % 3 > 0)
        for at, trade in enumerate(trades)
    ]
    rows = []
    for _ in range(2 * people):
        one = chance.randrange(people)
        other = (one + chance.randrange(1, 40)) % people
        if chance.random() < 0.1:
            other = chance.randrange(people)
        rows.append(TieRow(f"p{one:05}", f"p{other:05}", chance.randrange(5, 25)))
    seen: nx.DiGraph[str] = seen_by(build_graph(rows), None)
    picture = build_picture(crowd, seen)
    return {**picture, "notes": [], "ways_out": [], "period": None, "is_coming": False}


def has_browser() -> bool:
    """Whether Chromium can be started here."""
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(**launch_arguments()).close()
        except (Error, NoBrowserError):
            return False
    return True


def smoothness(port: int, password: str) -> Iterator[Smoothness]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_arguments())
        for people in AIMS:
            yield _of(browser, f"http://localhost:{port}", password, people)
        browser.close()


def _of(browser: Browser, site: str, password: str, people: int) -> Smoothness:
    page = browser.new_context(viewport=SCREENS["desktop"]).new_page()
    page.add_init_script(WATCH)
    body = json.dumps(made_up(people))
    page.route("**/network.json*", lambda route: route.fulfill(body=body))
    page.goto(f"{site}/sign-in")
    page.get_by_label("E-mail").fill(CAST[0].email or "")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Today", level=1).wait_for()
    page.goto(f"{site}/network?view=community")
    page.wait_for_function("() => window.stableAt > 0")
    stable = page.evaluate("window.stableAt")
    page.wait_for_timeout(500)
    pan, zoom = _panned(page), _zoomed(page)
    page.context.close()
    return Smoothness(people, stable, pan, zoom)


def _panned(page: Page) -> float:
    """Drag the picture to and fro."""
    box = page.locator("canvas").bounding_box()
    if box is None:
        raise RuntimeError("the picture is not there")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    _count(page)
    for step in range(150):
        page.mouse.move(x + 150 * sin(step * pi / 25), y + 80 * sin(step * pi / 40))
        page.wait_for_timeout(PAN_MS / 200)
        if page.evaluate("window.frames_a_second") is not None:
            break
    page.mouse.up()
    return _counted(page)


def _zoomed(page: Page) -> float:
    _count(page)
    for step in range(150):
        page.mouse.wheel(0, 60 if step // 12 % 2 else -60)
        page.wait_for_timeout(PAN_MS / 200)
        if page.evaluate("window.frames_a_second") is not None:
            break
    return _counted(page)


def _count(page: Page) -> None:
    page.evaluate(
        "window.frames_a_second = null;"
        f"window.counted({PAN_MS}).then((found) => {{ window.frames_a_second = found; }}); null"
    )


def _counted(page: Page) -> float:
    page.wait_for_function("() => window.frames_a_second !== null")
    found: float = page.evaluate("window.frames_a_second")
    return found


def lines(found: list[Smoothness]) -> list[str]:
    heads = ("people", "stands after ms", "panning fps", "aim", "zooming fps")
    rows = [(each.people, each.stable_ms, each.pan, AIMS[each.people], each.zoom) for each in found]
    widths = [len(head) + 2 for head in heads]
    return [
        "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)),
        *(
            "".join(f"{value:>{width},.0f}" for value, width in zip(row, widths, strict=True))
            for row in rows
        ),
    ]


def verdicts(found: list[Smoothness]) -> Iterator[tuple[bool, str]]:
    for each in found:
        aim = AIMS[each.people]
        yield (
            each.pan >= PART * aim,
            f"picture of {each.people:,} people: {each.pan:.0f} frames a second of panning, "
            f"aim {aim:.0f}, of which {PART:.0%} on a machine with other work",
        )
