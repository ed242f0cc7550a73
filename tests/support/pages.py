"""What is asked of every page that any test sees."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LEFT_OPEN = {"li", "p", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"}

NAME = r"""[^\s"'<>/=]+"""
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'<>=`]+)"""
ATTRIBUTE = re.compile(f"({NAME})(?:=({VALUE}))?")
TAG = re.compile(rf"<(/?)([a-zA-Z][\w-]*)((?:\s+{NAME}(?:={VALUE})?)*)\s*(/?)>")
NO_TAG = re.compile(r"<!--.*?-->|<!doctype html>", re.DOTALL | re.IGNORECASE)


class _Reader:
    """Strict where a browser forgives, so that nothing is passed over: every "<" begins a tag."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.headings = 0
        self.labels: set[str] = set()
        self.controls: list[dict[str, str]] = []

    def feed(self, page: str) -> None:
        page = NO_TAG.sub("", page)
        read = 0
        for found in TAG.finditer(page):
            if "<" in page[read : found.start()]:
                self.problems.append(f"no tag: {page[read : found.start()].strip()[:60]!r}")
            read = found.end()
            closes, tag, attributes, ends_itself = found.groups()
            tag = tag.lower()
            if closes:
                self._end(tag)
            else:
                self._start(tag, attributes)
                if ends_itself and tag not in VOID:
                    self.open.pop()
        if "<" in page[read:]:
            self.problems.append(f"no tag: {page[read:].strip()[:60]!r}")

    def _start(self, tag: str, attributes: str) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.headings += tag == "h1"
        given = {}
        for found in ATTRIBUTE.finditer(attributes):
            name, value = found[1].lower(), (found[2] or "").strip("\"'")
            given[name] = value
            if name == "style" or name.startswith(("on", "hx-on")):
                self.problems.append(f"inline {name} on <{tag}>")
        if tag == "style" or (tag == "script" and "src" not in given):
            self.problems.append(f"inline <{tag}>")
        if identity := given.get("id"):
            if identity in self.ids:
                self.problems.append(f"id {identity!r} twice")
            self.ids.add(identity)
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"])
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.controls.append(given | ({"in_label": "yes"} if "label" in self.open else {}))

    def _end(self, tag: str) -> None:
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
        named = (
            control.get("aria-label") or control.get("aria-labelledby") or control.get("in_label")
        )
        if not named and control.get("id") not in reader.labels:
            reader.problems.append(f"control {control.get('name')!r} has no label")
    if whole and not re.search(r"<title>[^<]+</title>", answer.text):
        reader.problems.append("no title")
    assert not reader.problems, f"{answer.request.path}: {reader.problems}"
