"""What a phone makes of a page: parts that can wait are folded, nothing is too wide."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.sampling import sign_in_as_main
from tests.browser.steps.stations import station
from tests.support.browser import PHONE, resize


def to_client(page: Page) -> Page:
    sign_in_as_main(page).goto("/clients")
    page.get_by_role("main").get_by_role("link", name="Tomas Greywater").first.click()
    expect(page.get_by_role("heading", name="Tomas Greywater", level=1)).to_be_visible()
    return page


def test_parts_are_folded_on_a_phone_under_what_they_hold(site: str, open_page: OpenPage) -> None:
    page = to_client(open_page(site, device=PHONE))
    referrals = page.locator("#referrals")
    letters = referrals.get_by_role("list", name="Referrals", exact=True)
    expect(page.locator("#needs-you")).to_be_visible()
    expect(referrals.get_by_text("4 open, 1 finished")).to_be_visible()
    expect(letters).to_be_hidden()
    station(page, "client-folded")
    referrals.get_by_text("4 open, 1 finished").tap()
    expect(letters).to_be_visible()


def test_jump_and_address_open_the_part_they_name(site: str, open_page: OpenPage) -> None:
    page = to_client(open_page(site, device=PHONE))
    page.get_by_role("navigation", name="Parts of this page").get_by_text("Notes").tap()
    expect(page.locator("#notes").get_by_text("Write a note")).to_be_visible()
    expect(page.locator("#goal").get_by_role("link", name="I want to run")).to_be_hidden()
    page.goto(page.url.split("#")[0] + "#goal")
    page.reload()
    expect(page.locator("#goal").get_by_role("link", name="I want to run")).to_be_visible()


def test_nothing_stays_folded_where_there_is_room(site: str, open_page: OpenPage) -> None:
    page = to_client(open_page(site, device=PHONE))
    letters = page.locator("#referrals").get_by_role("list", name="Referrals", exact=True)
    expect(letters).to_be_hidden()
    resize(page, {"width": 1024, "height": 768})
    expect(letters).to_be_visible()
    expect(page.locator("#referrals").get_by_text("4 open, 1 finished")).to_be_hidden()


def test_name_without_a_break_is_no_wider_than_a_phone(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, device=PHONE))
    page.goto("/practitioners/new")
    page.get_by_label("Name", exact=True).fill("W" * 100)
    page.get_by_label("Main discipline").select_option(index=1)
    page.get_by_role("button", name="Add to the directory").click()
    expect(page.get_by_role("heading", name="W" * 100, level=1)).to_be_visible()
    entry = page.url
    for address in (entry, f"{entry}/edit", "/practitioners?q=WWW", "/practitioners/quick-history"):
        page.goto(address)
        expect(page.get_by_role("main")).to_contain_text("W" * 100)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.evaluate("innerWidth") == PHONE["viewport"]["width"], address
