"""The look at every page that a test sees finds what it looks for."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, TestResponse

from tests.support.pages import look_at

HEAD = "<!doctype html><html lang=en><title>Today</title><body><h1>Today</h1>"
TAIL = "</body></html>"


def page(body: str) -> TestResponse:
    request = EnvironBuilder("/today").get_request()
    return TestResponse([(HEAD + body + TAIL).encode()], "200 OK", Headers(), request)


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>one<li>two</ul>",
        '<label>Name<input name="name" required></label><br/>',
        '<p hx-vals=\'{"a": 1}\'>1 &lt; 2</p><svg><path d="M0 0"/></svg>',
        '<input type="hidden" name="token"><!-- <p> -->',
    ],
)
def test_sound_page_passes(body: str):
    look_at(page(body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>1 < 2</p>", "no tag"),
        ('<p class="a>b</p>', "no tag"),
        ("<div><p>x</div></p>", "</p> closes nothing"),
        ("<b><i>x</b></i>", "</b> closes nothing"),
        ("<h1>Again</h1>", "2 h1"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' twice"),
        ('<input name="name">', "control 'name' has no label"),
        ('<p style="color: red">x</p>', "inline style on <p>"),
        ('<p ONCLICK="x()">x</p>', "inline onclick on <p>"),
        ("<script>x()</script>", "inline <script>"),
        ("<style>p {}</style>", "inline <style>"),
    ],
)
def test_unsound_page_is_named(body: str, said: str):
    with pytest.raises(AssertionError) as refused:
        look_at(page(body))
    assert said in str(refused.value)
