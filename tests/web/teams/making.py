"""What the pages about teams are tested with: a goal, its seats, and the forms they carry."""

from __future__ import annotations

import html
import re
from uuid import UUID

from careteam.features.clients.models import Goal
from careteam.features.teams.models import Seat
from careteam.kit.db import db
from tests.features.teams.making import goal_on, seat_for
from tests.personas import World


def a_goal_on(world: World, pathway: str | None) -> str:
    """The id of a committed goal with its team."""
    goal = goal_on(world, pathway)
    db.session.commit()
    return str(goal.id)


def fresh_goal(goal_id: str) -> Goal:
    db.session.expire_all()
    return db.session.get_one(Goal, UUID(goal_id))


def fresh_seat(goal_id: str, discipline: str) -> Seat:
    return seat_for(fresh_goal(goal_id), discipline)


def hidden(page: str, name: str) -> str:
    """The value of the first hidden input of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden {name}"
    return html.unescape(found.group(1))
