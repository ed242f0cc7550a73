"""Stopping at a page: nothing wider than the screen, nothing that axe finds, light and dark."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.support.browser import assert_accessible

PICTURES = os.environ.get("CARETEAM_PICTURES")
"""A folder: where it is set, every station leaves its picture there."""


def station(page: Page, name: str) -> None:
    """Judge the page as it stands; `name` is for the picture."""
    assert_fits(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
        take_picture(page, f"{name}-{scheme}")
    page.emulate_media(color_scheme="light")


def assert_fits(page: Page) -> None:
    """Nobody has to push the page sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"


def take_picture(page: Page, name: str) -> None:
    if PICTURES:
        size = page.viewport_size or {"width": 0}
        path = Path(PICTURES) / f"{name}-{size['width']}.png"
        page.screenshot(path=path, full_page=True)
