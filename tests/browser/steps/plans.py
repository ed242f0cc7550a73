"""The recovery plan."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.steps.pressing import choose


def make_plan(page: Page, client_url: str) -> None:
    page.goto(client_url)
    page.get_by_role("button", name="Make the plan from the pathway").first.click()
    expect(page.get_by_role("region", name="Milestones")).to_be_visible()


def update_milestone(page: Page, title: str, how_far: str) -> None:
    """By the line's own link, where it says how far it is."""
    page.get_by_role("link", name=f"Update {title}").click()
    choose(page, how_far)
    page.get_by_role("button", name="Save", exact=True).click()


def tick(page: Page, title: str) -> None:
    """The round tick of a line; the plan answers in place."""
    page.get_by_role("button", name=title, exact=True).click()
    expect(page.get_by_text(f"{title} is reached.")).to_be_visible()
    folded = page.locator("details:not([open]) > summary", has_text="Reached")
    if folded.count():
        folded.click()
    expect(page.get_by_role("button", name=title, exact=True, pressed=True)).to_be_visible()
