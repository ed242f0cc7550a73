"""What every page behind the code begins with: the client, the goals, and who keeps the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careteam.features.clients.models import Client, Goal
from careteam.features.clients.queries import STANDING_GOALS, get_client, list_goals
from careteam.features.directory.queries import Contact
from careteam.features.links.clients import whom_to_ring
from careteam.features.links.operations import note_use
from careteam.features.links.queries import own_link
from careteam.features.plans.watch_queries import Mark, mark_of
from careteam.kit.errors import NotFound
from careteam.web.frame.sending import done

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Own:
    """The client of these pages. `goals` are those still pursued, the active ones first; `past` is
    how many others there were.

    `leads` are whoever stands in today, then whoever keeps the record.
    """

    client: Client
    goals: Sequence[Goal]
    leads: Sequence[Contact]
    past: int = 0

    @property
    def lead(self) -> Contact:
        """Whoever keeps the record."""
        return self.leads[-1]

    @property
    def reader(self) -> Contact:
        """Who reads what is written here in these days."""
        return self.leads[0]

    def goal(self, goal_id: UUID) -> Goal:
        """One of the standing goals. Raises `NotFound`."""
        found = next((goal for goal in self.goals if goal.id == goal_id), None)
        if found is None:
            raise NotFound
        return found


def behind_the_code(view: View) -> View:
    """Give the view its reader. Without a code it leads to the door."""

    @wraps(view)
    def run(link_id: UUID, **arguments: Any) -> ResponseReturnValue:
        if not g.actor.is_confirmed:
            return redirect(url_for("own.home_show", link_id=link_id), 303)
        return view(own(), **arguments)

    return run


def own() -> Own:
    client = get_client(g.actor, g.actor.client_id or uuid4())
    every = list_goals(g.actor, client)
    goals = [goal for goal in every if goal.status in STANDING_GOALS]
    return Own(client, goals, whom_to_ring(client.id), len(every) - len(goals))


def marks_of(place: Own) -> list[tuple[UUID, Mark]]:
    """How each plan stands before it is read: a page that stays open asks what came after."""
    return [(goal.id, mark_of(g.actor, goal.id)) for goal in place.goals]


def said(endpoint: str, words: str | None, **more: Any) -> Response:
    """After a change: the lead sees that the page is used, the client is told what was done."""
    note_use(own_link(g.actor))
    return done(endpoint, words, link_id=g.actor.link_id, **more)
