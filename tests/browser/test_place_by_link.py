"""On a phone and without an account: yes in two taps, then a report from the place on the team."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.linking import hand_over, mailed_code, settings_of
from tests.browser.steps.pressing import choose
from tests.browser.steps.stations import station
from tests.support.browser import PHONE
from tests.support.server import serving

MOST_SECONDS = 10
"""Of the machine's own time for an answer or a report; the rest is the person's, who types."""


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serving(settings_of(folder)) as url:
        yield url


def test_yes_in_two_taps_then_the_place_on_the_team(
    site: str, folder: Path, open_page: OpenPage
) -> None:
    page = open_page(site, device=PHONE)
    page.goto(hand_over(folder))
    station(page, "link-asked")
    begun = time.monotonic()
    page.get_by_role("link", name="I can take this").tap()
    page.get_by_role("button", name="Accept").tap()
    expect(page.get_by_text("Accepted by you")).to_be_visible()
    assert time.monotonic() - begun < MOST_SECONDS
    expect(page.get_by_text("Tomas")).to_have_count(0)
    show_the_code(page, folder)
    arrived(page, "Tomas Greywater")
    expect(page).to_have_title("Your place on the team · Careteam")
    station(page, "link-place")
    write_a_note(page)
    look_around(page)
    report(page)


def arrived(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def show_the_code(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Read the letter").tap()
    page.get_by_role("button", name="Send a code").tap()
    expect(page.get_by_text("A code is on its way")).to_be_visible()
    page.get_by_label("Code of six digits").fill(mailed_code(folder))
    page.get_by_role("button", name="Open").tap()


def write_a_note(page: Page) -> None:
    page.get_by_role("link", name="Notes of the team").tap()
    page.get_by_role("link", name="Write a note").tap()
    arrived(page, "Write a note")
    station(page, "link-note")
    page.get_by_role("textbox", name="Your note").fill("Runs on grass from next week.")
    choose(page, "The team")
    page.get_by_label("What is it about?").select_option("safety_alerts")
    page.get_by_role("button", name="Write the note").tap()
    expect(page.get_by_text("Runs on grass from next week.")).to_be_visible()
    station(page, "link-notes")
    page.get_by_role("link", name="Back to what is next").tap()


def look_around(page: Page) -> None:
    for name, heading in (
        ("The plan", "The plan"),
        ("The letter", "The letter"),
        ("What happened", "What happened"),
    ):
        page.get_by_role("link", name=name).first.tap()
        arrived(page, heading)
        station(page, f"link-{heading.split()[-1].lower()}")
        page.get_by_role("link", name="Back to what is next").tap()


def report(page: Page) -> None:
    page.get_by_role("button", name="Treatment has started").tap()
    begun = time.monotonic()
    page.get_by_role("link", name="Write a report").tap()
    arrived(page, "Write a report")
    station(page, "link-report")
    page.get_by_role("textbox", name="Your report").fill(
        "Two sessions. Walks and jogs by turns without pain."
    )
    page.get_by_role("textbox", name="Next step").fill("Ten minutes more each week")
    page.get_by_role("button", name="Send the report").tap()
    expect(page.get_by_text("has your report")).to_be_visible()
    assert time.monotonic() - begun < MOST_SECONDS
    page.get_by_role("link", name="Leave the team").tap()
    arrived(page, "Leave the team")
    station(page, "link-stop")
    page.get_by_role("link", name="Back, I stay").tap()
