"""What an operation that refuses leaves: a word why, and nothing of what was begun."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import update

from careteam.access import operation as operations
from careteam.access.actor import Actor
from careteam.audit.models import AuditEvent
from careteam.features.clients.goals import pause_goal
from careteam.features.clients.models import Goal
from careteam.features.referrals.giving import Name, give_names, new_names
from careteam.features.referrals.models import NamesGiven
from careteam.kit.db import db
from careteam.kit.errors import CareteamError, Conflict, Invalid
from tests.personas import World


def test_key_taken_within_an_operation_is_a_conflict(world: World) -> None:
    names_id = uuid4()
    juniper = Name(world.juniper, "Juniper Outside", "Bristol", "", "", "Near you.")

    def press() -> None:
        names = new_names(world.wren, names_id, "dietitian")
        give_names(actor=world.wren, names=names, given=[juniper])

    press()
    db.session.commit()
    db.session.expunge_all()
    with pytest.raises(Conflict) as refused:
        press()
    assert refused.value.field == "id"
    assert db.session.query(NamesGiven).count() == 1


def change_it(world: World, goal: Goal) -> None:
    goal.statement = "Half"


def change_and_flush(world: World, goal: Goal) -> None:
    change_it(world, goal)
    db.session.flush()


def change_by_statement(world: World, goal: Goal) -> None:
    statement = update(Goal).where(Goal.id == goal.id).values(statement="Half")
    db.session.execute(statement)


def change_by_an_operation(world: World, goal: Goal) -> None:
    pause_goal(actor=world.wren, goal=goal)


@pytest.mark.parametrize("error", [Invalid, Conflict])
@pytest.mark.parametrize(
    "begin", [change_it, change_and_flush, change_by_statement, change_by_an_operation]
)
def test_whoever_catches_a_refusal_keeps_nothing_that_was_begun(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    begin: Callable[[World, Goal], None],
    error: type[CareteamError],
) -> None:
    monkeypatch.setattr(operations, "OPERATIONS", {})

    @operations.operation(None, on="goal", action="goal.reworded")
    def refuse(*, actor: Actor, goal: Goal) -> Goal:
        begin(world, goal)
        raise error("No.")

    goal = db.session.get_one(Goal, world.goal_id)
    wish = goal.statement
    with pytest.raises(error, match="No"):
        refuse(actor=world.wren, goal=goal)
    assert (goal.statement, goal.status) == (wish, "active")
    db.session.commit()
    assert (goal.statement, goal.status) == (wish, "active")
    assert db.session.query(AuditEvent).filter_by(action="goal.paused").count() == 0
