"""Calendar feeds as a program fetches and reads them."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from icalendar import Calendar
from werkzeug.test import TestResponse

from tests.support.visitor import Visitor

ADDRESS = re.compile(r"https://team\.example\.org(/calendar/[\w-]+\.ics)")
HEALTH = ("Hazel", "Sample", "meal", "Eats", "diet", "Heel", "raise", "Walk", "pain", "training")
"""What the worlds of these tests say of Hazel; no feed may."""


def read_feed(data: bytes) -> tuple[Any, list[Any]]:
    """The calendar and its events, by the library's own reader."""
    feed: Any = Calendar.from_ical(data)
    return feed, feed.walk("VEVENT")


def one_event(data: bytes) -> Any:
    _feed, (event,) = read_feed(data)
    return event


def address_in(answer: TestResponse) -> str:
    found = ADDRESS.search(answer.text)
    assert found, answer.text
    return found.group(1)


def own_feed(visitor: Visitor) -> str:
    answer = visitor.post("/account/calendar")
    assert answer.status_code == 200
    return address_in(answer)


def fetch(app: Flask, path: str, **options: Any) -> TestResponse:
    """As a calendar program does: no cookie, no sign-in."""
    return Visitor(app).get(path, **options)


def titles(answer: TestResponse) -> dict[str, object]:
    """Title and beginning of each date."""
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/calendar; charset=utf-8"
    _feed, events = read_feed(answer.data)
    return {str(event["SUMMARY"]): event["DTSTART"].dt for event in events}
