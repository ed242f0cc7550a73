"""What stands under "Needs you" on a client's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from careteam.features.clients.models import Goal
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_seat
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def waiting(visitor: Visitor, world: World) -> str:
    """The lines of the banner; empty where there is none."""
    page = visitor.get(f"/clients/{world.client_id}").text
    return page.partition('id="needs-you"')[2].partition("</section>")[0]


def goal_of(world: World) -> Goal:
    return db.session.get_one(Goal, world.goal_id)


def test_nothing_waits_without_a_reason(world: World, signed_in: SignedIn) -> None:
    assert waiting(signed_in("wren"), world) == ""


def test_needed_places_are_named_the_first_ones_each(world: World, signed_in: SignedIn) -> None:
    for place, discipline in enumerate(("dietitian", "osteopath", "counsellor", "podiatrist")):
        seat = a_seat(goal_of(world), discipline)
        seat.requirement, seat.position = "required", place
    a_seat(goal_of(world), "optometrist")
    db.session.commit()
    lines = waiting(signed_in("wren"), world)
    assert "No dietitian yet." in lines
    assert "No osteopath yet." in lines
    assert "2 more needed places are open." in lines
    assert "ptometrist" not in lines
    assert waiting(signed_in("ash"), world) == ""


def test_paused_goal_asks_for_nobody(world: World, signed_in: SignedIn) -> None:
    a_seat(goal_of(world), "dietitian").requirement = "required"
    goal_of(world).status = "paused"
    db.session.commit()
    assert waiting(signed_in("wren"), world) == ""


def test_silence_is_told(world: World, signed_in: SignedIn) -> None:
    sent_at = clock.now() - timedelta(days=40)
    db.session.add(
        Referral(
            sender_id=world.wren.practitioner_id,
            receiver_id=world.juniper,
            client_id=world.client_id,
            goal_id=world.goal_id,
            status="sent",
            waiting_on="receiver",
            status_at=sent_at,
            sent_at=sent_at,
        )
    )
    db.session.commit()
    lines = waiting(signed_in("wren"), world)
    assert "Juniper Outside has not answered." in lines
    assert "Asked 40 days ago." in lines


def test_own_late_step_is_told(world: World, signed_in: SignedIn) -> None:
    db.session.add(
        Milestone(
            client_id=world.client_id,
            goal_id=world.goal_id,
            author_id=world.wren.practitioner_id,
            title="Write to the surgery",
            due_on=date(2026, 3, 2),
        )
    )
    db.session.commit()
    lines = waiting(signed_in("wren"), world)
    assert "Write to the surgery." in lines
    assert "Yours, was due 2 Mar." in lines
    assert waiting(signed_in("ash"), world) == ""
