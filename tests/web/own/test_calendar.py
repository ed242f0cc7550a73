"""The client's own feed: own steps and appointments, and with what it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Flask

from careteam.audit.models import AccessRead
from careteam.features.links.models import Link
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.feeds import HEALTH, address_in, fetch, titles
from tests.support.linking import a_place
from tests.support.own_page import an_address, at_the_door, her_step, inside
from tests.support.visitor import Visitor


def test_own_steps_and_appointments_in_neutral_words(app: Flask, world: World) -> None:
    _, juniper, place = a_place(app, world)
    booked = {"start_at": "2026-10-25T09:00", "place": "Mill Lane 3"}
    assert juniper.post(f"{place}/book", booked).status_code == 303
    her_step(world, "Walk without pain")
    a_step(world, hazels_goal(world), "Heel raises", date(2026, 5, 1), str(world.seat_id))
    db.session.commit()
    visitor, home = inside(app, world)
    answer = fetch(app, address_in(visitor.post(f"{home}/calendar")))
    assert titles(answer) == {
        "Plan: step due": date(2026, 4, 1),
        "Appointment (JO)": datetime(2026, 10, 25, 9, tzinfo=UTC),
    }
    for word in (*HEALTH, "Juniper", "Mill Lane"):
        assert word not in answer.text, word
    names = {row.actor_name for row in db.session.query(AccessRead)}
    db.session.rollback()
    assert "Hazel Sample (calendar)" in names


def test_feed_ends_by_the_client_and_with_the_page(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    her_step(world)
    visitor, home = inside(app, world)
    first = address_in(visitor.post(f"{home}/calendar"))
    second = address_in(visitor.post(f"{home}/calendar"))
    assert [fetch(app, path).status_code for path in (first, second)] == [404, 200]
    assert visitor.post(f"{home}/calendar/end").status_code == 303
    assert fetch(app, second).status_code == 404
    third = address_in(visitor.post(f"{home}/calendar"))
    page = db.session.query(Link).filter_by(kind="client").one().id
    db.session.rollback()
    assert signed_in("wren").post(f"/links/{page}/end").status_code == 303
    assert fetch(app, third).status_code == 404


def test_calendar_needs_the_code(app: Flask, world: World) -> None:
    visitor, home = at_the_door(app, an_address(world))
    assert visitor.get(f"{home}/calendar").status_code == 303
    assert visitor.post(f"{home}/calendar").status_code == 303
    assert db.session.query(Link).filter_by(kind="calendar").count() == 0
    db.session.rollback()
