"""The way into the worked example."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.support.sample import SAMPLE_PASSWORD

MAIN_EMAIL = "linnet@example.org"
COOKIES: dict[str, list[Any]] = {}
"""By e-mail, of whoever signed in last: good for further browsers at the same server."""


def sign_in_as_main(page: Page) -> Page:
    """As the person whose clients it has."""
    return sign_in(page, MAIN_EMAIL)


def sign_in(page: Page, email: str) -> Page:
    """To Today; the password is typed where this server does not know the cookies."""
    page.context.add_cookies(COOKIES.get(email, []))
    page.goto("/")
    if page.get_by_label("Password").count():
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(SAMPLE_PASSWORD)
        page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    COOKIES[email] = page.context.cookies()
    return page
