"""A plan of Hazel's that is published, as tests about agreement need it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from careteam.access.actor import Actor, Kind
from careteam.access.reach import forget
from careteam.features.clients.models import Goal
from careteam.features.outbox.models import Message
from careteam.features.plans.agreed import AgreementView, agreement_of
from careteam.features.plans.agreeing import (
    publish_version,
)
from careteam.features.plans.checking import Structure
from careteam.features.plans.models import Milestone, PlanVersion
from careteam.features.plans.operations import change_milestone
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World


def hazel(world: World) -> Actor:
    return Actor(Kind.CLIENT, name="Hazel", client_id=world.client_id)


def a_plan(world: World) -> tuple[Goal, Milestone, Milestone]:
    """Ash's heel raises, and a walk of Hazel's that waits for them."""
    goal = hazels_goal(world)
    raises = a_step(world, goal, "Heel raises", date(2026, 4, 1), str(world.seat_id))
    walk = a_step(world, goal, "Walk to the shop", date(2026, 4, 10), "client", [raises])
    return goal, raises, walk


def published(world: World, goal: Goal, after: int = 0) -> PlanVersion:
    return publish_version(actor=world.wren, goal=goal, after=after)


def seen_by(actor: Actor, goal: Goal) -> AgreementView:
    forget()
    return agreement_of(actor, goal, "Hazel Sample")


def states(view: AgreementView) -> dict[str, str]:
    return {line.party.name: line.state for line in view.lines}


def moved(
    world: World,
    row: Milestone,
    due_on: date,
    owner: str | None = None,
    after: Iterable[Milestone] = (),
) -> None:
    change_milestone(
        actor=world.wren,
        milestone=row,
        version=row.version,
        structure=Structure(
            row.title,
            owner or str(world.seat_id),
            due_on,
            tuple(each.id for each in after),
            row.criterion,
        ),
    )


def subjects() -> Iterable[str]:
    return sorted(row.subject for row in db.session.query(Message))
