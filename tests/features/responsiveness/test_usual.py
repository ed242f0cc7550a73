"""After how long people usually answer: what a list is ordered by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.usual import usual_dues, usual_hours
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.calendars import in_region
from tests.support.statements import statements

MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)


def answered(world: World, receiver: UUID | None, hours: list[float]) -> None:
    for each in hours:
        at = MONDAY + timedelta(hours=each)
        db.session.add(
            Referral(
                id=uuid4(),
                sender_id=world.wren.practitioner_id,
                receiver_id=receiver,
                author_id=world.wren.practitioner_id,
                status="accepted",
                sent_at=MONDAY,
                delivered_at=MONDAY,
                first_response_at=at,
                accepted_at=at,
                status_at=at,
            )
        )
    db.session.commit()


def test_median_of_each_by_one_statement(world: World) -> None:
    rowan, ash = world.rowan.practitioner_id, world.ash.practitioner_id
    assert rowan is not None
    assert ash is not None
    answered(world, rowan, [2, 4, 6, 8, 30])
    answered(world, ash, [1, 2, 3, 4])
    with statements() as seen:
        hours = usual_hours(world.wren, [rowan, ash, world.juniper])
    assert hours == {rowan: 6.0}
    assert len(seen) == 2, "the reach of the reader, and one for all three"
    # the clock of the tests stands at half past nine on a Wednesday
    assert usual_dues(hours) == {rowan: datetime(2026, 3, 4, 3, 30, tzinfo=UTC)}


def test_nobody_asked_costs_nothing(world: World) -> None:
    with statements() as seen:
        assert usual_hours(world.wren, []) == {}
    assert seen == []


@pytest.mark.parametrize(("region", "day"), [("ENG", 2), ("SCT", 6)])
def test_days_off_of_the_community_are_no_time_to_answer_in(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, region: str, day: int
) -> None:
    in_region(app, monkeypatch, region)
    after_easter = datetime(2026, 4, 7, 9, 30, tzinfo=UTC)
    with clock.stopped(after_easter):
        dues = usual_dues({world.juniper: 11.5})
    # half past ten on the clock of London, and an hour before midnight of the last working day
    assert dues == {world.juniper: datetime(2026, 4, day, 22, tzinfo=UTC)}
