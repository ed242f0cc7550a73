"""Coming in: the first set-up, signing in, the own password."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PASSWORD = "seven quiet herons wade"
FIRST_PASSWORD = "given by hand today"


def set_up(page: Page, link: str, *, name: str, email: str) -> None:
    """Follow the link that the server printed, and arrive at the own account."""
    page.goto(link)
    page.get_by_label("Name of your community").fill("Harbour Road therapists")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Your account", level=1)).to_be_visible()


def sign_in_first_time(page: Page, *, email: str) -> None:
    """With the password handed over, which has to be changed at once."""
    page.goto("/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(FIRST_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    page.get_by_label("Password now").fill(FIRST_PASSWORD)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
