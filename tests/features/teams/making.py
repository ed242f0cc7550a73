"""Goals on shipped pathways, for stories about teams."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from careteam.domain.pathway import Outcome
from careteam.features.clients.goals import Wording, add_goal
from careteam.features.clients.models import Client, Goal
from careteam.features.teams.effects import goal_outcome
from careteam.features.teams.proposing import propose_team
from careteam.features.teams.queries import seats_of
from careteam.features.teams.screening import Given, answer_screening
from careteam.kit.db import db
from tests.personas import World

ANCHOR = date(2026, 3, 2)


def client_of(world: World) -> Client:
    return db.session.get_one(Client, world.client_id)


def goal_on(world: World, pathway: str | None, statement: str = "Feel well", **more) -> Goal:
    """A goal of Wren's client with its team proposed."""
    goal = add_goal(
        actor=world.wren,
        client=client_of(world),
        goal_id=uuid4(),
        wording=Wording(statement, **more),
        pathway=pathway,
        anchor_on=ANCHOR,
    )
    propose_team(actor=world.wren, goal=goal)
    return goal


def answer(world: World, goal: Goal, **answers: Given) -> None:
    answer_screening(actor=world.wren, goal=goal, answers=answers)


def states(goal: Goal) -> Mapping[str, str]:
    """State of each seat by discipline."""
    return {seat.discipline: seat.state for seat in seats_of(goal.id)}


def seat_for(goal: Goal, discipline: str):
    return next(seat for seat in seats_of(goal.id) if seat.discipline == discipline)


def open_required(goal: Goal) -> set[str]:
    return {
        seat.discipline
        for seat in seats_of(goal.id)
        if seat.state == "open" and seat.requirement == "required"
    }


def outcome_now(goal: Goal) -> Outcome:
    """What the rules make of the goal's answers as they are stored."""
    found = goal_outcome(goal)
    assert found is not None
    return found.outcome
