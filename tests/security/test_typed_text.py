"""What is typed, however odd or long, costs little and harms nothing."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from flask import Flask

from careteam.kit.tables import read_file
from careteam.kit.text import clean, folded
from careteam.web.frame.forms import Form, line, merged
from tests.support.visitor import Visitor

MARKS = {
    "acute and cedilla": "\u0301\u0327",
    "one then the other": "\u0301" * 40_000 + "\u0327",
    "marks that fall apart into marks": "\u0f73",
}


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_letter_under_a_mountain_of_marks_is_cleaned_at_once(marks: str) -> None:
    text = "a" + marks * (80_000 // len(marks))
    before = time.process_time()
    assert clean(text) is not None
    assert folded(text)
    assert time.process_time() - before < 1


def test_file_with_mountains_of_marks_is_read_at_once() -> None:
    """The import compares what stands in each cell without its accents."""
    rows = ["Name;Town", *("a" + "\u0301\u0327" * 4_900 + ";Bristol" for _ in range(40))]
    before = time.process_time()
    table = read_file("\n".join(rows).encode())
    assert len(table.rows) == 40
    assert max(len(row.cells[0]) for row in table.rows) <= 31
    assert time.process_time() - before < 1


def test_clean_keeps_what_people_write() -> None:
    assert clean(" Zoe\u0308 \t\u05e9\u05b8\u05c1\r\nx ") == "Zoë \t\u05e9\u05b8\u05c1\nx"
    assert clean("a\x00b\x1bc\x85d\ud800e\x7f") == "abcde"
    assert clean("\u202eno hands\u202d on") == "no hands on"
    assert clean("\r\n \x00") is None
    assert clean("क्षत्रिय 👩‍🚀") == "क्षत्रिय 👩‍🚀"


class _NameForm(Form):
    name = line("Name")


def test_form_reads_forms_only(app: Flask) -> None:
    """No JSON, whose values need not be text; and no file in place of a text."""
    with app.test_request_context("/", method="POST", json={"name": ["x", 1]}):
        assert _NameForm().name.data is None
    body = {"name": (BytesIO(b"\xff"), "x.txt")}
    with app.test_request_context("/", method="POST", data=body):
        assert _NameForm().name.data is None
    with app.test_request_context("/?name=Hazel"):
        assert _NameForm().name.data is None
    with app.test_request_context("/", method="POST", data={"name": " Hazel "}):
        assert _NameForm().name.data == "Hazel"
        assert _NameForm(formdata=None, data={"name": "Ash"}).name.data == "Ash"


def test_nested_base_of_a_merge_counts_as_none(app: Flask) -> None:
    data = {"was": "[" * 100_000, "version": "1"}
    with app.test_request_context("/", method="POST", data=data):
        assert merged(1, 2, {"name": "a"}, {"name": "a"}) == {}


def test_sign_in_with_a_megabyte_of_marks_is_answered_at_once(visitor: Visitor) -> None:
    """Anybody can send this."""
    before = time.process_time()
    answer = visitor.sign_in("a" + "\u0301\u0327" * 150_000 + "@example.org", "x")
    assert answer.status_code == 422
    assert time.process_time() - before < 3
