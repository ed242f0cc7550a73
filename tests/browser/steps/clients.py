"""The client and what the client wants."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page, expect

from tests.browser.steps.pressing import choose


def add_client(page: Page, name: str) -> None:
    """With a name and the agreement alone; the goal is asked for next."""
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name="client").first.click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("The client agrees that I keep this record").check()
    page.get_by_role("button", name="Start the record").click()
    expect(page.get_by_role("heading", name=f"A goal for {name}", level=1)).to_be_visible()


def add_goal(
    page: Page, *, words: str, pathway: str, anchor_on: date | None = None, measure: str = ""
) -> str:
    """Where adding a client leads. Gives the address of the client's page."""
    page.get_by_label("What the client wants").fill(words)
    choose(page, pathway)
    if anchor_on:
        page.get_by_label("The day the plan counts from").fill(anchor_on.isoformat())
    if measure:
        page.get_by_label("Measure").select_option(label=measure)
    page.get_by_role("button", name="Add the goal").click()
    expect(page.get_by_role("list", name="Seats of the team")).to_be_visible()
    return page.url


def word_goal_anew(page: Page, words: str) -> None:
    page.get_by_role("link", name="Word the goal anew").first.click()
    page.get_by_label("What the client wants").fill(words)
    page.get_by_role("button", name="Save the goal").click()
    expect(page.get_by_text(words).first).to_be_visible()
