"""Two people on one plan at the same moment: both contributions are kept, or both texts shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.pressing import choose
from tests.browser.steps.sampling import MAIN_EMAIL, sign_in
from tests.support.browser import PHONE

WITHIN_MS = 10_000
"""So soon an open page says that somebody else has changed the plan."""
WALKS, RUNS, LAST = (
    "Walks without limp or aid",
    "Walk-run programme starts",
    "Single-leg heel raise",
)


@pytest.fixture
def linnet(site: str, open_page: OpenPage) -> Page:
    """Who keeps the record, at the plan."""
    return at_the_plan(open_page(site), MAIN_EMAIL)


@pytest.fixture
def bryn(site: str, open_page: OpenPage) -> Page:
    """The physiotherapist, at the plan on a phone."""
    return at_the_plan(open_page(site, device=PHONE), "bryn@example.org")


def at_the_plan(page: Page, email: str) -> Page:
    sign_in(page, email)
    page.goto("/clients")
    page.get_by_role("main").get_by_role("link", name="Tomas Greywater").first.click()
    page.get_by_role("link", name="The whole plan").first.click()
    expect(page.get_by_role("heading", name="Recovery plan", level=1)).to_be_visible()
    return page


def open_form(page: Page, title: str, button: str) -> None:
    page.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()
    page.get_by_role("link", name=button, exact=True).click()


def save_milestone(page: Page) -> None:
    page.get_by_role("button", name="Save milestone").first.click()


def test_different_fields_are_both_kept_and_the_open_form_says_so(linnet: Page, bryn: Page) -> None:
    open_form(linnet, WALKS, "Change")
    criterion = linnet.get_by_label("How one can tell it is reached")
    criterion.fill("To the harbour and back")
    open_form(bryn, WALKS, "How far is this?")
    choose(bryn, "Under way")
    bryn.get_by_role("button", name="Save", exact=True).click()
    expect(bryn.get_by_text(f"{WALKS}: under way.")).to_be_visible()

    news = linnet.get_by_text("Bryn Heronsgate changed this plan at")
    expect(news).to_be_visible(timeout=WITHIN_MS)
    expect(criterion).to_have_value("To the harbour and back")
    save_milestone(linnet)
    expect(linnet.get_by_text(f"{WALKS} is saved.")).to_be_visible()
    linnet.get_by_role("main").get_by_role("link", name=WALKS, exact=True).click()
    expect(linnet.get_by_text("To the harbour and back", exact=True)).to_be_visible()
    expect(linnet.get_by_text("Under way", exact=True).first).to_be_visible()


def test_same_field_shows_both_and_keeps_what_was_typed(linnet: Page, bryn: Page) -> None:
    open_form(linnet, RUNS, "Change")
    choose(linnet, "Set aside")
    linnet.get_by_label("Why").fill("He would rather swim")
    open_form(bryn, RUNS, "How far is this?")
    choose(bryn, "Not possible")
    bryn.get_by_label("Why").fill("The calf is not strong enough")
    bryn.get_by_role("button", name="Save", exact=True).click()
    expect(bryn.get_by_text(f"{RUNS}: not possible.")).to_be_visible()

    save_milestone(linnet)
    both = linnet.get_by_role("main")
    expect(both.get_by_text("The calf is not strong enough").first).to_be_visible()
    expect(both.get_by_text("He would rather swim").first).to_be_visible()
    expect(linnet.get_by_label("Why")).to_have_value("He would rather swim")
    expect(linnet.get_by_label("Set aside")).to_be_checked()


def test_offline_for_a_while_loses_nothing_on_either_side(linnet: Page, bryn: Page) -> None:
    open_form(bryn, LAST, "How far is this?")
    bryn.context.set_offline(True)
    choose(bryn, "Under way")
    open_form(linnet, LAST, "Change")
    linnet.get_by_label("What is to be reached").fill("Ten single-leg heel raises")
    save_milestone(linnet)
    expect(linnet.get_by_text("Ten single-leg heel raises is saved.")).to_be_visible()

    bryn.context.set_offline(False)
    news = bryn.get_by_text("Linnet Meadowsweet changed this plan at")
    expect(news).to_be_visible(timeout=WITHIN_MS)
    expect(bryn.get_by_label("Under way")).to_be_checked()
    bryn.get_by_role("button", name="Save", exact=True).click()
    expect(bryn.get_by_text("Ten single-leg heel raises: under way.")).to_be_visible()


def test_open_plan_shows_the_change_by_a_link_and_never_reloads_by_itself(
    linnet: Page, bryn: Page
) -> None:
    title = "25 double-leg heel raises"
    open_form(bryn, title, "How far is this?")
    choose(bryn, "Done")
    bryn.get_by_role("button", name="Save", exact=True).click()
    expect(bryn.get_by_text(f"{title} is reached.")).to_be_visible()
    tick = linnet.get_by_role("button", name=title, exact=True)
    expect(linnet.get_by_text("Bryn Heronsgate changed this plan at")).to_be_visible(
        timeout=WITHIN_MS
    )
    expect(tick).to_have_attribute("aria-pressed", "false")
    linnet.get_by_role("link", name="Show", exact=True).click()
    expect(tick).to_have_attribute("aria-pressed", "true")
    expect(linnet.get_by_text("Bryn Heronsgate changed this plan at")).to_be_hidden()
