"""The feed behind a link: the one place it shows, and with what it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from careteam.features.consents.models import Consent
from careteam.features.links.models import Link
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, commit, hazels_goal
from tests.personas import World
from tests.support.feeds import HEALTH, address_in, fetch, one_event, own_feed, titles
from tests.support.linking import a_linked_referral, a_place, open_link
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


@pytest.fixture
def booked(app: Flask, world: World) -> tuple[Visitor, str]:
    """Juniper has a place and an appointment on the morning the clocks go forward."""
    _, visitor, home = a_place(app, world)
    fields = {
        "start_at": "2026-03-29T00:30",
        "place": "Mill Lane 3",
    }
    assert visitor.post(f"{home}/book", fields).status_code == 303
    return visitor, home


def test_appointment_is_in_both_feeds_at_its_hour_whatever_the_clocks_do(
    app: Flask, world: World, signed_in: SignIn, booked: tuple[Visitor, str]
) -> None:
    visitor, home = booked
    answer = fetch(app, address_in(visitor.post(f"{home}/calendar")))
    assert titles(answer) == {"Appointment (HS)": datetime(2026, 3, 29, 0, 30, tzinfo=UTC)}
    event = one_event(answer.data)
    assert "DTEND" not in event
    assert "LOCATION" not in event
    assert "URL" not in event
    for word in HEALTH:
        assert word not in answer.text, word
    senders = fetch(app, own_feed(signed_in("wren")))
    assert "Mill Lane" not in senders.text
    assert titles(senders) == {
        "Appointment of your client (HS)": datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    }
    assert titles(fetch(app, own_feed(signed_in("ash")))) == {}


def test_appointment_booked_anew_is_the_same_event_moved(
    app: Flask, booked: tuple[Visitor, str]
) -> None:
    visitor, home = booked
    path = address_in(visitor.post(f"{home}/calendar"))
    before = one_event(fetch(app, path).data)
    assert visitor.post(f"{home}/rebook", {"start_at": "2026-03-30T09:00"}).status_code == 303
    after = one_event(fetch(app, path).data)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == datetime(2026, 3, 30, 8, tzinfo=UTC)


def test_feed_behind_a_link_shows_own_steps_and_ends_with_consent_seat_and_link(
    app: Flask, world: World, signed_in: SignIn, booked: tuple[Visitor, str]
) -> None:
    visitor, home = booked
    path = address_in(visitor.post(f"{home}/calendar"))
    seat = db.session.query(Seat).filter_by(discipline="dietitian").one()
    a_step(world, hazels_goal(world), "Breakfast", date(2026, 3, 25), owner=str(seat.id))
    a_step(world, hazels_goal(world), "Heel raises", date(2026, 3, 26), str(world.seat_id))
    commit(seat)
    both = {"Plan: step due (HS)", "Appointment (HS)"}
    assert set(titles(fetch(app, path))) == both
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.withdrawn_at = clock.now()
    db.session.commit()
    assert titles(fetch(app, path)) == {}
    db.session.query(Consent).update({"withdrawn_at": None})
    db.session.get_one(Seat, seat.id).state = "ended"
    db.session.commit()
    assert titles(fetch(app, path)) == {}
    db.session.get_one(Seat, seat.id).state = "filled"
    db.session.commit()
    assert set(titles(fetch(app, path))) == both
    link = db.session.query(Link).filter_by(kind="referral").one().id
    db.session.rollback()
    assert signed_in("wren").post(f"/links/{link}/end").status_code == 303
    assert fetch(app, path).status_code == 404
    assert {row.revoked_by for row in db.session.query(Link)} == {"Wren Lead"}


def test_sender_sees_the_calendar_behind_her_link_and_ends_it_alone(
    app: Flask, world: World, signed_in: SignIn, booked: tuple[Visitor, str]
) -> None:
    visitor, home = booked
    path = address_in(visitor.post(f"{home}/calendar"))
    made = db.session.query(Link).filter_by(kind="calendar").one()
    link_id, referral_id = made.id, made.referral_id
    db.session.rollback()
    wren = signed_in("wren")
    assert "Their calendar" in wren.get(f"/referrals/{referral_id}").text
    assert signed_in("ash").post(f"/links/{link_id}/end").status_code == 404
    assert wren.post(f"/links/{link_id}/end").status_code == 303
    assert fetch(app, path).status_code == 404
    assert visitor.get(home).status_code == 200


def test_holder_makes_a_new_address_and_ends_it(app: Flask, booked: tuple[Visitor, str]) -> None:
    visitor, home = booked
    first = address_in(visitor.post(f"{home}/calendar"))
    second = address_in(visitor.post(f"{home}/calendar"))
    assert [fetch(app, path).status_code for path in (first, second)] == [404, 200]
    assert visitor.post(f"{home}/calendar/end").status_code == 303
    assert fetch(app, second).status_code == 404


def test_calendar_needs_a_code_and_a_place(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    assert visitor.get(f"{home}/calendar").location.endswith("/code")
    assert visitor.post(f"{home}/calendar").status_code == 303
    assert db.session.query(Link).filter_by(kind="calendar").count() == 0
    db.session.rollback()


def test_calendar_made_by_a_link_is_no_link_that_was_handed_over(
    app: Flask, booked: tuple[Visitor, str]
) -> None:
    visitor, home = booked
    visitor.post(f"{home}/calendar")
    made = db.session.query(Link).filter_by(kind="calendar").one().id
    db.session.rollback()
    assert visitor.get(f"/r/{made}").status_code == 404
