"""What is asked of every page that any test sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LEFT_OPEN = {"li", "p", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.headings = 0
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.headings += tag == "h1"
        if tag == "style" or (tag == "script" and "src" not in given):
            self.problems.append(f"inline <{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                self.problems.append(f"inline {name} on <{tag}>")
            if name == "id" and value:
                if value in self.ids:
                    self.problems.append(f"id {value!r} twice")
                self.ids.add(value)
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            given["in_label"] = "yes" if "label" in self.open else None
            self.controls.append(given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        before = len(self.open)
        self.handle_starttag(tag, attrs)
        del self.open[before:]

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.open and self.open[-1] != tag and self.open[-1] in LEFT_OPEN:
            self.open.pop()
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes nothing")
            return
        self.open.pop()


def legible(page: str) -> str:
    """What there is to read: no tags, so no codes and addresses that hold a word by chance."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def look_at(answer: TestResponse) -> None:
    """Valid nesting, one h1 on whole pages, every control labelled, nothing inline."""
    reader = _Reader()
    reader.feed(answer.text)
    whole = answer.text.lstrip().lower().startswith("<!doctype")
    if whole and reader.headings != 1:
        reader.problems.append(f"{reader.headings} h1")
    for control in reader.controls:
        named = control.get("aria-label") or control.get("aria-labelledby") or control["in_label"]
        if not named and control.get("id") not in reader.labels:
            reader.problems.append(f"control {control.get('name')!r} has no label")
    if whole and not re.search(r"<title>[^<]+</title>", answer.text):
        reader.problems.append("no title")
    assert not reader.problems, f"{answer.request.path}: {reader.problems}"
