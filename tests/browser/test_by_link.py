"""Specialists without an account, on a phone: asked by mail, answered in two taps, closed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from careteam import create_app
from careteam.kit.db import db
from careteam.settings import read_settings
from tests.browser.conftest import PATIENCE, OpenPage
from tests.browser.steps import clients, entering, people, referrals, teams
from tests.browser.steps.beginning import MASSAGE, THERAPIST
from tests.browser.steps.holders import Holder
from tests.browser.steps.mails import PUBLIC_URL, Post
from tests.browser.steps.pressing import choose, unfold
from tests.browser.steps.stations import station
from tests.support.browser import PHONE, watched_page
from tests.support.server import running_server

CONTACTS = [
    "Nell Barley, nutritionist, nell@example.org, 01632 960 104, Leeds",
    "Otis Rye, nutritionist, otis@example.org, 01632 960 105, Leeds",
    "Pim Sandbank, physio, pim@example.org, 01632 960 101, Leeds",
    "Uma Reed, osteopath, uma@example.org, 01632 960 107, Leeds",
    "Isla Track, running coach, 01632 960 106, Leeds",
]
ANSWER_SECONDS = 30.0
REPORT_SECONDS = 120.0


@dataclass
class Place:
    url: str
    post: Post
    printed: Path
    me: Page
    client: str


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A community with an https address, whose mail is written to a folder; the therapist in it."""
    folder = tmp_path_factory.mktemp("by-link")
    settings = {
        "CARETEAM_DATA": str(folder / "data"),
        "CARETEAM_DEMO": "0",
        "CARETEAM_PUBLIC_URL": PUBLIC_URL,
        "CARETEAM_MAIL_FOLDER": str(folder / "mail"),
    }
    printed = folder / "server.log"
    with (
        running_server(settings, worker=True, printed=printed) as url,
        watched_page(browser, url) as me,
    ):
        me.set_default_timeout(PATIENCE)
        link = re.search(r"/setup\?token=\S+", printed.read_text())
        assert link, printed.read_text()
        entering.set_up(me, link[0], name=THERAPIST, email="wren@example.org")
        people.add_own_entry(me, discipline=MASSAGE, place="Leeds")
        people.import_contacts(me, CONTACTS)
        clients.add_client(me, "Finn Harrow")
        client = clients.add_goal(
            me,
            words="Run the ten kilometres by the river again",
            pathway="Achilles tendon rupture, treated without surgery",
            anchor_on=datetime.now(UTC).date() - timedelta(days=3),
        )
        app = create_app(read_settings(settings))
        yield Place(url, Post(app, folder / "mail"), printed, me, client)
        with app.app_context():
            db.engine.dispose()


def holder(place: Place, open_page: OpenPage, name: str) -> Holder:
    page = open_page(place.url, device=PHONE)
    return Holder(page, place.post, f"{name}@example.org")


def refer(me: Page, name: str, question: str, *, by: str = "By e-mail") -> None:
    """On the page of a letter to somebody without an account."""
    referrals.write_letter(me, reason="Torn Achilles, in a boot", question=question)
    if me.get_by_role("radio", name="Spoken").count():
        referrals.client_agreed(me)
    choose(me, by)
    referrals.send_to_inbox(me, name)


def write_to(me: Page, name: str) -> None:
    """A letter without a client, from somebody's entry."""
    people.find_in_directory(me, name)
    me.get_by_role("main").get_by_role("link", name="Refer").first.click()
    expect(me.get_by_role("heading", name=f"Refer to {name}", level=1)).to_be_visible()


def test_asked_by_mail_answered_reported_and_closed(place: Place, open_page: OpenPage) -> None:
    me = place.me
    teams.look_for_people(me, place.client, "Physiotherapist")
    referrals.begin_referral(me, "Pim Sandbank")
    refer(me, "Pim Sandbank", "When may the heel touch the ground?")
    sent_to = me.url
    pim = holder(place, open_page, "pim")
    pim.open_mail()
    expect(pim.page.get_by_role("main")).to_contain_text("FH")
    expect(pim.page.get_by_role("main")).not_to_contain_text("Finn")
    station(pim.page, "by-link-asked")
    began = time.monotonic()
    pim.link("I can take this")
    pim.button("Accept")
    pim.thanked("You accepted this")
    assert pim.taps == 2
    assert time.monotonic() - began < ANSWER_SECONDS
    station(pim.page, "by-link-accepted")
    pim.show_code()
    expect(pim.page.get_by_role("main")).to_contain_text("Finn Harrow")
    pim.page.goto(pim.page.url)
    pim.button("Treatment has started")
    began = time.monotonic()
    pim.link("Write a report")
    station(pim.page, "by-link-report")
    pim.page.get_by_label("Your report").fill("Seen twice. Full weight from next week.")
    pim.button("Send")
    expect(pim.page.get_by_role("main")).to_contain_text("report", ignore_case=True)
    assert time.monotonic() - began < REPORT_SECONDS
    me.goto(sent_to)
    expect(me.get_by_role("main")).to_contain_text("Seen twice. Full weight from next week.")
    close(me)


