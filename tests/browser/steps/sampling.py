"""The way into the worked example as the person whose clients it has."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.support.sample import SAMPLE_PASSWORD

MAIN_EMAIL = "linnet@example.org"


def sign_in_as_main(page: Page) -> Page:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(MAIN_EMAIL)
    page.get_by_label("Password").fill(SAMPLE_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    return page
