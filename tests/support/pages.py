"""What is asked of every page that any test sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LEFT_OPEN = {"li", "p", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"}

CONTROLS = {"input", "select", "textarea"}

NAME = r"""[^\s"'<>/=]+"""
VALUE = r"""(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+)"""
ATTRIBUTE = re.compile(f"({NAME})(?:=({VALUE}))?")
TAG = re.compile(rf"(/?)([a-zA-Z][\w-]*)((?:\s+{NAME}(?:={VALUE})?)*)\s*(/?)")
NO_TAG = re.compile(r"<!--.*?-->|<!doctype html>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class _Tag:
    name: str
    closes: bool
    ends_itself: bool
    given: dict[str, str]
    problems: tuple[str, ...]


@lru_cache(20_000)
def _tag(text: str) -> _Tag | None:
    """What stands between "<" and ">"; the same few thousand tags make up all pages."""
    found = TAG.fullmatch(text)
    if not found:
        return None
    closes, name, attributes, ends_itself = found.groups()
    name = name.lower()
    given, problems = {}, []
    for each in ATTRIBUTE.finditer(attributes):
        attribute = each[1].lower()
        given[attribute] = (each[2] or "").strip("\"'")
        if attribute == "style" or attribute.startswith(("on", "hx-on")):
            problems.append(f"inline {attribute} on <{name}>")
    if name == "style" or (name == "script" and "src" not in given):
        problems.append(f"inline <{name}>")
    itself = bool(ends_itself) or name in VOID
    return _Tag(name, bool(closes), itself, given, () if closes else tuple(problems))


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
        for piece in NO_TAG.sub("", page).split("<")[1:]:
            text, ends, _ = piece.partition(">")
            tag = _tag(text) if ends else None
            if tag is None:
                self.problems.append(f"no tag: {piece.strip()[:60]!r}")
            elif tag.closes:
                self._end(tag.name)
            else:
                self._start(tag)

    def _start(self, tag: _Tag) -> None:
        name, given = tag.name, tag.given
        self.problems += tag.problems
        self.headings += name == "h1"
        if identity := given.get("id"):
            if identity in self.ids:
                self.problems.append(f"id {identity!r} twice")
            self.ids.add(identity)
        if name == "label" and "for" in given:
            self.labels.add(given["for"])
        elif name in CONTROLS and given.get("type") not in ("hidden", "submit"):
            self.controls.append(given | ({"in_label": "yes"} if "label" in self.open else {}))
        if not tag.ends_itself:
            self.open.append(name)

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
