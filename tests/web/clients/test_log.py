"""Every look is written down once an hour before the page leaves, and can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from careteam.audit.models import AccessRead
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def looks(name: str) -> set[str]:
    rows = db.session.query(AccessRead).filter(AccessRead.actor_name.startswith(name)).all()
    db.session.commit()
    assert len(rows) == len({row.information_class for row in rows}), "one row a class and hour"
    return {row.information_class for row in rows}


def test_page_is_written_down_once_a_class_and_hour(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    ash.get(f"/clients/{world.client_id}")
    first = looks("Ash")
    assert {"identity_contact", "goal_plan"} <= first
    ash.get(f"/clients/{world.client_id}")
    assert looks("Ash") == first


def test_next_hour_is_written_down_again(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    ash.get(f"/goals/{world.goal_id}")
    before = db.session.query(AccessRead).count()
    db.session.commit()
    with clock.stopped(clock.now() + timedelta(hours=1)):
        ash.get(f"/goals/{world.goal_id}")
    assert db.session.query(AccessRead).count() == 2 * before > 0


def test_list_of_own_clients_writes_nothing_down(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert "Hazel Sample" in wren.get("/clients").text
    assert "Hazel Sample" in wren.get("/clients?q=hazel").text
    assert db.session.query(AccessRead).count() == 0


def test_list_of_clients_kept_by_others_is_written_down(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    ash.get("/clients?q=nobody")
    assert looks("Ash") == set()
    assert "Hazel Sample" in ash.get("/clients").text
    assert looks("Ash") == {"identity_contact", "goal_plan"}


def test_refused_page_writes_nothing_down(world: World, signed_in: SignedIn) -> None:
    signed_in("rowan").get(f"/clients/{world.client_id}")
    signed_in("ash").get(f"/clients/{world.client_id}/log")
    assert db.session.query(AccessRead).count() == 0


@contextmanager
def full_disk() -> Iterator[None]:
    """The trail of looks cannot be written; everything else can."""

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO access_reads"):
            raise OperationalError(statement, {}, Exception("disk full"))

    event.listen(db.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", fail)


def test_page_is_refused_when_the_look_cannot_be_written_down(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    with full_disk():
        answer = wren.get(f"/clients/{world.client_id}")
    assert answer.status_code == 503
    assert "Hazel" not in answer.text
    assert wren.get(f"/clients/{world.client_id}").status_code == 200


def test_log_tells_who_looked_at_what_in_one_sentence(world: World, signed_in: SignedIn) -> None:
    signed_in("ash").get(f"/goals/{world.goal_id}")
    page = signed_in("wren").get(f"/clients/{world.client_id}/log").text
    assert "Ash Seated looked at your goal and plan; your name, date of birth and contact" in page
    assert "In the hour from 4 Mar at 09:00" in page


def test_log_of_changes_names_fields_and_no_values(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    sent = {"statement": "Dance at the wedding", "anchor_on": "2026-03-01", "version": "1"}
    wren.post(f"/goals/{world.goal_id}/edit", sent | {"was": "{}"})
    page = wren.get(f"/clients/{world.client_id}/log?show=changes").text
    assert "Wren Lead reworded the goal" in page
    assert "the words of the goal" in page
    assert "Dance" not in page
    assert "Walk to the shop" not in page


def test_unknown_kind_of_log_shows_who_looked(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get(f"/clients/{world.client_id}/log?show=<x>").text
    assert "looked" in page
