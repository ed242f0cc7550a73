"""A server filled with the worked example, and the way in as the person whose clients it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.sample import SAMPLE_PASSWORD
from tests.support.server import running_server

MAIN_EMAIL = "linnet@example.org"


@contextmanager
def sample_site(folder: Path) -> Iterator[str]:
    """Its address. The database file is in `folder`."""
    with running_server({"CARETEAM_DATA": str(folder), "CARETEAM_DEMO": "1"}) as url:
        yield url


def sign_in_as_main(page: Page) -> Page:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(MAIN_EMAIL)
    page.get_by_label("Password").fill(SAMPLE_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    return page
