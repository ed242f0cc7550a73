"""The holder's dates in the calendar of their own."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.calendars.operations import end_feed_of_place, make_feed_of_place
from careteam.features.calendars.queries import feeds_of_place
from careteam.web.frame.feeds import FeedAddress, feed_address
from careteam.web.frame.forms import page
from careteam.web.frame.room import LINK
from careteam.web.links.place import Place, on_the_team, said
from careteam.web.links.room import room


@room.get("/r/<uuid:link_id>/calendar", access=LINK)
@on_the_team
def calendar_show(place: Place) -> ResponseReturnValue:
    return _calendar_page(place, None)


def _calendar_page(place: Place, address: FeedAddress | None) -> ResponseReturnValue:
    feeds = feeds_of_place(place.referral.id)
    return page(
        "links/calendar_show.html", place=place, feed=next(iter(feeds), None), address=address
    )


@room.post("/r/<uuid:link_id>/calendar", access=LINK)
@on_the_team
def calendar_make(place: Place) -> ResponseReturnValue:
    token = make_feed_of_place(actor=g.actor, referral=place.referral)
    return _calendar_page(place, feed_address(token))


@room.post("/r/<uuid:link_id>/calendar/end", access=LINK)
@on_the_team
def calendar_end(place: Place) -> ResponseReturnValue:
    end_feed_of_place(actor=g.actor, referral=place.referral)
    return said("links.calendar_show", "The calendar address is ended. It shows nothing any more.")
