"""Today: what needs one person, in order, with the action on the line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from careteam.audit.models import AccessRead
from careteam.domain.referral import Action, Way, next_working_day
from careteam.features.clients.models import Goal
from careteam.features.plans.models import Milestone
from careteam.features.referrals.operations import act
from careteam.features.relationships.models import Call
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_seat
from tests.support.letters import a_draft, about, an_open_seat, sent
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def a_milestone(world: World, title: str, due_on: date, **more: Any) -> None:
    db.session.add(
        Milestone(
            id=uuid4(),
            client_id=world.client_id,
            goal_id=world.goal_id,
            author_id=world.wren.practitioner_id,
            title=title,
            due_on=due_on,
            **more,
        )
    )
    db.session.commit()


def test_new_account_is_led_by_the_hand(world: World, signed_in: SignedIn) -> None:
    page = signed_in("sorrel").get("/")
    assert "First steps" in page.text
    assert "/practitioners/new?mine=1" in page.text


def test_referral_to_answer_stands_with_its_action(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    page = signed_in("rowan").get("/")
    assert "Wren Lead asks you" in page.text
    assert f"/referrals/{row_id}#actions" in page.text
    assert "Referrals" in page.text
    assert "waiting for you" in page.text


def test_late_referral_is_named_with_a_reminder_on_its_line(
    world: World, signed_in: SignedIn
) -> None:
    with clock.stopped(clock.now() - timedelta(days=15)):
        row_id = sent(world, world.rowan.practitioner_id).id
    wren = signed_in("wren")
    page = wren.get("/")
    assert "Rowan Member has not answered; your letter is ready for the next one" in page.text
    assert f"/referrals/{row_id}/remind" in page.text


def test_referral_sent_yesterday_asks_nothing_of_its_sender(
    world: World, signed_in: SignedIn
) -> None:
    with clock.stopped(clock.now() - timedelta(days=1)):
        sent(world, world.rowan.practitioner_id)
    assert "Rowan Member" not in signed_in("wren").get("/").text


def test_declined_one_offers_the_next_candidate_until_somebody_is_asked(
    world: World, signed_in: SignedIn
) -> None:
    first = sent(world, world.rowan.practitioner_id)
    first_id = first.id
    act(actor=world.rowan, referral=first, action=Action.DECLINE, data={"reason": "no_capacity"})
    db.session.commit()
    wren = signed_in("wren")
    assert f"/referrals/new?after={first_id}" in wren.get("/").text
    sent(world, world.juniper, route="phone", previous_id=first_id)
    assert f"/referrals/new?after={first_id}" not in wren.get("/").text


def test_reported_one_is_to_be_read_and_closed(world: World, signed_in: SignedIn) -> None:
    row = sent(world, world.juniper, route="phone")
    steps: list[tuple[Action, dict[str, object]]] = [
        (Action.ACCEPT, {"contact": "client"}),
        (Action.START, {}),
        (Action.REPORT, {"text": "Fine."}),
    ]
    for action, data in steps:
        act(actor=world.wren, referral=row, action=action, data=data, way=Way.PHONE, by_hand=True)
    db.session.commit()
    assert "Read and close" in signed_in("wren").get("/").text


def test_booked_one_waits_for_its_day(world: World, signed_in: SignedIn) -> None:
    row = sent(world, world.rowan.practitioner_id)
    act(actor=world.rowan, referral=row, action=Action.ACCEPT, data={"contact": "receiver"})
    act(
        actor=world.rowan,
        referral=row,
        action=Action.BOOK,
        data={"start_at": clock.now() + timedelta(days=3)},
    )
    db.session.commit()
    rowan = signed_in("rowan")
    assert "Was seen?" not in rowan.get("/").text
    with clock.stopped(clock.now() + timedelta(days=4)):
        assert "Was seen?" in rowan.get("/").text


def test_open_required_place_and_due_milestones_are_the_leads(
    world: World, signed_in: SignedIn
) -> None:
    seat = a_seat(db.session.get_one(Goal, world.goal_id), "dietitian")
    seat.requirement = "required"
    seat_id = seat.id
    a_milestone(world, "Walk ten minutes", clock.today() - timedelta(days=1))
    a_milestone(world, "Walk an hour", clock.today() + timedelta(days=30))
    a_milestone(world, "Removed step", clock.today(), removed_at=clock.now())
    page = signed_in("wren").get("/")
    assert f"/referrals/new?seat={seat_id}" in page.text
    assert "Walk ten minutes" in page.text
    assert "Overdue" in page.text
    assert "Walk an hour" not in page.text
    assert "Removed step" not in page.text
    for name in ("rowan", "sorrel"):
        other = signed_in(name).get("/").text
        assert "Walk ten minutes" not in other
        assert "Hazel" not in other


def test_seated_practitioner_sees_own_milestones_only(world: World, signed_in: SignedIn) -> None:
    a_milestone(world, "Ash's step", clock.today(), owner_seat_id=world.seat_id)
    a_milestone(world, "Lead's step", clock.today())
    page = signed_in("ash").get("/").text
    assert "Ash&#39;s step" in page
    assert "Lead&#39;s step" not in page


def test_steps_of_a_place_that_has_ended_are_the_leads_and_say_so(
    world: World, signed_in: SignedIn
) -> None:
    for title in ("Ash's step", "Ash's next step"):
        a_milestone(world, title, clock.today(), owner_seat_id=world.seat_id)
    wren, place = signed_in("wren"), f"/goals/{world.goal_id}/team/{world.seat_id}"
    assert "2 open milestones of the plan belong to this place." in wren.get(place).text
    assert "has ended" not in wren.get("/").text
    wren.post(f"{place}/end", {"state_reason": "Moved away"})
    shown = wren.get("/").text
    assert "Its 2 open milestones are yours now." in shown
    assert shown.count("yours: Physiotherapist has ended") == 2
    ended = wren.get(place).text
    assert "2 open milestones of this place are yours meanwhile." in ended
    for words in ("Who did this", "Until 4 March 2026", "Moved away"):
        assert words in ended


def test_call_is_noted_in_one_tap_and_shown_on_the_line(world: World, signed_in: SignedIn) -> None:
    with clock.stopped(clock.now() - timedelta(days=11)):
        row_id = sent(world, world.juniper, route="phone").id
    wren = signed_in("wren")
    form = {"outcome": "voicemail", "referral_id": str(row_id), "back": "/"}
    answer = wren.post(f"/calls/{world.juniper}", form)
    assert (answer.status_code, answer.location) == (303, "/")
    call = db.session.query(Call).one()
    assert (call.outcome, call.referral_id) == ("voicemail", row_id)
    assert "You left a voicemail on 4 Mar at 09:30" in wren.get("/").text
    assert "left a voicemail" not in signed_in("rowan").get("/").text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"outcome": "shouted"}, 422),
        ({}, 422),
        ({"outcome": "spoke", "referral_id": "nonsense"}, 404),
        ({"outcome": "spoke", "referral_id": "00000000-0000-4000-8000-000000000000"}, 404),
    ],
)
def test_call_that_cannot_be_noted_is_not(
    world: World, signed_in: SignedIn, form: dict[str, str], status: int
) -> None:
    assert signed_in("wren").post(f"/calls/{world.juniper}", form).status_code == status
    assert db.session.query(Call).count() == 0


def test_call_never_leads_away_from_here(world: World, signed_in: SignedIn) -> None:
    form = {"outcome": "spoke", "back": "https://evil.example.com/"}
    answer = signed_in("wren").post(f"/calls/{world.juniper}", form)
    assert answer.location == "/"


@pytest.mark.either_database
def test_today_costs_the_same_for_one_and_three(world: World, signed_in: SignedIn) -> None:
    wren, counts = signed_in("wren"), []
    with clock.stopped(clock.now() - timedelta(days=11)):
        for more in (1, 2):
            for _ in range(more):
                sent(world, world.rowan.practitioner_id)
                a_draft(world, world.ash.practitioner_id)
                a_milestone(world, "Step", clock.today())
            with clock.stopped(clock.now() + timedelta(days=11)), statements() as seen:
                assert wren.get("/").status_code == 200
            counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 21


def looks() -> set[tuple[str, str]]:
    found = {(row.actor_name, row.information_class) for row in db.session.query(AccessRead)}
    db.session.rollback()
    return found


def test_lists_note_clients_of_others_and_never_ones_own(world: World, signed_in: SignedIn) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    sent(world, world.rowan.practitioner_id, **about(world, seat))
    a_milestone(world, "Step", clock.today())
    wren, rowan = signed_in("wren"), signed_in("rowan")
    for path in ("/", "/clients", "/referrals", "/referrals?show=under_way"):
        assert wren.get(path).status_code == 200
    assert looks() == set()
    for path in ("/", "/referrals"):
        with clock.stopped(clock.now() + timedelta(hours=len(path))):
            before = db.session.query(AccessRead).count()
            db.session.rollback()
            for _ in range(2):
                assert "for H" in rowan.get(path).text
            assert db.session.query(AccessRead).count() - before == 2
            db.session.rollback()
    assert looks() == {("Rowan Member", "identity_contact"), ("Rowan Member", "letters_reports")}


def test_step_for_a_client_of_somebody_else_is_noted(world: World, signed_in: SignedIn) -> None:
    a_milestone(world, "Step", clock.today(), owner_seat_id=world.seat_id)
    assert "Step" in signed_in("ash").get("/").text
    assert looks() == {("Ash Seated", "identity_contact"), ("Ash Seated", "goal_plan")}


def test_referral_without_consent_names_nobody_and_notes_nothing(
    world: World, signed_in: SignedIn
) -> None:
    sent(world, world.rowan.practitioner_id)
    assert "for H" not in signed_in("rowan").get("/").text
    assert looks() == set()


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 3, 4), date(2026, 3, 5)),
        (date(2026, 3, 6), date(2026, 3, 9)),
        (date(2026, 3, 7), date(2026, 3, 9)),
        (date(2026, 3, 8), date(2026, 3, 9)),
        (date(2026, 4, 2), date(2026, 4, 7)),  # over Easter, Friday and Monday included
    ],
)
def test_next_working_day_skips_weekends_and_days_off(day: date, following: date) -> None:
    easter = {date(2026, 4, 3), date(2026, 4, 6)}
    assert next_working_day(day, easter) == following


def test_open_places_of_one_client_stand_on_one_line(world: World, signed_in: SignedIn) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    seats = [a_seat(goal, discipline) for discipline in ("dietitian", "osteopath")]
    for position, seat in enumerate(seats):
        seat.requirement, seat.position = "required", position
    db.session.commit()
    text = signed_in("wren").get("/").text
    places = text[text.index("Places to fill") :]
    assert "2 open" in places
    assert places.count(f"/clients/{world.client_id}?goal={world.goal_id}") == 1
    assert places.index("Dietitian") < places.index("Osteopath")


def test_own_entry_that_nobody_confirmed_is_confirmed_on_its_line(
    world: World, signed_in: SignedIn
) -> None:
    mine = f"/practitioners/{world.wren.practitioner_id}"
    assert "Is your entry still right?" not in signed_in("wren").get("/").text
    with clock.stopped(clock.now() + timedelta(days=200)):
        wren, rowan = signed_in("wren"), signed_in("rowan")
        assert f"{mine}/right" in wren.get("/").text
        assert f"{mine}/right" in wren.get(mine).text
        assert f"{mine}/right" not in rowan.get("/").text
        assert rowan.post(f"{mine}/right").status_code == 404
        assert wren.post(f"{mine}/right", {"back": "/"}).location == "/"
        assert "Is your entry still right?" not in wren.get("/").text
        assert "Is your entry still right?" in rowan.get("/").text
