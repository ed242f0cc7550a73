"""Places on the team and who may fill them."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def place_on_team(page: Page, role: str) -> Locator:
    """The place for `role` as the client's page shows it."""
    places = page.get_by_role("list", name="Seats of the team").get_by_role("listitem")
    return places.filter(has=page.get_by_text(role, exact=True))


def look_for_people(page: Page, client_url: str, role: str) -> None:
    """From the client's page to those who could fill the place."""
    page.goto(client_url)
    place_on_team(page, role).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name=role, level=1)).to_be_visible()


def is_clients_own(page: Page, name: str) -> None:
    """On the page of the place: this person cares for the client already."""
    page.get_by_role("button", name=f"Client's own already: {name}").click()
