"""The first evening: from an empty community to a network picture with forty people on it."""

from __future__ import annotations

from itertools import cycle

from playwright.sync_api import Page, expect

from tests.browser.conftest import Community, OpenPage
from tests.browser.steps import clients, entering, histories, networks, people
from tests.browser.steps.beginning import MASSAGE, THERAPIST
from tests.browser.steps.contacts import CONTACTS, NAMES, UNKNOWN
from tests.browser.steps.stations import station
from tests.support.browser import PHONE

BANDS = ("1–2", "0"), ("3–5", "1–2"), ("more", "3–5"), ("0", "1–2")
HISTORY = dict(zip(NAMES, cycle(BANDS), strict=False))
IN_LIST = {
    "0": "none",
    "1–2": "about 1 or 2, by hand",
    "3–5": "about 3 to 5, by hand",
    "more": "about 6 or more, by hand",
}
NEW_CLIENTS = ("Ash Rowan", "Fern Holloway", "Reed Sandwell")


def test_first_evening_ends_with_a_picture(community: Community, open_page: OpenPage) -> None:
    page = open_page(community.url, device=PHONE)
    set_up_looks_right(page, community.setup_link)
    people.add_own_entry(page, discipline=MASSAGE, place="Leeds")
    forty_lines_become_entries(page)
    histories.tell_history(page, HISTORY)
    station(page, "history-told")
    for name in NEW_CLIENTS:
        clients.add_client(page, name)
    all_of_them_are_listed(page)
    everybody_is_tied_in_the_picture(page)
    one_person_says_what_was_told(page)
    the_list_says_the_same(page)
    today_has_nothing_left_to_begin(page)


def set_up_looks_right(page: Page, link: str) -> None:
    page.goto(link)
    station(page, "set-up")
    entering.set_up(page, link, name=THERAPIST, email="wren@example.org")
    page.goto("/")
    expect(page.get_by_role("list", name="First steps").get_by_role("listitem")).to_have_count(4)
    station(page, "first-steps")


def forty_lines_become_entries(page: Page) -> None:
    """One line has a discipline nobody knows; it is chosen in the preview."""
    page.goto("/")
    page.get_by_role("link", name="Bring your contacts").click()
    page.get_by_label("One person a line").fill("\n".join(CONTACTS))
    page.get_by_role("button", name="Look at the rows").click()
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    expect(page.get_by_text("1 row lacks a discipline that we know.")).to_be_visible()
    station(page, "preview")
    page.get_by_label(f"Discipline of {UNKNOWN}").select_option(label=MASSAGE)
    page.get_by_role("button", name="Use these choices of the rows above").click()
    page.get_by_role("button", name="Import 40 entries", exact=True).click()
    expect(page.get_by_role("heading", name="40 entries are in the directory now")).to_be_visible()


def all_of_them_are_listed(page: Page) -> None:
    page.goto("/clients")
    for name in NEW_CLIENTS:
        expect(page.get_by_role("main").get_by_role("link", name=name, exact=True)).to_be_visible()
    station(page, "three-clients")


def everybody_is_tied_in_the_picture(page: Page) -> None:
    networks.see_picture(page)
    expect(page.locator(".network.is-ready")).to_be_visible()
    told = sum(words != "0" for bands in HISTORY.values() for words in bands)
    expect(page.locator(".network").get_by_role("status")).to_have_text(
        f"All time. 41 people, {told} links in the picture"
    )
    station(page, "first-network")


def one_person_says_what_was_told(page: Page) -> None:
    """Found in the picture by name; the panel opens beside it, on a phone below it."""
    page.get_by_label("Find a person in the picture").fill("Ida Fern")
    page.get_by_role("option", name="Ida Fernley").click()
    panel = page.get_by_role("complementary", name="What is chosen")
    expect(panel.get_by_role("heading", name="Ida Fernley")).to_be_visible()
    expect(panel.get_by_text("Sent, noted by you")).to_be_visible()
    station(page, "first-network-person")


def the_list_says_the_same(page: Page) -> None:
    networks.see_list(page)
    said = histories.remembered(page)
    assert said == {name: (IN_LIST[sent], IN_LIST[got]) for name, (sent, got) in HISTORY.items()}
    station(page, "first-network-list")


def today_has_nothing_left_to_begin(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("First steps")
    station(page, "today-after-first-evening")
