"""The place on the team behind a link: open after the code, while consent and seat stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from flask import g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.access.actor import Actor
from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import find_client, get_goal
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.referrals.linked import Glimpse, Look, look
from careteam.features.referrals.models import Referral
from careteam.kit.errors import NotFound
from careteam.web.frame.sending import done

View = Callable[..., ResponseReturnValue]
NOT_SAVED = "This was not saved: what you had open is not open to you any more."


@dataclass(frozen=True)
class Place:
    """What the link opens, and the goal it is for. `client` is None where the consent keeps who
    that is from the holder."""

    seen: Look
    goal: Goal
    client: Client | None

    @property
    def referral(self) -> Referral:
        return self.seen.referral

    @property
    def shown(self) -> Glimpse:
        return self.seen.shown

    @property
    def called(self) -> str:
        """How the client may be called here."""
        return self.client.called if self.client else "The client"


def place_of(actor: Actor, seen: Look) -> Place | None:
    """None before acceptance, without a seat, and wherever consent or seat no longer stand."""
    referral = seen.referral
    if not actor.is_confirmed or referral.goal_id is None or referral.seat_id is None:
        return None
    try:
        goal = get_goal(actor, referral.goal_id)
    except NotFound:
        return None
    return Place(seen, goal, find_client(actor, goal.client_id))


def on_the_team(view: View) -> View:
    """Give the view its place. Without a code it leads to the code, without a place home."""

    @wraps(view)
    def run(link_id: UUID, **arguments: Any) -> ResponseReturnValue:
        if not g.actor.is_confirmed:
            return turned_away("links.code_ask", link_id)
        place = place_of(g.actor, look(g.actor))
        if place is None:
            return turned_away("links.link_show", link_id)
        return view(place, **arguments)

    return run


def turned_away(endpoint: str, link_id: UUID) -> Response:
    """Elsewhere; whoever had typed something is told that it was not kept."""
    is_reading = request.method in ("GET", "HEAD")
    return done(endpoint, None if is_reading else NOT_SAVED, kind="alert", link_id=link_id)


def said(endpoint: str, words: str | None, **more: Any) -> Response:
    """After a change: the sender sees that the link was used, the holder is told what was done."""
    note_use(own_link(g.actor))
    return done(endpoint, words, link_id=g.actor.link_id, **more)
