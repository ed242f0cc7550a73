"""The picture of the network: what is written on it, and that nothing lies over its tools."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.sampling import sign_in_as_main
from tests.support.browser import PHONE, resize

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

IS_STILL = """() => {
  const before = window.seenBefore, line = window.middleOfALine();
  window.seenBefore = String(line);
  return line !== null && window.seenBefore === before;
}"""
LOOKED_AT_EVERY = 200
"""Milliseconds, more than the picture takes to come to rest."""

NOTE_LINES = """
  let lines = [], dots = [], from = [0, 0];
  const { moveTo, quadraticCurveTo, arc, fillRect } = CanvasRenderingContext2D.prototype;
  Object.assign(CanvasRenderingContext2D.prototype, {
    moveTo(x, y) { from = [x, y]; return moveTo.call(this, x, y); },
    quadraticCurveTo(bentX, bentY, x, y) {
      lines.push([(from[0] + 2 * bentX + x) / 4, (from[1] + 2 * bentY + y) / 4]);
      return quadraticCurveTo.call(this, bentX, bentY, x, y);
    },
    arc(x, y, ...more) { dots.push([x, y]); return arc.call(this, x, y, ...more); },
    fillRect(...box) { lines = []; dots = []; return fillRect.apply(this, box); },
  });
  window.middleOfALine = () => {
    const canvas = document.querySelector(".network-canvas");
    const { left, top } = canvas.getBoundingClientRect();
    const room = ([x, y]) => document.elementFromPoint(left + x, top + y) === canvas
      ? Math.min(...dots.map(dot => Math.hypot(dot[0] - x, dot[1] - y))) : -1;
    return lines.reduce((best, line) => best && room(best) >= room(line) ? best : line, null);
  };
"""
"""Tells the middle of the line that was drawn farthest from every dot; null while there is none, as
in a picture that moves on a slow machine."""


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
    resize(page, {"width": 1100, "height": 800})
    page.get_by_role("slider", name="Half-year").click(trial=True)  # not covered by the panel
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="What is chosen")).to_be_hidden()


def test_line_that_is_pressed_opens_its_tie(
    site: str, open_page: OpenPage, device: dict[str, Any]
) -> None:
    page = open_page(site, **device)
    page.add_init_script(NOTE_LINES)
    opened(page, "")
    if device:
        for _ in range(3):
            page.get_by_role("button", name="Nearer").tap()
    page.wait_for_function(IS_STILL, polling=LOOKED_AT_EVERY)
    box = page.locator(".network-canvas").bounding_box()
    assert box is not None
    x, y = page.evaluate("window.middleOfALine()")
    at = (box["x"] + x, box["y"] + y)
    page.touchscreen.tap(*at) if device else page.mouse.click(*at)
    panel = page.get_by_role("group", name="Details")
    expect(panel.get_by_role("heading", level=2)).to_have_text(re.compile(r"^You to | to you$"))
    expect(panel.get_by_role("link", name="The other way round")).to_be_visible()


def opened(page: Page, view: str) -> Page:
    page.add_init_script(NOTE_WORDS)
    sign_in_as_main(page).goto(f"/network{view}")
    expect(page.locator(".network.is-ready")).to_be_visible()
    page.wait_for_function("window.written.length > 0")
    return page


def cross(one: list[Any], other: list[Any]) -> bool:
    across = one[1] < other[3] and other[1] < one[3]
    return across and one[2] < other[4] and other[2] < one[4]


NOTE_BLACK = """
  window.black = 0;
  const size = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, "height");
  Object.defineProperty(HTMLCanvasElement.prototype, "height", {
    get: size.get,
    set(height) {
      size.set.call(this, height);
      if (!this.isConnected) return;
      const dot = () => this.getContext("2d").getImageData(2, 2, 1, 1).data;
      queueMicrotask(() => { if (dot().slice(0, 3).every((part) => !part)) window.black += 1; });
    },
  });
"""
"""Counts how often the canvas got a size, which empties it, and was left black for a frame."""


def test_picture_is_never_black_before_it_is_drawn(site: str, open_page: OpenPage) -> None:
    page = sign_in_as_main(open_page(site))
    page.add_init_script(NOTE_BLACK)
    page.goto("/network")
    expect(page.locator(".network.is-ready")).to_be_visible()
    assert page.evaluate("window.black") == 0
