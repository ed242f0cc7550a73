"""An account's own feed: made, shown once, made anew, ended."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.accounts.queries import get_account
from careteam.features.calendars.operations import end_own_feed, make_own_feed
from careteam.features.calendars.queries import own_feeds
from careteam.web.calendars.room import room
from careteam.web.frame.feeds import FeedAddress, feed_address
from careteam.web.frame.forms import page
from careteam.web.frame.room import SIGNED_IN
from careteam.web.frame.sending import done


@room.get("/account/calendar", access=SIGNED_IN)
def own_show() -> ResponseReturnValue:
    return _own_page(None)


def _own_page(address: FeedAddress | None) -> ResponseReturnValue:
    feeds = own_feeds(g.actor.practitioner_id) if g.actor.practitioner_id else ()
    return page("calendars/own_show.html", feed=next(iter(feeds), None), address=address)


@room.post("/account/calendar", access=SIGNED_IN)
def own_make() -> ResponseReturnValue:
    account = get_account(g.actor, g.actor.account_id)
    return _own_page(feed_address(make_own_feed(actor=g.actor, account=account)))


@room.post("/account/calendar/end", access=SIGNED_IN)
def own_end() -> ResponseReturnValue:
    end_own_feed(actor=g.actor, account=get_account(g.actor, g.actor.account_id))
    return done("calendars.own_show", "The calendar address is ended. It shows nothing any more.")
