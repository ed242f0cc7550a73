"""Who of a large directory is looked at for a team."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Workplace
from careteam.features.network.queries.choosing import list_first_by_entry
from careteam.features.network.suggesting import Wishes
from careteam.features.network.suggesting.basis import read_basis
from careteam.features.teams.candidates import Hard, Sought
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place
from tests.personas import World, a_practitioner, a_seat


@pytest.mark.either_database
def test_entries_stand_in_the_order_of_their_fit(world: World) -> None:
    """As far as an entry tells: distance, fee, room and wait."""
    client, goal = (
        db.session.get_one(Client, world.client_id),
        db.session.get_one(Goal, world.goal_id),
    )
    client.latitude, client.longitude = 50.72, -3.53
    seat, full = a_seat(goal, "dietitian"), ""
    for number, (north, wait, fee, accepting) in enumerate(
        [
            (0.3, 5, 60, "yes"),
            (0.1, None, 90, "no"),
            (0.2, 40, None, "yes"),
            (None, 1, 40, "unknown"),
        ]
    ):
        row = a_practitioner(f"Number {number}", "dietitian")
        row.usual_wait_days, row.accepting = wait, accepting
        row.fee_from = None if fee is None else Decimal(fee)
        row.accepting_said_on = clock.today()
        full = str(row.id) if accepting == "no" else full
        if north:
            work = Workplace(id=uuid4(), practitioner_id=row.id, position=0)
            work.latitude, work.longitude = 50.72 + north, -3.53
            db.session.add(work)
    db.session.commit()
    basis = read_basis(world.wren, client, goal, [seat], Wishes())
    fits = basis.choice(seat)
    rows = list_first_by_entry(
        world.wren,
        Sought({"dietitian": ()}, Place("", "", 50.72, -3.53, 0), frozenset(), Hard(), ""),
        Wishes().weights,
        9,
        (),
    )
    assert [str(row.id) for row in rows[:-1]] == sorted(fits, key=lambda who: fits[who].cost)
    assert str(rows[-1].id) == full, "takes no new clients"
    assert {row.there for row in rows} == {len(rows) - 1}


@pytest.mark.parametrize("near", [Place("", "", 51.45, -2.58, 0), None])
def test_others_may_stand_in_where_few_are_left_by_the_wishes(
    world: World, near: Place | None
) -> None:
    a_practitioner("Stands In", "movement_teacher")
    instructors = [a_practitioner(f"Number {each}", "fitness_instructor") for each in range(5)]
    db.session.commit()

    def disciplines(**wishes: Any) -> set[str]:
        others = {"fitness_instructor": ("movement_teacher",)}
        sought = Sought(others, near, frozenset(), Hard(**wishes), "")
        rows = list_first_by_entry(world.wren, sought, Wishes().weights, 9, ())
        return {row.discipline for row in rows}

    assert disciplines() == {"fitness_instructor"}
    assert disciplines(only_accepting=True) == {"fitness_instructor", "movement_teacher"}
    db.session.query(Workplace).filter_by(practitioner_id=instructors[0].id).one().latitude = 51.6
    db.session.commit()
    assert ("movement_teacher" in disciplines(within_km=10)) is (near is not None)
    instructors[0].accepting = "no"
    db.session.commit()
    assert "movement_teacher" in disciplines()
