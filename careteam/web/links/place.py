"""The place on the team behind a link: open after the code, while consent and seat stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.access.actor import Actor
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.referrals.linked import Glimpse, glimpse
from careteam.features.referrals.models import Referral
from careteam.kit.errors import NotFound
from careteam.web.frame.sending import done

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Place:
    """The referral that opened it, the goal it is for, and how the client may be called here."""

    referral: Referral
    shown: Glimpse
    goal: Goal
    called: str


def find_place(actor: Actor) -> Place | None:
    """None before acceptance, without a seat, and wherever consent or seat no longer stand."""
    referral, shown = glimpse(actor)
    return place_of(actor, referral, shown)


def place_of(actor: Actor, referral: Referral, shown: Glimpse) -> Place | None:
    if not actor.is_confirmed or referral.goal_id is None or referral.seat_id is None:
        return None
    try:
        goal = get_goal(actor, referral.goal_id)
    except NotFound:
        return None
    client = find_client(actor, goal.client_id)
    return Place(referral, shown, goal, client.called if client else "The client")


def on_the_team(view: View) -> View:
    """Give the view its place. Without a code it leads to the code, without a place home."""

    @wraps(view)
    def run(link_id: UUID, **arguments: Any) -> ResponseReturnValue:
        if not g.actor.is_confirmed:
            return redirect(url_for("links.code_ask", link_id=link_id), 303)
        place = find_place(g.actor)
        if place is None:
            return redirect(url_for("links.link_show", link_id=link_id), 303)
        return view(place, **arguments)

    return run


def said(endpoint: str, words: str, **more: Any) -> Response:
    """After a change: the sender sees that the link was used, the holder is told what was done."""
    note_use(own_link(g.actor))
    return done(endpoint, words, link_id=g.actor.link_id, **more)
