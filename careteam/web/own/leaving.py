"""Signing a browser out, and ending the link, by the client."""

from __future__ import annotations

from uuid import UUID

from flask import g
from flask.typing import ResponseReturnValue

from careteam.features.links.client_queries import list_client_links
from careteam.features.links.operations import end_link, forget_browser
from careteam.features.links.queries import get_browser, own_link
from careteam.kit import clock
from careteam.kit.errors import NotFound
from careteam.web.frame.forms import page
from careteam.web.frame.linking import browser_hash
from careteam.web.frame.room import CLIENT
from careteam.web.frame.sending import done
from careteam.web.own.place import Own, behind_the_code
from careteam.web.own.room import room


@room.get("/p/<uuid:link_id>/leave", access=CLIENT)
@behind_the_code
def leave_show(place: Own) -> ResponseReturnValue:
    lines = list_client_links(g.actor, place.client.id, clock.now())
    line = next((each for each in lines if each.link.id == g.actor.link_id), None)
    browsers = line.browsers if line else ()
    return page("own/leave_show.html", own=place, browsers=browsers, this=browser_hash())


@room.post("/p/<uuid:link_id>/browsers/<uuid:browser_id>/forget", access=CLIENT)
@behind_the_code
def browser_forget(_place: Own, browser_id: UUID) -> ResponseReturnValue:
    link, browser = get_browser(g.actor, browser_id)
    if link.id != g.actor.link_id:
        raise NotFound
    forget_browser(actor=g.actor, link=link, browser=browser)
    return done("own.home_show", "It has to show a code again.", link_id=link.id)


@room.post("/p/<uuid:link_id>/end", access=CLIENT)
@behind_the_code
def page_end(place: Own) -> ResponseReturnValue:
    """Answered on the spot: the next request by this link finds nothing."""
    end_link(actor=g.actor, link=own_link(g.actor))
    return page("own/ended_show.html", lead=place.lead)
