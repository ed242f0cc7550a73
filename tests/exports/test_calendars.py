"""A feed as a calendar program reads it: days stay days, instants keep their hour, bytes repeat."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from careteam.exports.calendars import feed_bytes
from careteam.features.calendars.feed import Entry
from tests.support.feeds import one_event, read_feed

CHANGED = datetime(2026, 3, 3, 10, 42, 7, 123456, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def event_of(entry: Entry, public_url: str | None = None) -> Any:
    return one_event(feed_bytes([entry], public_url))


def test_feed_says_what_it_is_and_how_often_to_look() -> None:
    feed, events = read_feed(feed_bytes([], None))
    assert events == []
    assert (feed["VERSION"], feed["METHOD"], feed["X-WR-CALNAME"]) == ("2.0", "PUBLISH", "Careteam")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in feed_bytes([], None)


def test_day_is_a_whole_day_that_takes_no_time() -> None:
    event = event_of(Entry("milestone-1", "Plan: step due (HS)", date(2028, 2, 29), CHANGED, 4))
    assert event["DTSTART"].dt == date(2028, 2, 29)
    assert event["DTEND"].dt == date(2028, 3, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["UID"], event["SEQUENCE"]) == ("milestone-1@careteam", 4)
    assert (event["TRANSP"], event["CLASS"]) == ("TRANSPARENT", "PRIVATE")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == CHANGED.replace(microsecond=0)


def test_appointment_keeps_its_hour_on_the_days_the_clocks_change() -> None:
    """On 29 March 2026 London skips the hour after one; on 25 October it has it twice."""
    for starts, ends, shown in (
        ("2026-03-29T00:30", "2026-03-29T01:30", ("00:30", "02:30")),
        ("2026-03-29T09:00", "2026-03-29T10:00", ("10:00", "11:00")),
        ("2026-10-25T00:30", "2026-10-25T01:30", ("01:30", "01:30")),
        ("2026-10-25T09:00", "2026-10-25T10:00", ("09:00", "10:00")),
    ):
        event = event_of(
            Entry(
                "appointment-1",
                "Appointment",
                datetime.fromisoformat(starts).replace(tzinfo=UTC),
                CHANGED,
                ends=datetime.fromisoformat(ends).replace(tzinfo=UTC),
                is_busy=True,
            )
        )
        found = [event[name].dt.astimezone(LONDON) for name in ("DTSTART", "DTEND")]
        assert tuple(f"{each:%H:%M}" for each in found) == shown
        assert found[1].astimezone(UTC) - found[0].astimezone(UTC) == (
            datetime.fromisoformat(ends) - datetime.fromisoformat(starts)
        )
        assert event["TRANSP"] == "OPAQUE"


def test_appointment_without_an_end_says_none() -> None:
    assert "DTEND" not in event_of(Entry("appointment-1", "Appointment", CHANGED, CHANGED))


def test_typed_text_stays_text() -> None:
    title = "Step; first, last\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    event = event_of(Entry("milestone-1", title, CHANGED, CHANGED))
    assert str(event["SUMMARY"]).replace("\r\n", "\n") == title.replace("\r\n", "\n")


def test_date_leads_to_its_page_only_where_there_is_an_address() -> None:
    entry = Entry("milestone-1", "Plan", date(2026, 3, 4), CHANGED, path="/goals/1/plan")
    assert event_of(entry, "https://team.example.org")["URL"] == (
        "https://team.example.org/goals/1/plan"
    )
    assert "URL" not in event_of(entry)


def test_equal_dates_give_equal_bytes() -> None:
    entries = [
        Entry("milestone-1", "Plan: step due", date(2026, 3, 4), CHANGED),
        Entry("appointment-1", "Appointment", CHANGED, CHANGED, ends=CHANGED),
    ]
    assert feed_bytes(entries, None) == feed_bytes(list(entries), None)
