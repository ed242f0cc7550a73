"""Now: names given in a few presses, and a same-day matter handled without a client."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from pysqlite3 import dbapi2

from tests.browser.conftest import OpenPage
from tests.browser.steps.pressing import choose, unfold
from tests.browser.steps.sampling import sign_in_as_main
from tests.browser.steps.stations import station
from tests.support.files import codes_in

MOST_SECONDS = 10
"""Of the machine's own time; the other half of the twenty is the person's who types."""
LONDON = ZoneInfo("Europe/London")
WHO = "Tall runner, last one on Tuesday"


class Actions:
    """Counts what a person does: a press, or a word typed."""

    def __init__(self) -> None:
        self.count = 0

    def do(self, action: Callable[..., Any], *words: str) -> None:
        self.count += 1
        action(*words)


def test_two_names_are_given_in_four_actions(
    site: str, open_page: OpenPage, device: dict[str, Any]
) -> None:
    page, actions = sign_in_as_main(open_page(site, **device)), Actions()
    main = page.get_by_role("main")
    begun = time.monotonic()
    actions.do(page.get_by_role("link", name="Now").first.click)
    actions.do(main.get_by_role("link", name="Give names").click)
    actions.do(page.get_by_label("Discipline").fill, "physio")
    actions.do(page.get_by_label("Discipline").press, "Enter")
    text = main.locator("pre")
    expect(text).to_contain_text("Bryn Heronsgate")
    seconds = time.monotonic() - begun
    assert actions.count <= 4
    assert seconds < MOST_SECONDS

    assert_two_names_with_number_and_reason(text.inner_text())
    expect(main.get_by_role("img", name="The names as a code for a phone's camera")).to_be_visible()
    station(page, "names")
    logged_and_asked_about_in_a_week(page)


def assert_two_names_with_number_and_reason(text: str) -> None:
    heading, first, second, foot = text.strip().split("\n\n")
    assert heading == "Physiotherapist / physical therapist: names to ring"
    for name, number, reason in (first.split("\n"), second.split("\n")):
        assert "(" in name
        assert number.replace(" ", "").isdigit()
        assert reason.endswith(".")
    assert foot == "You choose. Ring either of them, and tell me how it went."


def logged_and_asked_about_in_a_week(page: Page) -> None:
    page.get_by_role("button", name="Given, log it").click()
    expect(page.get_by_text("Logged. You are asked in a week how it went.")).to_be_visible()


def test_names_on_paper_carry_numbers_and_the_code(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, drawn=True))
    page.goto("/now/names?discipline=physio&place=Exeter")
    page.get_by_role("link", name="On paper").click()
    expect(page.get_by_role("heading", name="names to ring", level=1)).to_be_visible()
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    expect(page.locator(".qr svg")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("01632 960001")).to_be_visible()
    expect(page.get_by_role("link")).to_have_count(0)
    [read] = codes_in(Image.open(BytesIO(page.locator(".qr svg").screenshot())))
    assert "01632 960001" in read


def test_same_day_matter_is_handled_without_a_client(
    site: str, folder: Path, open_page: OpenPage, device: dict[str, Any]
) -> None:
    page = sign_in_as_main(open_page(site, **device))
    words_of_a_lay_person_find_the_sign(page)
    what_to_do_and_what_not(page)
    script_and_note_carry_what_is_known(page)
    it_is_logged_afterwards(page)
    let_the_next_working_day_come(folder)
    today_asks_and_one_tap_answers(page)


def words_of_a_lay_person_find_the_sign(page: Page) -> None:
    page.get_by_role("link", name="Now").first.click()
    page.get_by_label("In plain words").fill("calf hot and swollen after a flight")
    page.get_by_label("In plain words").press("Enter")
    first = page.get_by_role("list", name="Signs", exact=True).get_by_role("listitem").first
    expect(first).to_contain_text("because of: calf, hot, swollen, flight")
    expect(first).to_contain_text("Same day")
    station(page, "now-found")
    first.get_by_role("link").click()


def card(page: Page, heading: str) -> Locator:
    return page.locator("section.card").filter(has=page.get_by_role("heading", name=heading))


def what_to_do_and_what_not(page: Page) -> None:
    do, do_not = card(page, "Do today"), card(page, "Do not")
    expect(do).to_contain_text("the same day")
    expect(do_not).to_contain_text("massage")
    station(page, "now-sign")


def script_and_note_carry_what_is_known(page: Page) -> None:
    unfold(page, "Fill in what you know")
    page.get_by_label("What you see, or what was said").fill("Left calf hot, twice the other")
    page.get_by_label("When it began").fill("since Sunday")
    page.get_by_label("Two facts that matter").fill("Long flight on Saturday")
    page.get_by_role("button", name="Put them in").click()
    script = card(page, "On the telephone")
    note = card(page, "Note to carry")
    for part in (script, note):
        expect(part).to_contain_text("Left calf hot, twice the other")
        expect(part).to_contain_text("It has been so since Sunday")
    assert "calf" not in page.url


def it_is_logged_afterwards(page: Page) -> None:
    page.get_by_label("How will you know who it was?").fill(WHO)
    log = card(page, "Log it afterwards")
    log.get_by_label("Spoken to: who, when").fill("Surgery, duty doctor, 14:10")
    log.get_by_label("What was done").fill("Sent over with the note.")
    choose(log, "Same day")
    log.get_by_role("button", name="Log it").click()
    expect(page.get_by_text("whether they were seen")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(WHO)


def let_the_next_working_day_come(folder: Path) -> None:
    """As the server's database will read on that day."""
    with closing(dbapi2.connect(folder / "careteam.sqlite3")) as database, database:
        database.execute(
            "UPDATE urgent_matters SET ask_on = ?", (datetime.now(LONDON).date().isoformat(),)
        )


def today_asks_and_one_tap_answers(page: Page) -> None:
    page.goto("/")
    asked = card(page, "Was the person seen?")
    expect(asked.get_by_role("listitem").filter(has_text=WHO)).to_be_visible()
    station(page, "today-asks")
    asked.get_by_role("button", name=f"Seen {WHO}", exact=True).click()
    expect(page.get_by_role("main")).not_to_contain_text(WHO)
