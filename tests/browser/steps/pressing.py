"""Pressing what is drawn: the words of a choice, the heading of a fold."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def choose(where: Page | Locator, words: str) -> None:
    """One of several: a person presses its words, never the small circle."""
    choice = where.get_by_role("radio", name=words, exact=True)
    if not choice.is_checked():
        where.get_by_text(words, exact=True).click()
    expect(choice).to_be_checked()


def unfold(where: Page | Locator, heading: str) -> None:
    """Open the fold of that heading, where it is folded."""
    fold = where.locator("details:not([open]) > summary").filter(has_text=heading)
    if fold.count():
        fold.first.click()
