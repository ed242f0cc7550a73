"""The one thing that comes next for each client of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from careteam.access.actor import Actor
from careteam.features.clients.queries import ClientLine
from careteam.features.plans.next_queries import NextMilestone, next_milestones
from careteam.features.teams.seated_queries import count_open_required
from careteam.kit import clock
from careteam.web.frame.filters import day_short, plural

LONGEST_TITLE = 48


@dataclass(frozen=True, slots=True)
class NextThing:
    """`kind` is that of a pill; with `href` it is a button to where the thing is done."""

    words: str
    kind: str = "neutral"
    icon: str | None = None
    href: str | None = None


def next_things(actor: Actor, lines: Iterable[ClientLine]) -> dict[UUID, NextThing]:
    """By client, for those with something to say. Two statements for any number of clients."""
    lines = list(lines)
    known = {line.id for line in lines}
    steps, empty_seats = next_milestones(actor, known), count_open_required(actor, known)
    found = {
        line.id: _of_goals(line)
        or _late(steps.get(line.id))
        or _seats(line, empty_seats.get(line.id, 0))
        or _step(steps.get(line.id))
        or _aim(line)
        for line in lines
    }
    return {key: thing for key, thing in found.items() if thing is not None}


def _of_goals(line: ClientLine) -> NextThing | None:
    if not line.goals:
        href = url_for("clients.goal_new", client_id=line.id)
        return NextThing("Add a goal", href=href) if line.is_lead else None
    aside = next((goal for goal in line.goals if goal.statement is None), None)
    if aside is not None and line.is_lead:
        href = url_for("clients.goal_edit", goal_id=aside.id)
        return NextThing("Word the goal anew", href=href)
    if all(goal.status == "paused" for goal in line.goals):
        return NextThing("Paused", icon="circle-pause")
    return None


def _late(step: NextMilestone | None) -> NextThing | None:
    if step is None or step.due_on >= clock.today():
        return None
    return NextThing(f"{_short(step.title)}, was due {day_short(step.due_on)}", "wait", "clock")


def _seats(line: ClientLine, count: int) -> NextThing | None:
    if not count or not line.is_lead:
        return None
    return NextThing(f"{plural(count, 'needed place')} open", "open")


def _step(step: NextMilestone | None) -> NextThing | None:
    if step is None:
        return None
    return NextThing(f"{_short(step.title)}, {day_short(step.due_on)}", icon="milestone")


def _aim(line: ClientLine) -> NextThing | None:
    days = [goal.target_on for goal in line.goals if goal.target_on is not None]
    if not days:
        return None
    nearest = min(days)
    kind = "wait" if nearest < clock.today() else "neutral"
    return NextThing(f"Aim by {day_short(nearest)}", kind, "target")


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
