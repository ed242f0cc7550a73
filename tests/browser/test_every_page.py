"""Every page of the worked example: nothing for axe, nothing too wide, nothing that goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.routing import Map

from careteam import create_app
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.settings import read_settings
from tests.browser.steps.drafting import own_pathway
from tests.browser.steps.exploring import Explorer
from tests.browser.steps.left_out import NO_OCCASION, NO_PAGES
from tests.browser.steps.linking import (
    READ_OUT,
    hand_over,
    mailed_code,
    own_entry,
    own_page,
    settings_of,
)
from tests.browser.steps.occasions import file_that_came, newer_pathway
from tests.browser.steps.sampling import sign_in_as_main
from tests.browser.steps.stations import assert_fits
from tests.support.browser import (
    AXE,
    DESKTOP,
    PHONE,
    assert_accessible_but_for_colour,
    assert_accessible_in_both,
    resize,
    watched_page,
)
from tests.support.ready import run_commands
from tests.support.server import serving

NARROW: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 640}}
BEGINNINGS = [
    "/referrals?show=sent",
    "/",
    "/practitioners/quick-history",
    "/practitioners?q=physio&near=Exeter",
    "/practitioners?q=nobody+is+called+so",
    "/now?q=calf+hot+and+swollen",
    "/now/names?discipline=dietitian&place=Exeter",
    "/network?steps=2",
    f"/goals/{sample_id('goal', 'runner')}/suggestion?later=y",
    f"/practitioners/{practitioner_id('petra')}/merge?with={practitioner_id('silas')}",
]


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """By a name that every part of the browser trusts with the cookies of an https address.

    Filled before it has that address, so that the password is the one of the worked example.
    """
    run_commands({"CARETEAM_DATA": str(folder)}, "work")
    with serving(settings_of(folder)) as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def url_map(tmp_path_factory: pytest.TempPathFactory) -> Map:
    folder: Path = tmp_path_factory.mktemp("map")
    settings = {"CARETEAM_DATA": str(folder), "CARETEAM_SECRET_KEY": "k" * 40}
    return create_app(read_settings(settings)).url_map


@pytest.fixture(scope="module")
def explorer(browser: Browser, site: str, folder: Path, url_map: Map) -> Explorer:
    """Has been everywhere, with a letter and a list begun so that their pages are there too."""
    with watched_page(browser, site) as page:
        sign_in_as_main(page)
        explorer = Explorer(page, site, url_map)
        explorer.explore(
            [
                *own_pathway(folder),
                *BEGINNINGS,
                begin_letter(page),
                *import_list(page),
                *import_past(page),
                *pages_of_a_moment(page),
            ]
        )
        explorer.explore([newer_pathway(folder), file_that_came(folder)])
        return explorer


@dataclass(frozen=True)
class Behind:
    """Pages behind a link, before its holder has shown a code and once they are on the team."""

    asked: Explorer
    seated: Explorer
    device: dict[str, Any]
    """A phone that has shown the code."""


@dataclass(frozen=True)
class Own:
    """A client's own pages, on a narrow phone that has shown the code."""

    explorer: Explorer
    device: dict[str, Any]


@pytest.fixture(scope="module")
def behind(browser: Browser, site: str, folder: Path, explorer: Explorer, url_map: Map) -> Behind:
    with watched_page(browser, site, device=PHONE) as page:
        page.goto(hand_over(folder))
        home = path_of(page)
        asked = Explorer(page, site, url_map)
        asked.explore([home])
        accept(page)
        show_code(page, folder)
        page.goto(home)
        page.get_by_role("button", name="Treatment has started").tap()
        page.get_by_text("You started treatment").first.wait_for()
        seated = Explorer(page, site, url_map)
        seated.explore([home, f"{home}/mails"])
        state = page.context.storage_state()
        return Behind(asked, seated, {**PHONE, "storage_state": state})


