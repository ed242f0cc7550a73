"""The client's own dates in the calendar of their phone."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.calendars.operations import end_feed_of_client, make_feed_of_client
from careteam.features.calendars.queries import feeds_of_client
from careteam.web.frame.feeds import FeedAddress, feed_address
from careteam.web.frame.forms import page
from careteam.web.frame.room import CLIENT
from careteam.web.own.place import Own, behind_the_code, said
from careteam.web.own.room import room

LENT = (
    "A calendar address can be made once a code that was mailed to you, or read out by whoever"
    " keeps your record, has opened your page here."
)


@room.get("/p/<uuid:link_id>/calendar", access=CLIENT)
@behind_the_code
def calendar_show(place: Own) -> ResponseReturnValue:
    return _calendar_page(place, None)


def _calendar_page(place: Own, address: FeedAddress | None) -> ResponseReturnValue:
    feeds = feeds_of_client(place.client.id)
    return page("own/calendar_show.html", own=place, feed=next(iter(feeds), None), address=address)


@room.post("/p/<uuid:link_id>/calendar", access=CLIENT)
@behind_the_code
def calendar_make(place: Own) -> ResponseReturnValue:
    """Not in a browser that is let in for a while only: the address would go on showing dates."""
    if g.visit.is_lent:
        return said("own.calendar_show", LENT, kind="alert")
    token = make_feed_of_client(actor=g.actor, client=place.client)
    return _calendar_page(place, feed_address(token))


@room.post("/p/<uuid:link_id>/calendar/end", access=CLIENT)
@behind_the_code
def calendar_end(place: Own) -> ResponseReturnValue:
    end_feed_of_client(actor=g.actor, client=place.client)
    return said("own.calendar_show", "The calendar address is ended. It shows nothing any more.")
