"""Who of a large directory is looked at for a team."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import PractitionerLanguage, Workplace
from careteam.features.network.queries.choosing import list_by_entry
from careteam.features.network.suggesting import Wishes
from careteam.features.network.suggesting.basis import read_basis
from careteam.features.network.suggesting.choosing import ROUNDED
from careteam.features.teams.candidates import Hard, Sought
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.places import Place
from tests.personas import World, a_practitioner, a_seat
from tests.support.referring import refer

BATH = Place("Bath", "", 51.38, -2.36, 0)


def test_entries_cost_at_most_what_their_people_do(world: World) -> None:
    """Where how somebody answers cannot be known, an entry tells all of it but the rounding."""
    client = db.session.get_one(Client, world.client_id)
    goal = db.session.get_one(Goal, world.goal_id)
    client.latitude, client.longitude, client.language = BATH.latitude, BATH.longitude, "pl"
    seat = a_seat(goal, "dietitian")
    rows = []
    for number, (north, wait, fee, accepting, speaks) in enumerate(
        [
            (0.3, 5, 60, "yes", "pl"),
            (0.1, None, 90, "no", "pl"),
            (0.2, 40, None, "yes", "de"),
            (None, 90, 500, "unknown", None),
            (9.0, 1, 40, "unknown", None),
        ]
    ):
        row = a_practitioner(f"Number {number}", "dietitian")
        row.usual_wait_days, row.accepting = wait, accepting
        row.fee_from = None if fee is None else Decimal(fee)
        row.accepting_said_on = clock.today()
        row.languages = [PractitionerLanguage(code=speaks)] if speaks else []
        row.workplaces[0].latitude = None if north is None else BATH.latitude + north
        row.workplaces[0].longitude = BATH.longitude
        rows.append(row.id)
    refer(world.wren.practitioner_id, rows[0], 6, status="closed")
    db.session.commit()
    fits = read_basis(world.wren, client, goal, [seat], Wishes()).choice(seat)
    sought = Sought({"dietitian": ()}, BATH, frozenset(), Hard(), "pl")
    rows_found = list_by_entry(world.wren, sought, Wishes().weights, {rows[1]})
    found = {UUID(row.id): row for row in rows_found}
    assert {who for who, row in found.items() if row.off} == {rows[1]}, "takes no new clients"
    assert {str(who) for who, row in found.items() if not row.off} == set(fits)
    assert {who for who, row in found.items() if row.is_known} >= {rows[0]}
    for who, row in found.items():
        if not row.off:
            assert row.cost - ROUNDED <= fits[str(who)].cost
    for who in (rows[3], rows[4]):
        assert abs(found[who].cost - fits[str(who)].cost) <= ROUNDED


@pytest.mark.parametrize("near", [Place("", "", 51.45, -2.58, 0), None])
def test_others_may_stand_in_where_few_are_left_by_the_wishes(
    world: World, near: Place | None
) -> None:
    other = a_practitioner("Stands In", "movement_teacher")
    other.accepting, other.accepting_said_on = "yes", clock.today()
    instructors = [a_practitioner(f"Number {each}", "fitness_instructor") for each in range(5)]
    db.session.commit()

    def disciplines(**wishes: Any) -> set[str]:
        others = {"fitness_instructor": ("movement_teacher",)}
        sought = Sought(others, near, frozenset(), Hard(**wishes), "")
        rows = list_by_entry(world.wren, sought, Wishes().weights, ())
        return {row.discipline for row in rows}

    assert disciplines() == {"fitness_instructor"}
    assert disciplines(only_accepting=True) == {"movement_teacher"}
    db.session.query(Workplace).filter_by(practitioner_id=instructors[0].id).one().latitude = 51.6
    db.session.commit()
    assert ("movement_teacher" in disciplines(within_km=10)) is (near is not None)
    instructors[0].accepting = "no"
    db.session.commit()
    assert "movement_teacher" in disciplines()