def close(me: Page) -> None:
    unfold(me, "Close with outcome")
    form = me.get_by_role("form", name="Close with outcome")
    choose(form, "Done, the question is answered")
    form.get_by_label("The client has been told").check()
    form.get_by_role("button", name="Close with outcome").click()
    expect(me.get_by_text("Closed", exact=True).first).to_be_visible()


def test_no_with_one_tap_then_the_next_is_asked(place: Place, open_page: OpenPage) -> None:
    me = place.me
    teams.look_for_people(me, place.client, "Nutritionist")
    referrals.begin_referral(me, "Nell Barley")
    refer(me, "Nell Barley", "What helps it to heal?")
    sent_to = me.url
    nell = holder(place, open_page, "nell")
    nell.open_mail()
    nell.link("No, I cannot")
    station(nell.page, "by-link-no")
    nell.button("No capacity at the moment")
    nell.thanked("You declined this")
    assert nell.taps == 2
    me.goto(sent_to)
    me.get_by_role("link", name="Ask the next one").click()
    me.get_by_role("link", name="Refer to Otis Rye").first.click()
    expect(me.get_by_label("Your one question")).to_have_value("What helps it to heal?")
    refer(me, "Otis Rye", "What helps it to heal?")
    otis = holder(place, open_page, "otis")
    otis.open_mail()
    otis.link("I can take this")
    otis.button("Accept")
    otis.thanked("You accepted this")
    me.goto(place.client)
    expect(teams.place_on_team(me, "Nutritionist")).to_contain_text("Otis Rye")


def test_asked_back_and_answered(place: Place, open_page: OpenPage) -> None:
    me = place.me
    write_to(me, "Uma Reed")
    refer(me, "Uma Reed", "Do you see hands?")
    sent_to = me.url
    uma = holder(place, open_page, "uma")
    uma.open_mail()
    uma.link("Ask a question")
    station(uma.page, "by-link-question")
    uma.page.get_by_label("Your question").fill("Is it the left hand?")
    uma.button("Send")
    uma.thanked("You asked about this")
    me.goto(sent_to)
    expect(me.get_by_role("main")).to_contain_text("Is it the left hand?")
    unfold(me, "Answer the question")
    form = me.get_by_role("form", name="Answer the question")
    form.get_by_label("The answer").fill("It is the right one.")
    form.get_by_role("button", name="Answer the question").click()
    uma.page.goto(uma.page.url)
    expect(uma.page.get_by_role("main")).not_to_contain_text("the right one")
    uma.link("Read the letter")
    station(uma.page, "by-link-code")
    uma.link("Back")
    uma.show_code()
    expect(uma.page.get_by_role("main")).to_contain_text("It is the right one.")
    station(uma.page, "by-link-letter")


def test_handed_over_on_paper_and_told_by_letter(place: Place, open_page: OpenPage) -> None:
    me = place.me
    write_to(me, "Isla Track")
    refer(me, "Isla Track", "Which shoes?", by="On paper")
    referrals.told_accepted(me)
    expect(me.get_by_role("main")).to_contain_text("Entered by hand", ignore_case=True)
    me.get_by_role("button", name="Show a link to hand over").click()
    address = me.locator("#link-address").inner_text()
    assert address.startswith(f"{PUBLIC_URL}/r/")
    isla = open_page(place.url, device=PHONE)
    isla.goto(address.removeprefix(PUBLIC_URL))
    expect(isla.get_by_role("main")).to_contain_text("Accepted by you")
    station(isla, "by-link-after-paper")
    isla.goto(address.removeprefix(PUBLIC_URL) + "x")
    expect(isla.get_by_role("heading", name="does not open anything", level=1)).to_be_visible()
    station(isla, "by-link-closed")


def test_nothing_that_was_printed_or_mailed_tells(place: Place) -> None:
    """After the journeys: no secret in the server's log, no client and no health in a mail."""
    for email in ("pim", "nell", "otis", "uma"):
        for mail in place.post.letters(f"{email}@example.org"):
            said = f"{mail['Subject']} {mail.get_content()}"
            assert not [word for word in ("Finn", "Harrow", "Achilles", "heel") if word in said]
    printed = place.printed.read_text()
    assert "/r/" not in printed
