"""Mail on Today: what did not arrive, and what waits for one's own hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from careteam.cli.work import follow_delivery, follow_loss
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.mail import Delayed, Mail, Refused
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.chasing import a_waiting_referral, chase_of
from tests.support.letters import sent
from tests.support.visitor import Visitor
from tests.support.working import a_mailed_referral

SignedIn = Callable[[str], Visitor]
PROBLEM = "The mail server does not know this address (550)."


@pytest.fixture
def referral(world: World) -> Referral:
    row = a_mailed_referral(world)
    db.session.commit()
    return row


def message() -> Message:
    found = db.session.query(Message).one()
    db.session.commit()
    return found


def refused() -> str:
    def carry(mail: Mail) -> None:
        raise Refused(PROBLEM)

    deliver_due(carry)
    return f"/mail/{message().id}"


def without_a_mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["careteam_settings"], mail_folder=None, mail_server=None)
    monkeypatch.setitem(app.extensions, "careteam_settings", settings)


def test_mail_that_did_not_arrive_stands_on_today_with_its_reason(
    referral: Referral, signed_in: SignedIn
) -> None:
    where = refused()
    page = signed_in("wren").get("/")
    assert "Mail that did not arrive" in page.text
    assert PROBLEM in page.text
    assert f'action="{where}/again"' in page.text
    assert "1 thing waits" in page.text
    assert "Mail that did not arrive" not in signed_in("rowan").get("/").text


def test_mail_held_up_stands_on_today_after_half_an_hour_and_can_be_tried_at_once(
    referral: Referral, signed_in: SignedIn
) -> None:
    def is_down(mail: Mail) -> None:
        raise Delayed("The mail server could not be reached.", for_all=True)

    page = f"/referrals/{referral.id}"
    assert deliver_due(is_down).door == "The mail server could not be reached."
    where, wren = f"/mail/{message().id}", signed_in("wren")
    assert "could not leave yet" not in wren.get("/").text
    assert "could not be reached. Next try" in wren.get(page).text
    with clock.stopped(NOW + timedelta(minutes=31)):
        today = wren.get("/").text
        assert "Mail that could not leave yet" in today
        assert f'action="{where}/again"' in today
        wren.post(f"{where}/again")
        assert deliver_due(lambda mail: None).delivered == 1
        assert "could not leave yet" not in wren.get("/").text


def test_mail_is_copied_from_its_page_by_its_author_only(
    referral: Referral, signed_in: SignedIn
) -> None:
    where = refused()
    page = signed_in("wren").get(where)
    assert "Open it.\n" in page.text
    assert "mailto:juniper@example.org?subject=A%20colleague" in page.text
    for name in ("ash", "rowan", "sorrel"):
        other = signed_in(name)
        assert other.get(where).status_code == 404
        for action in ("sent", "again", "discard", "back", "not-back"):
            assert other.post(f"{where}/{action}").status_code == 404


def test_mail_tried_again_leaves_today(referral: Referral, signed_in: SignedIn) -> None:
    where = refused()
    wren = signed_in("wren")
    assert wren.post(f"{where}/again").location == "/"
    assert message().given_up_at is None
    assert "Mail that did not arrive" not in wren.get("/").text
    assert wren.post(f"{where}/again").status_code == 409


def test_discarded_mail_leaves_today_with_its_words(
    referral: Referral, signed_in: SignedIn
) -> None:
    where = refused()
    wren = signed_in("wren")
    wren.post(f"{where}/discard")
    assert message().body == ""
    assert "Mail that did not arrive" not in wren.get("/").text
    assert "This was discarded." in wren.get(where).text


def test_mail_without_a_server_is_sent_by_hand_and_starts_the_clock(
    app: Flask, referral: Referral, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_a_mail_server(app, monkeypatch)
    where, referral_id = f"/mail/{message().id}", referral.id
    wren = signed_in("wren")
    assert "Mail for you to send" in wren.get("/").text
    assert wren.post(f"{where}/sent").location == "/"
    assert db.session.get_one(Referral, referral_id).delivered_at == clock.now()
    last = db.session.query(ReferralEvent).order_by(ReferralEvent.number.desc()).first()
    assert last is not None
    assert (last.action, last.party, last.by_name) == ("deliver", "sender", "Wren Lead")
    db.session.commit()
    assert "Mail for you to send" not in wren.get("/").text
    assert "You sent this yourself" in wren.get(where).text
    assert wren.post(f"{where}/sent").status_code == 409


def test_mail_that_came_back_stands_on_today_until_seen_to(
    referral: Referral, signed_in: SignedIn
) -> None:
    where, referral_id = f"/mail/{message().id}", referral.id
    wren = signed_in("wren")
    assert wren.post(f"{where}/back").status_code == 409
    deliver_due(lambda mail: None)
    assert wren.post(f"{where}/back").location == where
    page = wren.get(where)
    assert "It came back" in page.text
    assert f"/referrals/{referral_id}" in page.text
    assert "Mail that did not arrive" in wren.get("/").text
    wren.post(f"{where}/discard")
    assert "Mail that did not arrive" not in wren.get("/").text


def test_mail_that_came_back_asks_the_sender_to_ring_or_hand_over_the_link(
    referral: Referral, signed_in: SignedIn
) -> None:
    where, referral_id = f"/mail/{message().id}", referral.id
    deliver_due(lambda mail: None, follow_delivery)
    wren = signed_in("wren")
    wren.post(f"{where}/back")
    today = wren.get("/").text
    assert "1 thing waits" in today
    assert "was not reached" not in today
    wren.post(f"{where}/discard")
    assert "Juniper Outside was not reached: the mail did not arrive" in wren.get("/").text
    page = wren.get(f"/referrals/{referral_id}").text
    assert "The mail did not reach Juniper Outside." in page
    assert "hand the link over: then they are waited for" in page
    assert "What follows without an answer" not in page
    assert "Not reached" in wren.get("/referrals").text


def test_notice_that_was_lost_is_no_loss_to_whoever_reads_it_here(
    world: World, signed_in: SignedIn
) -> None:
    a_waiting_referral(world)

    def carry(mail: Mail) -> None:
        raise Refused(PROBLEM)

    deliver_due(carry, follow_delivery, on_given_up=follow_loss)
    assert "Not reached" in signed_in("wren").get("/referrals").text
    rowan = signed_in("rowan")
    for page in ("/", "/referrals"):
        text = rowan.get(page).text
        assert "Wren Lead" in text
        assert "ot reached" not in text
        assert "did not arrive" not in text


def test_mail_that_came_back_is_noted_from_the_page_of_its_referral(
    referral: Referral, signed_in: SignedIn
) -> None:
    where, address = f"/mail/{message().id}", f"/referrals/{referral.id}"
    wren, back = signed_in("wren"), f"{address}#mails"
    assert f'action="{where}/back"' not in wren.get(address).text
    deliver_due(lambda mail: None)
    assert f'action="{where}/back"' in wren.get(address).text
    assert wren.post(f"{where}/back", {"back": back}).location == back
    page = wren.get(address).text
    assert "Came back" in page
    assert f'action="{where}/not-back"' in page
    assert f'action="{where}/back"' not in page
    assert "Mail that did not arrive" in wren.get("/").text


def test_word_that_a_mail_came_back_can_be_taken_back(
    referral: Referral, signed_in: SignedIn
) -> None:
    where, referral_id = f"/mail/{message().id}", referral.id
    wren, address = signed_in("wren"), f"/referrals/{referral_id}"
    deliver_due(lambda mail: None, follow_delivery)
    assert wren.post(f"{where}/not-back").status_code == 409
    wren.post(f"{where}/back")
    assert "The mail did not reach" in wren.get(address).text
    assert signed_in("rowan").post(f"{where}/not-back").status_code == 404
    assert wren.post(f"{where}/not-back", {"back": address}).location == address
    assert (message().given_up_at, message().last_problem) == (None, None)
    assert chase_of(referral_id).told_at is None
    assert "The mail did not reach" not in wren.get(address).text
    assert "Mail that did not arrive" not in wren.get("/").text
    assert wren.post(f"{where}/back", {"back": "https://evil.example.com/"}).location == where


def test_mail_of_a_referral_is_shown_to_its_sender_alone(world: World, signed_in: SignedIn) -> None:
    row = sent(world, world.rowan.practitioner_id)
    address = f"/referrals/{row.id}"
    assert "rowan@example.org" in signed_in("wren").get(address).text
    assert "Mails of this referral" not in signed_in("rowan").get(address).text
