"""What stands under "Needs you" on a client's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from careteam.features.clients.models import Client, Goal
from careteam.features.directory.models import Practitioner
from careteam.features.plans.models import Milestone
from careteam.features.referrals.models import Chase, Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_seat
from tests.support.statements import statements
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


def a_referral(world: World, status: str, days: int, **values: Any) -> Referral:
    """From Wren to Juniper, in this state since so many days."""
    at = clock.now() - timedelta(days=days)
    waiting_on = "receiver" if status in ("sent", "acknowledged") else "sender"
    row = Referral(
        sender_id=world.wren.practitioner_id,
        receiver_id=world.juniper,
        client_id=world.client_id,
        goal_id=world.goal_id,
        status=status,
        **{"waiting_on": waiting_on, "status_at": at, "sent_at": at, "created_at": at} | values,
    )
    db.session.add(row)
    db.session.commit()
    return row


def test_silence_is_told(world: World, signed_in: SignedIn) -> None:
    row = a_referral(world, "sent", 40)
    db.session.add(Chase(referral_id=row.id, tell_at=clock.now()))
    db.session.commit()
    lines = waiting(signed_in("wren"), world)
    assert "Juniper Outside has not answered." in lines
    assert "Asked 40 days ago." in lines
    assert "See the referral" in lines


@pytest.mark.parametrize(
    ("status", "words", "action", "address"),
    [
        ("needs_information", "asks you something.", "Answer", "/referrals/{}#actions"),
        ("reported", "has reported.", "Read and close", "/referrals/{}#actions"),
        ("declined", "said no.", "Ask the next one", "/referrals/new?after={}"),
        ("redirected", "named somebody else.", "Ask the next one", "/referrals/new?after={}"),
        ("expired", "never answered.", "Ask the next one", "/referrals/new?after={}"),
        ("did_not_attend", "says nobody came.", "Book again", "/referrals/{}#actions"),
        ("draft", "is not sent.", "Go on", "/referrals/{}/edit"),
    ],
)
def test_turn_of_the_sender_is_told_with_its_action(
    world: World, signed_in: SignedIn, status: str, words: str, action: str, address: str
) -> None:
    place = address.format(a_referral(world, status, 3).id)
    lines = waiting(signed_in("wren"), world)
    assert f"Juniper Outside {words}" in lines or f"A letter to Juniper Outside {words}" in lines
    assert action in lines
    assert "3 days ago." in lines
    assert f'href="{place}"' in lines
    assert signed_in("wren").get(place).status_code == 200
    assert waiting(signed_in("ash"), world) == ""


def test_answered_refusal_asks_nothing(world: World, signed_in: SignedIn) -> None:
    seat = a_seat(goal_of(world), "dietitian", filled_by=world.wren.practitioner_id)
    db.session.flush()
    a_referral(world, "declined", 3, seat_id=seat.id)
    a_referral(world, "redirected", 40)
    a_referral(world, "closed", 3, waiting_on="nobody")
    a_referral(world, "in_treatment", 3, waiting_on="receiver")
    assert waiting(signed_in("wren"), world) == ""


def test_who_can_be_rung_is_rung_from_the_line(world: World, signed_in: SignedIn) -> None:
    db.session.get_one(Practitioner, world.juniper).phone = "+49 30 5550101"
    a_referral(world, "needs_information", 3)
    assert 'href="tel:+49-30-5550101"' in waiting(signed_in("wren"), world)


def test_safety_stands_first_then_what_waits_longest(world: World, signed_in: SignedIn) -> None:
    a_seat(goal_of(world), "dietitian").requirement = "required"
    a_referral(world, "reported", 2)
    a_referral(world, "declined", 9)
    a_step(world, "Write to the surgery", 5)
    a_referral(world, "needs_information", 1, urgency="urgent")
    a_seat(goal_of(world), "counsellor", filled_by=world.juniper)
    db.session.commit()
    lines = waiting(signed_in("wren"), world)
    expected = [
        "asks you something.",
        "Juniper Outside cannot see anything yet.",
        "said no.",
        "Write to the surgery.",
        "has reported.",
        "No dietitian yet.",
    ]
    assert [lines.index(words) for words in expected] == sorted(map(lines.index, expected))


def a_step(world: World, title: str, days: int, **owner: Any) -> None:
    """A milestone that was due so many days ago."""
    db.session.add(
        Milestone(
            client_id=world.client_id,
            goal_id=world.goal_id,
            author_id=world.wren.practitioner_id,
            title=title,
            due_on=clock.today() - timedelta(days=days),
            **owner,
        )
    )
    db.session.commit()


def seat_of_ash(world: World) -> Seat:
    return db.session.query(Seat).filter_by(practitioner_id=world.ash.practitioner_id).one()


def test_late_step_of_another_is_told_with_a_way_to_ask(world: World, signed_in: SignedIn) -> None:
    assert world.ash.practitioner_id is not None
    db.session.get_one(Practitioner, world.ash.practitioner_id).phone = "+49 30 5550102"
    a_step(world, "Boot off", 4, owner_seat_id=seat_of_ash(world).id)
    lines = waiting(signed_in("wren"), world)
    assert "Ash Seated: Boot off." in lines
    assert "4 days ago." in lines
    assert 'href="tel:+49-30-5550102"' in lines
    assert "To the plan" in lines


def test_late_steps_of_one_person_are_one_line(world: World, signed_in: SignedIn) -> None:
    for number in range(3):
        a_step(world, f"Step {number}", 4 + number, owner_seat_id=seat_of_ash(world).id)
    lines = waiting(signed_in("wren"), world)
    assert "Ash Seated: 3 late steps." in lines
    assert "6 days ago." in lines
    assert lines.count("banner-line") == 2
    assert f'href="/goals/{world.goal_id}/plan"' in lines


def test_client_is_rung_only_where_that_is_safe(world: World, signed_in: SignedIn) -> None:
    client = db.session.get_one(Client, world.client_id)
    client.phone, client.safe_contact = "+49 30 5550103", "post"
    a_step(world, "Walk daily", 2, owner_is_client=True)
    wren = signed_in("wren")
    assert "Walk daily." in waiting(wren, world)
    assert "tel:" not in waiting(wren, world)
    db.session.get_one(Client, world.client_id).safe_contact = None
    db.session.commit()
    assert 'href="tel:+49-30-5550103"' in waiting(wren, world)


def test_step_of_an_empty_place_names_it(world: World, signed_in: SignedIn) -> None:
    seat = a_seat(goal_of(world), "dietitian")
    db.session.flush()
    a_step(world, "First talk", 2, owner_seat_id=seat.id)
    lines = waiting(signed_in("wren"), world)
    assert "Dietitian (nobody yet): First talk." in lines
    assert "tel:" not in lines


@pytest.mark.either_database
def test_page_costs_the_same_whatever_waits(world: World, signed_in: SignedIn) -> None:
    wren, costs = signed_in("wren"), []
    address = f"/clients/{world.client_id}"
    for number in (1, 3):
        for _ in range(number):
            a_referral(world, "needs_information", 3)
            a_referral(world, "declined", 3)
            a_step(world, "Boot off", 4, owner_seat_id=seat_of_ash(world).id)
        wren.get(address)
        with statements() as seen:
            assert wren.get(address).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[0] <= 21


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
