"""A plan as a month and as who waits for whom, in a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask

from careteam.features.consents.models import Consent
from careteam.features.plans.checking import Progress, Structure
from careteam.features.plans.operations import add_milestone, move_milestone
from careteam.features.teams.models import SeatHiding
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World, a_seat
from tests.support.linking import a_place
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def card_of(page: str, name: str) -> str:
    """The words of one person's card."""
    cards = re.split(r'<section[^>]*id="person-', page)[1:]
    found = next(each for each in cards if f">{name}<" in each.split("waiting-part")[0])
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_views_are_for_lead_and_team_and_nobody_else(world: World, signed_in: SignIn) -> None:
    a_step(world, hazels_goal(world), "Heel raises", owner=str(world.seat_id))
    db.session.commit()
    for name, status in {"wren": 200, "ash": 200, "rowan": 404, "sorrel": 404}.items():
        visitor = signed_in(name)
        for view in ("month", "waiting"):
            answer = visitor.get(f"/goals/{world.goal_id}/plan/{view}")
            assert answer.status_code == status, (name, view)
    assert (
        f"/goals/{world.goal_id}/plan/month"
        in signed_in("ash").get(f"/goals/{world.goal_id}/plan").text
    )


def test_withdrawn_consent_and_hidden_seat_act_with_the_next_look(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    other = a_seat(goal, "dietitian", filled_by=world.juniper)
    a_step(world, goal, "Breakfast every day", date(2026, 3, 20), owner=str(other.id))
    commit(other)
    ash, month = signed_in("ash"), f"/goals/{world.goal_id}/plan/month?on=2026-03"
    waiting = f"/goals/{world.goal_id}/plan/waiting"
    for path in (month, waiting):
        assert "Breakfast every day" in ash.get(path).text
    db.session.add(
        SeatHiding(
            seat_id=other.id, practitioner_id=world.ash.practitioner_id, client_id=world.client_id
        )
    )
    db.session.commit()
    for path in (month, waiting):
        assert "Breakfast every day" not in ash.get(path).text
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert [ash.get(path).status_code for path in (month, waiting)] == [404, 404]


def test_month_shows_milestones_with_owner_and_state_on_their_days(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    late = a_step(world, goal, "Sleep well", date(2026, 3, 2))
    a_step(world, goal, "Heel raises", date(2026, 3, 21), str(world.seat_id), after=[late])
    done = a_step(world, goal, "First talk", date(2026, 3, 30))
    move_milestone(
        actor=world.wren,
        milestone=done,
        version=1,
        progress=Progress("done", None, date(2026, 3, 3)),
    )
    db.session.commit()
    page = signed_in("wren").get(f"/goals/{world.goal_id}/plan/month").text
    squares = re.findall(r"<td.*?</td>", page, re.DOTALL)
    assert len(squares) == 42
    words = [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in squares]
    assert words[7] == "2 Sleep well You Overdue"
    assert words[8] == "3 First talk You Done"
    assert words[9] == "4 Today"
    assert words[26] == "21 Heel raises Ash Seated Waits"
    assert 'class="weekend"' in squares[26]
    assert words[35] == "30"
    assert "plan/month?on=2026-02" in page
    assert "plan/month?on=2026-04" in page


def test_address_that_names_no_month_shows_this_one(world: World, signed_in: SignIn) -> None:
    wren, path = signed_in("wren"), f"/goals/{world.goal_id}/plan/month"
    for words in ("", "?on=", "?on=2026-13", "?on=0000-01", "?on=x" + "9" * 5000):
        answer = wren.get(path + words)
        assert answer.status_code == 200, words[:20]
        assert "<h1>March 2026</h1>" in answer.text, words[:20]
    assert "on=1899-12" not in wren.get(f"{path}?on=1900-01").text
    assert "on=2200-01" not in wren.get(f"{path}?on=2199-12").text


def test_appointment_stands_on_the_communitys_day_for_those_who_may_know_of_it(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    """Half past midnight of a summer night in London is still the day before in UTC."""
    _referral, visitor, home = a_place(app, world)
    booked = {"start_at": "2026-07-01T00:30", "place": "Mill Lane 3"}
    assert visitor.post(f"{home}/book", booked).status_code == 303
    path = f"/goals/{world.goal_id}/plan/month?on=2026-07"
    page = signed_in("wren").get(path).text
    square = next(each for each in re.findall(r"<td.*?</td>", page, re.DOTALL) if "00:30" in each)
    words = " ".join(re.sub(r"<[^>]+>", " ", square).split())
    assert words == "1 00:30 Appointment Juniper Outside, Mill Lane 3"
    assert "00:30" not in signed_in("ash").get(path).text


def test_each_person_reads_what_to_do_and_who_waits(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    first = a_step(world, goal, "Heel raises", date(2026, 3, 10), owner=str(world.seat_id))
    second = a_step(world, goal, "Massage", date(2026, 3, 20), after=[first])
    a_step(world, goal, "Walk to the shop", date(2026, 3, 30), "client", after=[second])
    commit(first, second)
    path = f"/goals/{world.goal_id}/plan/waiting"
    page = signed_in("wren").get(path).text
    assert "after Ash Seated : Heel raises" in card_of(page, "You")
    assert "Hazel Sample with Walk to the shop" in card_of(page, "You")
    assert "You with Massage" in card_of(page, "Ash Seated")
    assert page.index(">You<") < page.index(">Ash Seated<")
    page = signed_in("ash").get(path).text
    assert "You can do now Heel raises by 10 Mar" in card_of(page, "You")
    assert "Nothing just now." in card_of(page, "Hazel Sample")


def test_days_in_between_are_waited_for_though_everybody_is_done(
    world: World, signed_in: SignIn
) -> None:
    goal = hazels_goal(world)
    scan = a_step(world, goal, "Scan", date(2026, 3, 2))
    open_one = a_step(world, goal, "Talk", date(2026, 4, 20))
    for title, first, days in (("Run", scan, 5), ("Swim", open_one, 3)):
        add_milestone(
            actor=world.wren,
            goal=goal,
            milestone_id=uuid4(),
            structure=Structure(
                title, str(world.seat_id), date(2026, 4, 30), (first.id,), lags={first.id: days}
            ),
        )
    progress = Progress("done", None, date(2026, 3, 3))
    move_milestone(actor=world.wren, milestone=scan, version=1, progress=progress)
    db.session.commit()
    card = card_of(signed_in("wren").get(f"/goals/{world.goal_id}/plan/waiting").text, "Ash Seated")
    assert "Nothing just now." in card
    assert "Run by 30 Apr" in card.partition("Waits for")[2]
    assert "8 Mar" in card
    assert "3 days after You : Talk" in card


def test_lead_with_a_seat_is_one_person(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    own = a_seat(goal, "massage_therapist", filled_by=world.wren.practitioner_id)
    first = a_step(world, goal, "Massage", date(2026, 3, 20), owner=str(own.id))
    a_step(world, goal, "Look back", date(2026, 4, 20), after=[first])
    db.session.commit()
    page = signed_in("wren").get(f"/goals/{world.goal_id}/plan/waiting").text
    assert len(re.findall(r"<section[^>]*id=\"person-", page)) == 1
    assert "after Massage" in card_of(page, "You")


def test_empty_plan_says_so(world: World, signed_in: SignIn) -> None:
    page = signed_in("wren").get(f"/goals/{world.goal_id}/plan/waiting").text
    assert "The plan is not made yet." in page
    assert (
        "Nothing is planned in this month."
        in signed_in("wren").get(f"/goals/{world.goal_id}/plan/month").text
    )


@pytest.mark.either_database
def test_views_cost_the_same_for_any_length(world: World, signed_in: SignIn) -> None:
    goal = hazels_goal(world)
    a_step(world, goal, "Step 0")
    db.session.commit()
    wren = signed_in("wren")
    paths = [f"/goals/{world.goal_id}/plan/{view}" for view in ("month?on=2026-04", "waiting")]
    before = [count(wren, path) for path in paths]
    for number in range(1, 12):
        a_step(world, hazels_goal(world), f"Step {number}")
    db.session.commit()
    assert [count(wren, path) for path in paths] == before


def count(visitor: Visitor, path: str) -> int:
    visitor.get(path)
    with statements() as seen:
        visitor.get(path)
    return len(seen)
