"""Pages in a real browser that report whatever goes wrong on them, and what axe says of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
)

DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
SMALL = 0.02
"""Of its size a page is drawn that nobody looks at: where all is and what it answers to stays the
same, and a third of the processor's work, which went into pixels, is saved."""
LOOKED_AT = {"CARETEAM_PICTURES", "WRITE_PICTURES"}
"""Settings that ask for pictures."""
AXE = Axe()
VIOLATIONS: dict[str, Any] = {"reporter": "no-passes", "preload": False}
"""What is good need not be described; no rule that axe keeps to unasked reads a style sheet
of ours, or sound, which it would fetch again on every page."""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOOKS_MET: dict[str, None] = {}
JUDGE_NEW_LOOKS = (Path(__file__).parent / "new_looks.js").read_text()
LOCAL_HOSTS = {"127.0.0.1", "localhost"}
INSIDE_THE_PAGE = {"about", "blob", "data"}
ASKED_FOR = {"document", "fetch", "xhr"}
"""Kinds of request whose refusal (a 404 or 422) a test may want to see."""

REPORT_POLICY = """
addEventListener('securitypolicyviolation', event =>
  console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`))
"""


class Watch:
    """Collects in `problems` what no page may do, a sentence each."""

    def __init__(self, context: BrowserContext) -> None:
        self.problems: list[str] = []
        context.add_init_script(REPORT_POLICY)
        context.on("console", self.on_console)
        context.on("weberror", lambda error: self.problems.append(f"page error: {error.error}"))
        context.on("request", self.on_request)
        context.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or message.text.startswith("Failed to load resource"):
            return  # what failed to load is judged by its response
        self.problems.append(f"console error: {message.text}")

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in INSIDE_THE_PAGE and parts.hostname not in LOCAL_HOSTS:
            self.problems.append(f"request that leaves the machine: {request.url}")

    def on_response(self, response: Response) -> None:
        asked_for = response.request.resource_type in ASKED_FOR
        if response.status >= (500 if asked_for else 400):
            self.problems.append(f"{response.status} for {response.url}")


@contextmanager
def watched_page(
    browser: Browser,
    base_url: str,
    *,
    device: dict[str, Any] = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    javascript: bool = True,
    drawn: bool = False,
) -> Iterator[Page]:
    """A page of its own context. Leaving it fails the test when the page did what none may do.

    `drawn`: for somebody who looks at it. Its size is changed with `resize`.
    """
    context = browser.new_context(
        base_url=base_url,
        color_scheme=scheme,
        java_script_enabled=javascript,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/London",
        **device,
    )
    try:
        watch = Watch(context)
        page = context.new_page()
        if not (drawn or LOOKED_AT & set(os.environ)):
            SCREENS[page] = Screen(context.new_cdp_session(page), device)
            resize(page, device["viewport"])
        yield page
    finally:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@dataclass(frozen=True)
class Screen:
    """On which a page is drawn too small for eyes."""

    session: CDPSession
    device: dict[str, Any]

    def resize(self, size: ViewportSize) -> None:
        wanted = {
            **size,
            "screenWidth": size["width"],
            "screenHeight": size["height"],
            "deviceScaleFactor": self.device.get("device_scale_factor", 1),
            "mobile": self.device.get("is_mobile", False),
            "viewport": {"x": 0, "y": 0, **size, "scale": SMALL},
        }
        self.session.send("Emulation.setDeviceMetricsOverride", wanted)


SCREENS: WeakKeyDictionary[Page, Screen] = WeakKeyDictionary()


def resize(page: Page, size: ViewportSize) -> None:
    """As when somebody pulls at the window of a desktop."""
    screen = SCREENS.get(page)
    (screen.resize if screen else page.set_viewport_size)(size)


def assert_accessible_but_for_colour(page: Page) -> None:
    """For a page whose colours were judged where there was more room for them."""
    judge(page, VIOLATIONS | {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}})


def assert_accessible_in_both(page: Page) -> None:
    """Every rule of axe in light colours, and those that look at colours in the dark ones.

    These two measure every line of a page, which takes longer than all others together. The same
    ink on the same paper has the same contrast everywhere, so they see each look once in a run.
    """
    judge_new_looks(page, VIOLATIONS)
    page.emulate_media(color_scheme="dark")
    try:
        judge_new_looks(page, VIOLATIONS | {"runOnly": COLOUR_RULES})
    finally:
        page.emulate_media(color_scheme="light")


def judge(page: Page, options: dict[str, Any]) -> None:
    tell(page, axe_on(page, "options => axe.run(options)", options))


def judge_new_looks(page: Page, options: dict[str, Any]) -> None:
    found = axe_on(page, JUDGE_NEW_LOOKS, {"options": options, "met": list(LOOKS_MET)})
    LOOKS_MET.update(dict.fromkeys(found["looks"]))
    tell(page, found["results"])


def axe_on(page: Page, script: str, argument: dict[str, Any]) -> Any:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate(script, argument)


def tell(page: Page, found: dict[str, Any]) -> None:
    results = AxeResults(found)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
