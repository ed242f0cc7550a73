"""Dates as an iCalendar feed (RFC 5545), equal bytes for equal dates.

Nothing here asks the clock: a program that fetches twice must find that nothing has changed, so
every stamp is that of the row. Instants are in UTC and days are days, so no change of the clocks
moves either, and no table of time zones goes with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from careteam.features.calendars.feed import Entry

if TYPE_CHECKING:
    from icalendar import Event

NAME = "Careteam"
REFRESH = timedelta(hours=4)
"""How often programs are asked to look; many look less often whatever is asked."""


def feed_bytes(entries: Iterable[Entry], public_url: str | None) -> bytes:
    """The feed; each date leads to its page where there is an address that opens elsewhere."""
    from icalendar import Calendar  # takes a tenth of a second, and only feeds need it

    feed = Calendar()
    feed.add("prodid", "-//Careteam//Feed//EN")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("name", NAME)
    feed.add("x-wr-calname", NAME)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT4H")
    for entry in entries:
        feed.add_component(_event(entry, public_url))
    found: bytes = feed.to_ical()
    return found


def _event(entry: Entry, public_url: str | None) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.key}@careteam")
    event.add("summary", entry.title)
    event.add("dtstamp", entry.changed_at.replace(microsecond=0))
    event.add("last-modified", entry.changed_at.replace(microsecond=0))
    event.add("sequence", entry.sequence)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    event.add("dtstart", entry.starts)
    ends = _ends(entry)
    if ends is not None:
        event.add("dtend", ends)
    if entry.path and public_url:
        event.add("url", f"{public_url}{entry.path}")
    return event


def _ends(entry: Entry) -> date | datetime | None:
    """A day ends with the next; an appointment without an end says none."""
    if isinstance(entry.starts, datetime):
        return entry.ends
    return entry.starts + timedelta(days=1)
