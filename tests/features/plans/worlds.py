"""Goals with a pathway and a team, for tests about plans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from careteam.features.clients.models import Client, Goal
from careteam.features.plans.checking import Structure
from careteam.features.plans.models import Milestone
from careteam.features.plans.operations import add_milestone
from careteam.features.teams.models import Answer, Seat
from careteam.kit import clock
from careteam.kit.db import Base, db
from tests.personas import World, a_goal, a_seat

ANCHOR = date(2026, 3, 1)


def a_pathway_goal(
    world: World, pathway: str, disciplines: Iterable[str], anchor_on: date | None = ANCHOR
) -> Goal:
    """A goal of Hazel's with open seats of these disciplines."""
    client = db.session.get_one(Client, world.client_id)
    goal = a_goal(client, "Run again next season", pathway)
    goal.anchor_on = anchor_on
    for discipline in disciplines:
        a_seat(goal, discipline)
    db.session.flush()
    return goal


def hazels_goal(world: World, anchor_on: date | None = ANCHOR) -> Goal:
    """The goal on whose team Ash sits."""
    goal = db.session.get_one(Goal, world.goal_id)
    goal.anchor_on = anchor_on
    db.session.flush()
    return goal


def a_step(
    world: World,
    goal: Goal,
    title: str,
    due_on: date = date(2026, 4, 1),
    owner: str = "lead",
    after: Iterable[Milestone] = (),
) -> Milestone:
    """A milestone that Wren adds."""
    return add_milestone(
        actor=world.wren,
        goal=goal,
        milestone_id=uuid4(),
        structure=Structure(title, owner, due_on, tuple(row.id for row in after)),
    )


def an_answer(goal: Goal, question: str, value: str) -> Answer:
    row = Answer(
        id=uuid4(),
        client_id=goal.client_id,
        author_id=goal.author_id,
        information_class="medical_history",
        goal_id=goal.id,
        question=question,
        value=value,
        answered_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def filled(seat: Seat, practitioner_id: object) -> Seat:
    seat.practitioner_id, seat.state = practitioner_id, "filled"  # type: ignore[assignment]
    db.session.flush()
    return seat


def commit(*rows: Base) -> None:
    """Commit, and keep these rows readable after the requests that follow."""
    db.session.commit()
    for row in rows:
        db.session.refresh(row)
        db.session.expunge(row)
    db.session.commit()
