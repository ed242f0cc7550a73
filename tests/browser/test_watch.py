"""The watched page notices what it is there for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.steps.stations import assert_fits
from tests.support.browser import PHONE, assert_accessible_in_both, watched_page

GOOD = "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1></main></html>"
FAULTS = {
    "/console": "<script>console.error('lost')</script>",
    "/throws": "<script>throw new Error('broken')</script>",
    "/foreign": "<img alt='' src='http://198.51.100.7/a.png'>",
    "/missing": "<img alt='' src='/nowhere.png'>",
    "/policy": "<p style='color: red'>red</p>",
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path not in {"/good", "/favicon.ico", *FAULTS}:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        if self.path == "/policy":
            self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write((GOOD + FAULTS.get(self.path, "")).encode())

    def log_message(self, *_: object) -> None:
        """Quiet: a test prints nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_good_page_passes_and_is_accessible(browser: Browser, pages: str) -> None:
    with watched_page(browser, pages) as page:
        page.goto("/good")
        assert_accessible_in_both(page)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/console", "console error: lost"),
        ("/throws", "broken"),
        ("/foreign", "leaves the machine: http://198.51.100.7/a.png"),
        ("/missing", "404 for"),
        ("/policy", "content policy: style-src-attr refused"),
    ],
)
def test_fault_fails_the_test(browser: Browser, pages: str, path: str, said: str) -> None:
    def visit() -> None:
        with watched_page(browser, pages) as page:
            page.goto(path)
            page.evaluate("() => new Promise(done => setTimeout(done))")  # what is told later

    with pytest.raises(AssertionError, match=said):
        visit()


def test_page_without_names_is_not_accessible(browser: Browser, pages: str) -> None:
    with watched_page(browser, pages) as page:
        page.goto("/good")
        page.locator("main").evaluate("main => main.append(document.createElement('button'))")
        with pytest.raises(AssertionError, match="button-name"):
            assert_accessible_in_both(page)


def test_pale_words_are_found_in_either_scheme(browser: Browser, pages: str) -> None:
    with watched_page(browser, pages) as page:
        for ink in ("#bbb", "light-dark(#000, #444)"):
            page.goto("/good")
            paper = ":root {color-scheme: light dark; background: light-dark(#fff, #111)}"
            page.add_style_tag(content=f"{paper} h1 {{color: {ink}}}")
            with pytest.raises(AssertionError, match="color-contrast"):
                assert_accessible_in_both(page)


@pytest.mark.parametrize("device", [PHONE, {"viewport": {"width": 320, "height": 640}}])
def test_page_wider_than_the_screen_is_found(
    browser: Browser, pages: str, device: dict[str, Any]
) -> None:
    with watched_page(browser, pages, device=device) as page:
        page.set_content("<meta name=viewport content='width=device-width, initial-scale=1'>short")
        assert_fits(page)
        page.locator("body").evaluate("body => { body.style.width = '500px' }")
        with pytest.raises(AssertionError, match="wider than the screen"):
            assert_fits(page)
