"""What the list says comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from careteam.features.clients.models import Client, Goal
from careteam.features.plans.models import Milestone
from careteam.features.teams.models import Precaution
from careteam.features.teams.precautions.operations import (
    NewPrecaution,
    end_precaution,
    lay_precaution,
)
from careteam.kit.db import db
from tests.personas import World, a_client, a_seat
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def a_step(world: World, title: str, due_on: date, status: str = "planned") -> None:
    db.session.add(
        Milestone(
            client_id=world.client_id,
            goal_id=world.goal_id,
            title=title,
            due_on=due_on,
            status=status,
        )
    )
    db.session.commit()


def listed(signed_in: SignedIn, name: str = "wren") -> str:
    return signed_in(name).get("/clients").text


def test_client_without_a_goal_needs_one(world: World, signed_in: SignedIn) -> None:
    assert world.wren.practitioner_id is not None
    elm = a_client(world.wren.practitioner_id, "Elm Made").id
    db.session.commit()
    assert f'href="/clients/{elm}/goals/new"' in listed(signed_in)


def test_open_step_that_is_due_first_comes_next(world: World, signed_in: SignedIn) -> None:
    a_step(world, "Walk unaided", date(2026, 5, 1))
    a_step(world, "Boot off", date(2026, 4, 1))
    a_step(world, "Boot on", date(2026, 3, 1), "done")
    page = listed(signed_in)
    assert "Boot off, 1 Apr" in page
    assert "Walk unaided" not in page
    assert "Boot on" not in page


def test_late_step_stands_before_an_open_place(world: World, signed_in: SignedIn) -> None:
    seat = a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    seat.requirement = "required"
    db.session.commit()
    assert "1 needed place open" in listed(signed_in)
    assert "1 needed place open" not in listed(signed_in, "ash")
    a_step(world, "Boot off", date(2026, 3, 3))
    assert "Boot off, was due 3 Mar" in listed(signed_in)


def test_standing_hold_is_marked_for_whoever_keeps_the_record(
    world: World, signed_in: SignedIn
) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    hold_id = uuid4()
    lay_precaution(
        actor=world.ash,
        goal=goal,
        precaution_id=hold_id,
        new=NewPrecaution(
            kind="hold", scope="all", what="", why="A clot", said_by_id=world.ash.practitioner_id
        ),
    )
    db.session.commit()
    assert "A hold stands" in listed(signed_in)
    assert "clot" not in listed(signed_in)
    assert "A hold stands" not in listed(signed_in, "ash")
    row = db.session.get_one(Precaution, hold_id)
    end_precaution(actor=world.ash, precaution=row, why="Ruled out")
    db.session.commit()
    assert "A hold stands" not in listed(signed_in)


def test_paused_goal_is_left_in_peace(world: World, signed_in: SignedIn) -> None:
    db.session.get_one(Goal, world.goal_id).status = "paused"
    a_step(world, "Boot off", date(2026, 3, 3))
    page = listed(signed_in)
    assert "Paused" in page
    assert "Boot off" not in page


def test_without_a_plan_the_aim_is_named(world: World, signed_in: SignedIn) -> None:
    db.session.get_one(Goal, world.goal_id).target_on = date(2026, 9, 1)
    db.session.commit()
    assert "Aim by 1 Sep" in listed(signed_in)
    assert db.session.query(Client).count() == 1
