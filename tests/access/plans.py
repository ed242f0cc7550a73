"""A plan, and a version of it with everybody's answer, for comparing access on all models."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from careteam.features.clients.models import Goal
from careteam.features.plans.models import (
    Milestone,
    MilestoneDependency,
    PlanAgreement,
    PlanChange,
    PlanVersion,
)
from careteam.kit import clock
from careteam.kit.db import db

DAY = date(2026, 3, 2)


def agree(goal: Goal, number: int, author: object, seat_id: object) -> None:
    about = {"client_id": goal.client_id, "goal_id": goal.id, "author_id": author}
    version = PlanVersion(
        id=uuid4(),
        number=number,
        structure={"milestones": []},
        published_at=clock.now(),
        published_by="Wren",
        **about,
    )
    db.session.add(version)
    db.session.flush()
    for party, seat in (("lead", None), ("client", None), (str(seat_id), seat_id)):
        db.session.add(
            PlanAgreement(
                version_id=version.id,
                party=party,
                seat_id=seat,
                number=1,
                answer="agreed",
                way="account",
                given_on=DAY,
                at=clock.now(),
                by_name="Wren",
                **about,
            )
        )


def fill_plan(goal: Goal, author: object, seat_id: object) -> None:
    about = {"client_id": goal.client_id, "goal_id": goal.id, "author_id": author}
    steps = [
        Milestone(id=uuid4(), title="Own", due_on=DAY, owner_seat_id=seat_id, **about),
        Milestone(id=uuid4(), title="Client's", due_on=DAY, owner_is_client=True, **about),
        Milestone(id=uuid4(), title="Lead's", due_on=DAY, **about),
    ]
    db.session.add_all(steps)
    db.session.flush()
    db.session.add(MilestoneDependency(milestone_id=steps[1].id, depends_on_id=steps[0].id))
    db.session.add(
        PlanChange(
            client_id=goal.client_id,
            milestone_id=steps[0].id,
            row_version=2,
            field="title",
            old={"value": "a"},
            new={"value": "b"},
            at=clock.now(),
            by_name="Wren",
        )
    )