@pytest.fixture(scope="module")
def own(browser: Browser, site: str, folder: Path, explorer: Explorer, url_map: Map) -> Own:
    """The pages of a client, from the door on."""
    with watched_page(browser, site, device=PHONE) as page:
        page.goto(own_page(folder))
        home = path_of(page)
        page.get_by_label("Code of six digits").fill(READ_OUT)
        page.get_by_role("button", name="Open my page").tap()
        expect(page.get_by_role("heading", name="Hello Tomas Greywater")).to_be_visible()
        explorer = Explorer(page, site, url_map)
        explorer.explore([home, f"{home}/mails"])
        return Own(explorer, {**NARROW, "storage_state": page.context.storage_state()})


@pytest.fixture(scope="module")
def entry(browser: Browser, site: str, folder: Path, url_map: Map) -> Own:
    """The pages of somebody's own entry in the directory, from the door on."""
    with watched_page(browser, site, device=PHONE) as page:
        page.goto(own_entry(folder))
        home = path_of(page)
        assert_fits(page)
        assert_accessible_in_both(page)
        page.get_by_role("button", name="Send a code").tap()
        expect(page.get_by_text("A code is on its way")).to_be_visible()
        page.get_by_label("Code of six digits").fill(mailed_code(folder))
        page.get_by_role("button", name="Open my entry").tap()
        expect(page.get_by_role("heading", name="Wilfa Barleymow")).to_be_visible()
        explorer = Explorer(page, site, url_map)
        explorer.explore([home])
        return Own(explorer, {**NARROW, "storage_state": page.context.storage_state()})


def accept(page: Page) -> None:
    page.get_by_role("link", name="I can take this").tap()
    page.get_by_role("button", name="Accept").tap()
    expect(page.get_by_text("Accepted by you")).to_be_visible()


def show_code(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="Read the letter").tap()
    page.get_by_role("button", name="Send a code").tap()
    expect(page.get_by_text("A code is on its way")).to_be_visible()
    page.get_by_label("Code of six digits").fill(mailed_code(folder))
    page.get_by_role("button", name="Open").tap()
    expect(page.get_by_label("Code of six digits")).to_have_count(0)


def pages_of_a_moment(page: Page) -> list[str]:
    """Pages that are linked only while an answer asks for them."""
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name="Tomas Greywater").click()
    questions = page.locator("main a[href$='/screening']").first.get_attribute("href") or ""
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name="Gareth Stonecrop").click()
    aside = page.locator("main form[action$='/set-aside']").first
    effects = quote(aside.locator("[name=effects]").input_value())
    return [
        questions.replace("/screening", "/flags/limb_threat"),
        f"{aside.get_attribute('action')}?effects={effects}",
    ]


