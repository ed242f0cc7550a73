"""Quick history: two taps a person, from memory."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import Page, expect

Taps = Mapping[str, tuple[str, str]]
"""By name: about how many I sent and how many I received, in the words of the page."""


def tell_history(page: Page, taps: Taps) -> None:
    """From the end of the import to the saved list."""
    page.get_by_role("link", name="Quick history").click()
    expect(page.get_by_role("heading", name="Quick history", level=1)).to_be_visible()
    people = page.get_by_role("list", name="People").get_by_role("listitem")
    for name, (sent, received) in taps.items():
        person = people.filter(has=page.get_by_text(name, exact=True))
        for question, words in (("I sent", sent), ("I received", received)):
            tap = person.get_by_role("group", name=question).get_by_role("radio", name=words)
            tap.check()
    page.get_by_role("button", name=f"Save for {len(taps)} people").click()


def remembered(page: Page) -> dict[str, tuple[str, str]]:
    """By name: what the list of the network says that I sent and received."""
    found = {}
    for row in page.get_by_role("table").locator("tbody tr").all():
        name = row.get_by_role("link").first.inner_text()
        sent, received = (row.locator("td").nth(n).inner_text().split("\n")[-1] for n in (1, 2))
        found[name] = sent.strip(), received.strip()
    return found
