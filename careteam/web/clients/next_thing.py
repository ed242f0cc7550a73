"""The one thing that comes next for each client of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from careteam.access.actor import Actor
from careteam.features.clients.queries import ClientLine
from careteam.kit import clock
from careteam.web.frame.filters import day_short


@dataclass(frozen=True, slots=True)
class NextThing:
    """`kind` is that of a pill; `href` leads to where the thing is done."""

    words: str
    kind: str = "neutral"
    href: str | None = None


def next_things(actor: Actor, lines: Iterable[ClientLine]) -> dict[UUID, NextThing]:
    """By client, for those with something to say."""
    found = {line.id: _next_thing(line) for line in lines}
    return {key: thing for key, thing in found.items() if thing is not None}


def _next_thing(line: ClientLine) -> NextThing | None:
    if not line.goals:
        if not line.is_lead:
            return None
        return NextThing("Add a goal", "open", url_for("clients.goal_new", client_id=line.id))
    aside = next((goal for goal in line.goals if goal.statement is None), None)
    if aside is not None:
        href = url_for("clients.goal_edit", goal_id=aside.id) if line.is_lead else None
        return NextThing("Word the goal anew", "wait", href)
    if all(goal.status == "paused" for goal in line.goals):
        return NextThing("Paused")
    days = [goal.target_on for goal in line.goals if goal.target_on is not None]
    if not days:
        return None
    nearest = min(days)
    late = nearest < clock.today()
    return NextThing(f"Aim by {day_short(nearest)}", "wait" if late else "neutral")
