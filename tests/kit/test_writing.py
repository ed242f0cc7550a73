"""Many changed rows in one statement, and none of them over somebody else's change."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

from careteam.features.teams.models import Seat
from careteam.kit.db import db
from careteam.kit.writing import write_changes
from tests.personas import World, a_client, a_goal, a_seat
from tests.support.statements import statements


def seats(world: World) -> list[Seat]:
    assert world.wren.practitioner_id is not None
    goal = a_goal(a_client(world.wren.practitioner_id))
    made = [a_seat(goal, "dietitian") for _ in range(4)]
    db.session.commit()
    return [db.session.get_one(Seat, seat.id) for seat in made]


def test_rows_with_the_same_changes_are_written_at_once(world: World) -> None:
    first, second, third, untouched = seats(world)
    first.state = second.state = "later"
    third.state, third.state_reason = "not_wanted", "Not now"
    with statements() as seen:
        write_changes(db.session())
    assert [each.split()[:2] for each in seen] == [["UPDATE", "seats"], ["UPDATE", "seats"]]
    db.session.commit()
    db.session.expire_all()
    assert [each.state for each in (first, second, third)] == ["later", "later", "not_wanted"]
    assert [each.version for each in (first, second, third, untouched)] == [2, 2, 2, 1]


def test_stale_row_is_refused(world: World) -> None:
    first, second, *_ = seats(world)
    first.state = second.state = "later"
    with db.session.no_autoflush:
        db.session.execute(
            text("UPDATE seats SET version = 7 WHERE discipline = 'dietitian' AND position = 0")
        )
        with pytest.raises(StaleDataError, match="one of 2 rows"):
            write_changes(db.session())
    db.session.rollback()


def test_nothing_changed_writes_nothing(world: World) -> None:
    first, *_ = seats(world)
    first.state = "open"
    with statements() as seen:
        write_changes(db.session())
    assert seen == []
