"""The referral network, as picture and as list."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def see_picture(page: Page) -> None:
    page.get_by_role("link", name="Network").first.click()
    expect(page.get_by_role("heading", name="Referral network", level=1)).to_be_visible()
    expect(page.get_by_role("application", name="Referral network")).to_be_visible()


def see_list(page: Page) -> None:
    page.get_by_role("navigation", name="Picture or list").get_by_role("link", name="List").click()
    expect(page.get_by_role("table")).to_be_visible()


def people_i_sent_to(page: Page) -> set[str]:
    """Whose line of the list says that I sent somebody to them."""
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader")).all()
    return {
        row.get_by_role("link").first.inner_text()
        for row in rows
        if row.get_by_role("cell").nth(1).inner_text() != "none"
    }
