"""The directory: the own entry, colleagues with an account, a pasted list of contacts."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps.entering import FIRST_PASSWORD


def add_own_entry(page: Page, *, discipline: str, place: str) -> None:
    """From the first step that Today offers."""
    page.goto("/")
    page.get_by_role("link", name="Add your entry").click()
    page.get_by_label("Main discipline").select_option(label=discipline)
    page.get_by_label("Town", exact=False).first.fill(place)
    page.get_by_role("button", name="Save my entry").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def import_contacts(page: Page, lines: list[str]) -> None:
    """Pasted as the phone has them, looked at, then written."""
    page.goto("/")
    page.get_by_role("link", name="Bring your contacts").click()
    page.get_by_label("One person a line").fill("\n".join(lines))
    page.get_by_role("button", name="Look at the rows").click()
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    page.get_by_role("button", name=f"Import {len(lines)} entries", exact=True).click()
    expect(page.get_by_role("heading", name="in the directory now")).to_be_visible()


def find_in_directory(page: Page, name: str) -> None:
    """To somebody's entry, by the search of the directory."""
    page.goto("/practitioners")
    page.get_by_role("main").get_by_role("searchbox").first.fill(name)
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name=f"Remove “{name}”").wait_for()  # the whole list has the link too
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def give_account(page: Page, name: str, *, email: str) -> None:
    """The steward hands the entry over to the person it is about."""
    find_in_directory(page, name)
    page.get_by_role("link", name="Give an account").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("First password").fill(FIRST_PASSWORD)
    page.get_by_role("button", name="Add the account").click()
    expect(page.get_by_text(f"signs in as {email}")).to_be_visible()
