"""The picture of the network: what is written on it, and that nothing lies over its tools."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.sampling import sign_in_as_main
from tests.browser.steps.stations import assert_fits
from tests.support.browser import PHONE

NOTE_WORDS = """
  window.written = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const wide = this.measureText(text).width / 2;
    if (this.textAlign === "center") window.written.push([text, x - wide, y - 4, x + wide, y + 4]);
    return write.call(this, text, x, y);
  };
  const clear = CanvasRenderingContext2D.prototype.fillRect;
  CanvasRenderingContext2D.prototype.fillRect = function (...box) {
    window.written = [];
    return clear.apply(this, box);
  };
"""
"""Keeps what the last drawing wrote in the middle of a line, which are the names of groups."""


@pytest.mark.parametrize("view", ["", "?steps=2", "?view=community"])
def test_names_of_groups_do_not_cover_each_other(site: str, open_page: OpenPage, view: str) -> None:
    page = opened(open_page(site), view)
    names: list[list[Any]] = page.evaluate("window.written")
    assert len(names) > 15
    assert [(one[0], other[0]) for one, other in combinations(names, 2) if cross(one, other)] == []


def test_picture_with_its_legend_ends_above_the_tab_bar(site: str, open_page: OpenPage) -> None:
    page = opened(open_page(site, device=PHONE), "")
    expect(page.get_by_role("complementary", name="Sample data")).to_be_visible()
    bar = page.locator(".tabs").bounding_box()
    assert bar is not None
    for part in (".network", ".network-legend", ".network-zoom"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= bar["y"], part


def test_time_goes_by_slider_step_and_play(site: str, open_page: OpenPage) -> None:
    page = opened(open_page(site), "")
    moment = page.get_by_text("All time", exact=True)
    expect(moment).to_be_visible()
    page.get_by_role("slider", name="Half-year").press("Home")
    expect(moment).to_have_count(0)
    first = page.get_by_role("slider").get_attribute("aria-valuetext")
    expect(page).to_have_url(re.compile(r"since=(\d{4}-[12])&until=\1$"))
    page.get_by_role("link", name="Later").click()
    page.get_by_role("link", name="Earlier").click()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", str(first))
    page.get_by_role("slider").press("End")
    expect(moment).to_be_visible()
    page.get_by_role("button", name="Play the half-years").click()
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", str(first))
    page.get_by_role("button", name="Stop playing").click()
    expect(page.get_by_role("status").filter(has_text="in the picture")).to_contain_text(str(first))


def test_tie_is_opened_from_the_panel_with_the_keyboard(site: str, open_page: OpenPage) -> None:
    page = opened(open_page(site), "")
    page.get_by_role("combobox", name="Find a person").fill("Evander")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="What came of those you sent").press("Enter")
    details = page.get_by_role("group", name="Details")
    expect(details.get_by_role("heading", name="You to Evander Saltmarsh")).to_be_visible()
    expect(details.get_by_role("listitem").filter(has_text="Declined").first).to_be_visible()
    details.get_by_role("link", name="Evander Saltmarsh").first.press("Enter")
    expect(details.get_by_role("heading", name="Evander Saltmarsh", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="What is chosen")).to_be_hidden()


def test_questions_are_answered_by_keyboard_without_scripts(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site, device=PHONE, javascript=False))
    page.goto("/network")
    page.get_by_role("link", name="Questions").press("Enter")
    questions = page.locator("main .card li a").all_inner_texts()
    assert len(questions) == 8
    for words in questions:
        page.get_by_role("link", name=words).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        expect(page.get_by_text("What these words mean")).to_be_visible()
        assert_fits(page)
        page.get_by_role("link", name="Questions").press("Enter")
    page.get_by_role("link", name="Who could introduce me to").press("Enter")
    page.get_by_label("Discipline").press("M")
    page.get_by_role("button", name="Find a way").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Who could introduce me to a manual lymphatic drainage (MLD) therapist?"
    )
    expect(page.get_by_text("could introduce you to")).to_be_visible()


def opened(page: Page, view: str) -> Page:
    page.add_init_script(NOTE_WORDS)
    sign_in_as_main(page).goto(f"/network{view}")
    expect(page.locator(".network.is-ready")).to_be_visible()
    page.wait_for_function("window.written.length > 0")
    return page


def cross(one: list[Any], other: list[Any]) -> bool:
    across = one[1] < other[3] and other[1] < one[3]
    return across and one[2] < other[4] and other[2] < one[4]
