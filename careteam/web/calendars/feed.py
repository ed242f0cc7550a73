"""The feed itself, fetched by programs without a sign-in: its address is the secret."""

from __future__ import annotations

from flask import current_app, g, make_response, request
from flask.typing import ResponseReturnValue

from careteam.audit import reads
from careteam.exports.calendars import feed_bytes
from careteam.features.calendars.feed import entries_for, feed_actor
from careteam.web.calendars.room import room
from careteam.web.frame.linking import closed_page, private
from careteam.web.frame.room import PUBLIC


@room.get("/calendar/<token>.ics", access=PUBLIC)
def feed_show(token: str) -> ResponseReturnValue:
    """Whoever is signed in beside it does not matter: the feed has an actor of its own.

    A program keeps what it has read, so the answer may be kept and asked about; an unchanged one is
    not sent, and nobody has looked at anything.
    """
    actor = feed_actor(token)
    if actor is None:
        return closed_page()
    g.actor, g.signed = actor, None
    settings = current_app.extensions["careteam_settings"]
    response = private(make_response(feed_bytes(entries_for(actor), settings.public_url)))
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = "inline; filename=careteam.ics"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    response.headers.pop("Date", None)  # the server's to say
    if response.status_code == 304:
        reads.forget()
    return response