def begin_letter(page: Page) -> str:
    page.goto("/practitioners?q=Bryn+Heronsgate")
    page.get_by_role("main").get_by_role("link", name="Bryn Heronsgate", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Refer").first.click()
    page.get_by_label("Reason, in one sentence").fill("A second opinion on a stiff shoulder.")
    page.get_by_label("Your one question").fill("Is there anything you would do otherwise?")
    page.get_by_role("button", name="Keep as a draft").click()
    page.wait_for_url("**/edit")
    return path_of(page)


def import_list(page: Page) -> list[str]:
    """The page before the list is written and the one after it."""
    shown = []
    for lines in ("Ida Example, physio\nSam Sample, sorcerer", "Uma Sample, dietitian"):
        page.goto("/import/practitioners")
        page.get_by_label("One person a line").fill(lines)
        page.get_by_role("button", name="Look at the rows").click()
        page.wait_for_url("**/import/practitioners/*")
        shown.append(path_of(page))
    page.get_by_role("button", name="Import 1 entry", exact=True).click()
    page.wait_for_url("**/done")
    return [*shown[:1], path_of(page)]


def import_past(page: Page) -> list[str]:
    """A list of past referrals, looked at; another one, taken over."""
    shown = []
    for name in ("Bryn Herongate", "Bryn Heronsgate"):
        page.goto("/network/import")
        rows = f"from,to,date,answer\nLinnet Meadowsweet,{name},2025-11-03,accepted"
        page.get_by_label("One referral a line").fill(rows)
        page.get_by_role("button", name="Look at the rows").click()
        page.wait_for_url("**/network/import/*")
        shown.append(path_of(page))
    page.get_by_role("button", name="Import 1 referral").click()
    page.wait_for_url("**/network/imports/*")
    return [*shown[:1], path_of(page)]


def path_of(page: Page) -> str:
    path: str = page.evaluate("location.pathname + location.search")
    return path


def test_every_page_is_reached_by_links_and_answers(
    explorer: Explorer, behind: Behind, own: Own, entry: Own, url_map: Map
) -> None:
    everything = {rule.endpoint for rule in url_map.iter_rules() if "GET" in (rule.methods or ())}
    everywhere = (explorer, behind.asked, behind.seated, own.explorer, entry.explorer)
    reached = {endpoint for each in everywhere for endpoint in each.endpoints}
    assert " ".join(sorted(everything - NO_PAGES - NO_OCCASION - reached)) == ""
    assert [problem for each in everywhere for problem in each.problems] == []


def test_axe_finds_nothing_behind_a_link(browser: Browser, site: str, behind: Behind) -> None:
    with watched_page(browser, site, device=behind.device) as page:
        bring_axe(page)
        judge_all(page, behind.seated.one_of_each, assert_fits, assert_accessible_in_both)


def test_own_pages_fit_a_narrow_phone_and_axe_finds_nothing(
    browser: Browser, site: str, own: Own
) -> None:
    with watched_page(browser, site, device=own.device) as page:
        bring_axe(page)
        judge_all(page, own.explorer.one_of_each, assert_fits, assert_accessible_in_both)


def test_own_entry_fits_a_narrow_phone_and_axe_finds_nothing(
    browser: Browser, site: str, entry: Own
) -> None:
    with watched_page(browser, site, device=entry.device) as page:
        bring_axe(page)
        judge_all(page, entry.explorer.one_of_each, assert_fits, assert_accessible_in_both)


def test_every_page_fits_any_screen_and_axe_finds_nothing(
    browser: Browser, site: str, explorer: Explorer
) -> None:
    """Axe on one of each kind, and once an endpoint, whose pages fold alike, where it is narrow; a
    row that is too long may stand on any."""
    firsts = [path for path in explorer.one_of_each if path in explorer.first_of_all]
    kinds = [path for path in explorer.one_of_each if path not in explorer.first_of_all]
    others = [path for path in explorer.pages if path not in explorer.one_of_each]
    with watched_page(browser, site) as page:
        sign_in_as_main(page)
        resize(page, NARROW["viewport"])
        judge_all(page, others, assert_fits)
        resize(page, DESKTOP["viewport"])
        bring_axe(page)
        on_both = (assert_fits, assert_accessible_in_both, assert_fits_a_narrow_screen)
        judge_all(page, kinds, *on_both)
        judge_all(page, firsts, *on_both[:-1], assert_good_on_a_narrow_screen)


def assert_fits_a_narrow_screen(page: Page) -> None:
    with made_narrow(page):
        assert_fits(page)


def assert_good_on_a_narrow_screen(page: Page) -> None:
    with made_narrow(page):
        assert_fits(page)
        assert_accessible_but_for_colour(page)


@contextmanager
def made_narrow(page: Page) -> Iterator[None]:
    """The page that is open; no style of ours asks for a finger."""
    resize(page, NARROW["viewport"])
    try:
        yield
    finally:
        resize(page, DESKTOP["viewport"])


def test_components_are_accessible_in_every_state(
    browser: Browser, empty: Path, tmp_path: Path
) -> None:
    shutil.copytree(empty / "data", tmp_path, dirs_exist_ok=True)
    settings = {"CARETEAM_DATA": str(tmp_path), "FLASK_DEBUG": "1"}
    with serving(settings) as url, watched_page(browser, url) as page:
        page.goto("/styleguide")
        assert_fits(page)
        assert_accessible_in_both(page)


def bring_axe(page: Page) -> None:
    """Once for all pages to come, instead of to each of them."""
    page.add_init_script(AXE.axe_script)


def judge_all(page: Page, paths: list[str], *judges: Callable[[Page], None]) -> None:
    """Every page is judged before the test says so."""
    found: list[str] = []
    for path in paths:
        page.goto(path)
        for judge in judges:
            try:
                judge(page)
            except AssertionError as error:
                found.append(str(error))
    assert not found, "\n".join(found)
