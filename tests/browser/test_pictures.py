"""The pictures of README: made anew with WRITE_PICTURES=1, otherwise held to what they show."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps import networks
from tests.browser.steps.sampling import sign_in_as_main
from tests.support.browser import PHONE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
LARGEST = 250_000
"""Bytes of one picture, so that a clone stays small."""
COLOURS = 160
TALL: dict[str, Any] = {"viewport": {"width": 1440, "height": 1280}}
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
NAMES = {"client.png", "network.png", "today-phone.png"}


def test_client_page_shows_safety_team_plan_and_progress(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, device=TALL))
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name="Gareth Stonecrop").click()
    expect(page.get_by_role("heading", name="Gareth Stonecrop", level=1)).to_be_visible()
    for heading in ("Take care", "Team", "Recovery plan", "Progress"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    tops = [top_of(page, heading) for heading in ("Take care", "Team", "Recovery plan")]
    assert tops == sorted(tops)
    picture(page, "client.png")


def test_network_page_shows_own_neighbourhood(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, device=WIDE))
    networks.see_picture(page)
    expect(page.locator(".network.is-ready")).to_be_visible()
    expect(page.locator(".network").get_by_role("status")).to_have_text(
        re.compile(r"3\d people, \d\d links in the picture")
    )
    picture(page, "network.png")


def test_today_on_a_phone_asks_what_waits(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, device=PHONE))
    for heading in ("Was the person seen?", "Sent to you", "Your referrals"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    picture(page, "today-phone.png")


def test_readme_names_the_pictures_that_are_there() -> None:
    named = re.findall(r"docs/pictures/([\w.-]+)", (ROOT / "README.md").read_text())
    assert set(named) == NAMES
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert set(sizes) == NAMES
    assert max(sizes.values()) < LARGEST


def top_of(page: Page, heading: str) -> float:
    box = page.get_by_role("heading", name=heading, exact=True).bounding_box()
    assert box is not None
    return box["y"]


def picture(page: Page, name: str) -> None:
    """Write what the screen shows, in few colours, where it is wanted."""
    if not os.environ.get("WRITE_PICTURES"):
        return
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    FOLDER.mkdir(parents=True, exist_ok=True)
    few.save(FOLDER / name, optimize=True)
