"""Stopping at a page: nothing wider than the screen, nothing that axe finds, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser import assert_accessible_but_for_colour, assert_accessible_in_both

PICTURES = os.environ.get("CARETEAM_PICTURES")
"""A folder: where it is set, every station leaves its picture there."""
ROOM_FOR_COLOURS = 600
"""Pixels. What is narrower has the same colours as the wide page, where they are judged."""
JUDGED: set[str] = set()
"""Stations of this run that axe has seen on one device: what stands on the page is the same on the
next. What a narrow screen hides and shows is judged on every page by the sweep."""


def station(page: Page, name: str) -> None:
    """Judge the page as it stands; `name` says which it is, also for the picture."""
    page.wait_for_load_state()  # a click only waits until the next page begins
    assert_fits(page)
    stands = f"{name}: {page.title()}"
    if stands not in JUDGED:
        JUDGED.add(stands)
        judge(page)
    take_pictures(page, name)


def judge(page: Page) -> None:
    if (page.viewport_size or {"width": 0})["width"] < ROOM_FOR_COLOURS:
        assert_accessible_but_for_colour(page)
    else:
        assert_accessible_in_both(page)


def assert_fits(page: Page) -> None:
    """Nobody has to push the page sideways. A phone shows a wide page smaller, all of it: there the
    room inside grows with the page, and only the screen stays what it is."""
    room = "Math.min(innerWidth, screen.width)"
    wide = page.evaluate(f"document.documentElement.scrollWidth - {room}")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"


def take_pictures(page: Page, name: str) -> None:
    if not PICTURES:
        return
    size = page.viewport_size or {"width": 0}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        path = Path(PICTURES) / f"{name}-{scheme}-{size['width']}.png"
        page.screenshot(path=path, full_page=True)
    page.emulate_media(color_scheme="light")
