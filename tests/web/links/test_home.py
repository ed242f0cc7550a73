"""The home of the place behind a link: what it lists beside what is next, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from careteam.features.clients.models import Client
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World, a_seat
from tests.support.linking import a_file, a_place
from tests.support.statements import statements
from tests.support.visitor import Visitor


def step_of_link(world: World, referral_id: UUID, title: str = "Eat breakfast") -> None:
    seat_id = db.session.get_one(Referral, referral_id).seat_id
    a_step(world, hazels_goal(world), title, owner=str(seat_id))
    db.session.commit()


def statements_for(visitor: Visitor, page: str) -> int:
    visitor.get(page)
    with statements() as seen:
        assert visitor.get(page).status_code == 200
    return len(seen)


def enlarge(world: World, referral_id: UUID, visitor: Visitor, home: str) -> None:
    """Many steps, notes, files and events, and another place on the team."""
    for number in range(12):
        step_of_link(world, referral_id, f"Eat lunch {number}")
        a_step(world, hazels_goal(world), f"Walk {number}")
        db.session.commit()
    for number in range(5):
        note = {"body": f"{number}", "audience": "team", "information_class": "safety_alerts"}
        assert visitor.post(f"{home}/notes/new", note).status_code == 303
        a_file(world, referral_id)
    a_seat(hazels_goal(world), "osteopath")
    db.session.commit()


@pytest.mark.parametrize(
    ("pathway", "contact", "of_home"),
    [
        (None, "client", 17),
        ("achilles_rupture_nonoperative", "client", 18),
        ("achilles_rupture_nonoperative", "receiver", 19),
    ],
)
@pytest.mark.either_database
def test_home_costs_the_same_for_a_small_plan_and_a_large_one(
    app: Flask, world: World, pathway: str | None, contact: str, of_home: int
) -> None:
    referral_id, visitor, home = a_place(app, world, contact=contact)
    goal = hazels_goal(world)
    goal.pathway = pathway
    db.session.get_one(Client, world.client_id).phone = "0117 496 0188"
    db.session.commit()
    step_of_link(world, referral_id)
    small = [statements_for(visitor, page) for page in (home, f"{home}/plan")]
    enlarge(world, referral_id, visitor, home)
    assert [statements_for(visitor, page) for page in (home, f"{home}/plan")] == small
    assert small[0] == of_home
    assert small[1] <= 18


def test_number_to_ring_is_dialled_from_anywhere_and_only_if_it_is_safe(
    app: Flask, world: World
) -> None:
    _, visitor, home = a_place(app, world, contact="receiver")
    client = db.session.get_one(Client, world.client_id)
    client.phone = "0117 496 0188"
    db.session.commit()
    shown = visitor.get(home).text
    assert 'href="tel:+44-117-496-0188"' in shown
    assert "Ring Hazel Sample" in shown
    db.session.get_one(Client, world.client_id).safe_contact = "email"
    db.session.commit()
    assert "Ring Hazel Sample" not in visitor.get(home).text


def test_home_lists_the_latest_files_and_the_plan_to_print(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    assert f"{home}/plan.pdf" not in visitor.get(home).text
    assert "Add a file" in visitor.get(home).text
    step_of_link(world, referral_id)
    files = []
    for minute in range(4):
        with clock.stopped(NOW + timedelta(minutes=minute)):
            files.append(a_file(world, referral_id))
    kept_back = a_file(world, referral_id, "mental_health")
    shown = visitor.get(home).text
    listed = [str(each) in shown for each in (*files, kept_back)]
    assert listed == [False, True, True, True, False]
    assert "All files, or add one" in shown
    assert f"{home}/plan.pdf" in shown
