"""Reports from a link, leaving the team, and what the sender and the client hear of an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.linking import a_place, status_of
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def last_data(action: str) -> dict[str, str]:
    db.session.expire_all()
    found = (
        db.session.query(ReferralEvent)
        .filter_by(action=action)
        .order_by(ReferralEvent.number.desc())
        .first()
    )
    assert found is not None
    return found.data


def test_report_of_two_lines_and_what_it_asks_reaches_the_sender(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    referral_id, visitor, home = a_place(app, world)
    visitor.post(f"{home}/start")
    sent = {
        "text": "Eats three meals.",
        "next_step": "See me in May",
        "caution": "",
        "hold": "No long runs",
    }
    assert visitor.post(f"{home}/report", sent).location == home
    assert status_of(referral_id) == "reported"
    assert last_data("report") == {
        "text": "Eats three meals.",
        "next_step": "See me in May",
        "hold": "No long runs",
    }
    shown = signed_in("wren").get(f"/referrals/{referral_id}").text
    for words in ("Eats three meals.", "See me in May", "Hold wanted", "No long runs"):
        assert words in shown


def test_report_without_words_is_refused_and_the_rest_kept(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    visitor.post(f"{home}/start")
    answer = visitor.post(f"{home}/report", {"text": " ", "caution": "No nuts"})
    assert answer.status_code == 422
    assert 'value="No nuts"' in answer.text
    assert status_of(referral_id) == "in_treatment"


def test_before_the_start_leaving_takes_the_acceptance_back(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    assert visitor.get(f"{home}/stop").location == f"{home}/un_accept"
    assert visitor.get(f"{home}/un_accept").status_code == 200
    sent = {"reason": "no_capacity", "suggests": "Fern Example"}
    assert visitor.post(f"{home}/un_accept", sent).location == home
    assert status_of(referral_id) == "declined"
    assert last_data("un_accept") == sent
    assert db.session.query(Seat).filter_by(discipline="dietitian").one().state == "open"
    assert visitor.get(f"{home}/plan").location == home


def test_after_the_start_leaving_is_a_last_report(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    referral_id, visitor, home = a_place(app, world)
    visitor.post(f"{home}/start")
    assert visitor.post(f"{home}/stop", {"next_step": "GP"}).status_code == 422
    answer = visitor.post(f"{home}/stop", {"text": "Goal reached.", "next_step": "None"})
    assert answer.location == home
    assert last_data("report") == {
        "text": "Goal reached.",
        "next_step": "None",
        "care_ended": "yes",
    }
    assert status_of(referral_id) == "reported"
    assert "You said that your care has ended." in visitor.get(home).text
    assert "care has ended" in signed_in("wren").get(f"/referrals/{referral_id}").text


@pytest.mark.parametrize(
    ("outcome", "seat", "path"),
    [("stopped_early", "ended", None), ("continues", "filled", "/plan")],
)
def test_closing_a_last_report_ends_the_place_unless_care_goes_on(
    app: Flask, world: World, signed_in: SignIn, outcome: str, seat: str, path: str | None
) -> None:
    referral_id, visitor, home = a_place(app, world)
    visitor.post(f"{home}/start")
    visitor.post(f"{home}/stop", {"text": "I move away."})
    assert "Leave the team" not in visitor.get(home).text
    wren = signed_in("wren")
    assert "its open milestones are yours" in wren.get(f"/referrals/{referral_id}").text
    wren.post(f"/referrals/{referral_id}/close", {"outcome": outcome, "client_told": "yes"})
    assert seat_of_the_dietitian().state == seat
    assert seat_of_the_dietitian().practitioner_id == world.juniper
    assert visitor.get(f"{home}/plan").location == (None if path else home)
    wren.post(f"/referrals/{referral_id}/reopen")
    assert seat_of_the_dietitian().state == "filled"
    assert visitor.get(f"{home}/plan").status_code == 200


def seat_of_the_dietitian() -> Seat:
    db.session.expire_all()
    return db.session.query(Seat).filter_by(discipline="dietitian").one()


def test_once_closed_leaving_is_a_matter_of_a_word(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    visitor.post(f"{home}/start")
    db.session.get_one(Referral, referral_id)
    wren = Visitor(app)
    wren.sign_in("wren@example.org", "quiet river stones")
    wren.post(f"/referrals/{referral_id}/close", {"outcome": "continues", "client_told": "yes"})
    assert status_of(referral_id) == "closed"
    page = visitor.get(f"{home}/stop")
    assert page.status_code == 200
    assert "ends your place on the team" in page.text
    assert visitor.post(f"{home}/stop", {"text": "Bye"}).status_code == 404


@pytest.mark.parametrize(
    ("contact", "sentence", "told"),
    [
        ("client", "Hazel Sample makes contact.", "Outside: ring 0117 496 "),
        (
            "receiver",
            "Juniper Outside accepted and makes contact with Hazel Sample.",
            "will contact",
        ),
        ("sender", "You arrange the appointment.", "I will arrange"),
    ],
)
def test_sender_is_shown_who_makes_contact_and_notes_that_the_client_knows(
    app: Flask, world: World, signed_in: SignIn, contact: str, sentence: str, told: str
) -> None:
    referral_id, _, _ = a_place(app, world, contact=contact)
    wren = signed_in("wren")
    client_page = f"/clients/{world.client_id}"
    for page in (f"/referrals/{referral_id}", client_page):
        shown = wren.get(page).text
        assert sentence in shown
        assert told in shown
        assert f"/referrals/{referral_id}/client-told" in shown
    path = f"/referrals/{referral_id}/client-told"
    assert wren.post(path, {"back": client_page}).location == client_page
    assert status_of(referral_id) == "accepted"
    for page in (f"/referrals/{referral_id}", client_page):
        shown = wren.get(page).text
        assert "was told 4 Mar at 09:30" in shown
        assert path not in shown
    assert wren.post(path).location == f"/referrals/{referral_id}"
    told_events = db.session.query(ReferralEvent).filter_by(action="tell_client").count()
    assert told_events == 1


def test_only_the_sender_notes_that_the_client_knows(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    referral_id, visitor, home = a_place(app, world)
    for name in ("ash", "rowan", "sorrel"):
        assert signed_in(name).post(f"/referrals/{referral_id}/client-told").status_code == 404
    assert visitor.post(f"{home}/tell_client").status_code == 404
    assert db.session.query(ReferralEvent).filter_by(action="tell_client").count() == 0


@pytest.mark.parametrize(("days", "asked"), [(6, False), (7, True), (10, True)])
def test_today_asks_a_week_after_the_yes(
    app: Flask, world: World, signed_in: SignIn, days: int, asked: bool
) -> None:
    a_place(app, world)
    wren = signed_in("wren")
    with clock.stopped(NOW + timedelta(days=days)):
        shown = wren.get("/").text
    assert ("Has Hazel Sample booked with Juniper Outside?" in shown) is asked


def test_today_does_not_ask_once_booked_or_of_others(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    _, visitor, home = a_place(app, world)
    visitor.post(f"{home}/book", {"start_at": "2026-03-20T10:00"})
    wren, ash = signed_in("wren"), signed_in("ash")
    with clock.stopped(NOW + timedelta(days=10)):
        assert "Has anybody booked?" not in wren.get("/").text
        assert "Has anybody booked?" not in ash.get("/").text


def test_sender_sees_when_the_link_was_last_used(
    app: Flask, world: World, signed_in: SignIn
) -> None:
    referral_id, visitor, home = a_place(app, world)
    note = {"body": "Eats well.", "audience": "team", "information_class": "safety_alerts"}
    with clock.stopped(NOW + timedelta(hours=3)):
        visitor.post(f"{home}/notes/new", note)
        assert "last used 4 Mar at 12:30" in signed_in("wren").get(f"/referrals/{referral_id}").text
