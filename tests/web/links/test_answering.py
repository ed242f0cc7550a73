"""A specialist without an account answers from the link: two taps, and nothing shown too early."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from careteam.access.actor import Actor
from careteam.audit.models import AccessRead
from careteam.domain.referral import Action
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.linked import link_actor
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import Letter, act, send_referral, write_referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.linking import a_linked_referral, confirm, mailed_code, open_link, status_of
from tests.support.pages import legible
from tests.support.visitor import Visitor

HEALTH = ("Eats too little", "look at her meals", "Walk to the shop", "Hazel")


def test_before_the_code_the_least_is_shown(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    answer = visitor.get(home)
    assert answer.status_code == 200
    assert "Wren Lead" in answer.text
    assert "Dietitian" in answer.text
    assert "HS" in answer.text
    for word in HEALTH:
        assert word not in answer.text


def test_accepting_takes_two_taps_and_fills_the_seat(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    assert visitor.get(f"{home}/accept").status_code == 200
    answer = visitor.post(f"{home}/accept", {"contact": "client"})
    assert answer.status_code == 303
    referral = db.session.get_one(Referral, referral_id)
    assert referral.status == "accepted"
    seat = db.session.get_one(Seat, referral.seat_id)
    assert (seat.state, seat.practitioner_id) == ("filled", world.juniper)
    link = db.session.query(Link).one()
    assert link.last_used_at == NOW


def test_name_and_letter_open_with_the_mailed_code(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    assert "Hazel" not in visitor.get(home).text
    confirm(visitor, home)
    shown = visitor.get(home).text
    assert "Hazel Sample" in shown
    assert "Could you look at her meals?" in shown


def test_before_acceptance_the_letter_says_initials_only(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    confirm(visitor, home)
    shown = visitor.get(home).text
    assert "Could you look at her meals?" in shown
    assert "Hazel" not in shown


def test_declining_takes_one_tap_for_the_reason_and_may_name_another(
    app: Flask, world: World
) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    answer = visitor.post(f"{home}/decline", {"reason": "no_capacity", "suggests": "Fern Example"})
    assert answer.status_code == 303
    assert status_of(referral_id) == "declined"
    assert db.session.query(Seat).filter_by(discipline="dietitian").one().state == "open"


@pytest.mark.parametrize(
    ("action", "data", "status"),
    [
        ("acknowledge", {}, "acknowledged"),
        ("ask", {"text": "Is a Tuesday possible?"}, "needs_information"),
        ("hold", {"review_on": "2026-03-20"}, "on_hold"),
    ],
)
def test_other_first_answers(
    app: Flask, world: World, action: str, data: dict[str, str], status: str
) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    assert visitor.post(f"{home}/{action}", data).status_code == 303
    assert status_of(referral_id) == status


def test_before_the_code_an_answered_question_is_told_and_not_the_answer(
    app: Flask, world: World
) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/ask", {"text": "Is a Tuesday possible?"})
    assert "has answered your question" not in visitor.get(home).text
    referral = db.session.get_one(Referral, referral_id)
    answer = {"text": "Yes, after four."}
    act(actor=world.wren, referral=referral, action=Action.ANSWER, data=answer)
    db.session.commit()
    shown = visitor.get(home).text
    assert "Wren Lead has answered your question." in shown
    assert "after four" not in shown
    confirm(visitor, home)
    assert "after four" in visitor.get(home).text


def test_letter_about_nobody_asks_nobody_to_make_contact(app: Flask, world: World) -> None:
    letter = Letter(
        world.wren.practitioner_id, world.juniper, reason="A rare case.", question="Do you know it?"
    )
    referral = write_referral(actor=world.wren, letter=letter, referral_id=uuid4())
    send_referral(actor=world.wren, referral=referral, route="link")
    address = hand_over_link(actor=world.wren, referral=referral)
    referral_id = referral.id
    db.session.commit()
    visitor, home = open_link(app, address.removeprefix("https://team.example.org"))
    shown = visitor.get(f"{home}/accept").text
    assert "Who makes contact next?" not in shown
    assert "booking page" not in shown
    assert visitor.post(f"{home}/accept").status_code == 303
    assert status_of(referral_id) == "accepted"


def test_what_is_missing_is_said_beside_the_field(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    answer = visitor.post(f"{home}/decline", {"reason": "other", "suggests": "Fern"})
    assert answer.status_code == 422
    assert 'value="Fern"' in answer.text
    assert status_of(referral_id) == "sent"


def test_writing_after_acceptance_needs_the_code(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "receiver"})
    refused = visitor.post(f"{home}/book", {"start_at": "2026-03-10T10:00"})
    assert refused.status_code == 403
    assert visitor.get(f"{home}/book").location == f"{home}/code"
    assert status_of(referral_id) == "accepted"
    confirm(visitor, home)
    begins = {"start_at": "2026-03-10T10:00"}
    backwards = visitor.post(f"{home}/book", begins | {"end_at": "09:15"})
    assert backwards.status_code == 422
    assert "The appointment ends before it starts." in backwards.text
    assert visitor.post(f"{home}/book", begins | {"end_at": "10:45"}).status_code == 303
    assert status_of(referral_id) == "booked"
    assert "10 Mar at 10:00 to 10:45" in visitor.get(f"{home}/history").text
    assert "Was seen" not in visitor.get(home).text
    with clock.stopped(NOW + timedelta(days=6, hours=1)):
        assert "Was seen" in visitor.get(home).text


def test_second_answer_is_told_of_the_first(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    other, _ = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    late = other.post(f"{home}/decline", {"reason": "no_capacity"})
    assert late.status_code == 409
    assert "Juniper Outside already accepted this on 4 Mar at 09:30" in late.text


def test_code_serves_the_browser_that_asked_and_no_other(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/code/send")
    stranger, _ = open_link(app, path)
    assert stranger.post(f"{home}/code", {"code": mailed_code()}).status_code == 422
    assert visitor.post(f"{home}/code", {"code": mailed_code()}).status_code == 303


def test_codes_stay_with_the_address_the_link_was_made_for_until_the_sender_moves_them(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    """Any member may write another address into the entry."""
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    db.session.get_one(Practitioner, world.juniper).email = "rowan@example.org"
    db.session.commit()
    assert "j•••@example.org" in visitor.get(f"{home}/code").text
    visitor.post(f"{home}/code/send")
    assert visitor.post(f"{home}/ask", {"text": "Is it urgent?"}).status_code == 303
    referral = db.session.get_one(Referral, referral_id)
    act(actor=world.wren, referral=referral, action=Action.ANSWER, data={"text": "It is not."})
    db.session.commit()
    to_both = db.session.query(Message.recipient).filter(Message.recipient != "wren@example.org")
    assert {each for (each,) in to_both} == {"juniper@example.org"}
    wren = signed_in("wren")
    assert "which any member may have written" in wren.get(f"/referrals/{referral_id}").text
    assert signed_in("rowan").post(f"/links/{home[3:]}/codes").status_code == 404
    old = mailed_code()
    seen = {"email": "rowan@example.org"}
    assert wren.post(f"/links/{home[3:]}/codes", {"email": "ash@example.org"}).status_code == 409
    assert wren.post(f"/links/{home[3:]}/codes", seen).status_code == 303
    assert visitor.post(f"{home}/code", {"code": old}).status_code == 422
    assert "r•••@example.org" in visitor.get(f"{home}/code").text
    assert "any member" not in wren.get(f"/referrals/{referral_id}").text


def test_code_works_once_and_for_ten_minutes(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/code/send")
    code = mailed_code()
    with clock.stopped(NOW + timedelta(minutes=11)):
        assert visitor.post(f"{home}/code", {"code": code}).status_code == 422
    assert visitor.post(f"{home}/code", {"code": code}).status_code == 303


def test_codes_cannot_be_guessed(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/code/send")
    right = mailed_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    answers = [visitor.post(f"{home}/code", {"code": wrong}).status_code for _ in range(9)]
    assert answers == [422] * 8 + [429]
    assert visitor.post(f"{home}/code", {"code": right}).status_code == 429


def test_withdrawn_consent_closes_the_letter_at_once(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    confirm(visitor, home)
    consent = db.session.query(Consent).filter_by(practitioner_id=world.juniper).one()
    consent.withdrawn_at = clock.now()
    db.session.commit()
    shown = legible(visitor.get(home).text)
    for word in (*HEALTH, "HS"):
        assert word not in shown


def test_reads_by_link_are_logged_under_the_link(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.get(home)
    visitor.post(f"{home}/accept", {"contact": "client"})
    assert db.session.query(AccessRead).count() == 0
    confirm(visitor, home)
    visitor.get(home)
    link = db.session.query(Link).one()
    reads = db.session.query(AccessRead).filter_by(actor_key=f"link:{link.id}").all()
    assert {"identity_contact", "letters_reports"} <= {row.information_class for row in reads}
    assert {row.client_id for row in reads} == {world.client_id}


def test_a_link_is_no_member(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    confirm(visitor, home)
    for page in ("/", "/practitioners", "/referrals", f"/clients/{world.client_id}"):
        assert visitor.get(page).status_code == 303


def test_a_link_acts_for_its_receiver(world: World) -> None:
    a_linked_referral(world)
    link = db.session.query(Link).one()
    actor = link_actor(link.id, "")
    assert isinstance(actor, Actor)
    assert (actor.practitioner_id, actor.is_confirmed, actor.seat_id) == (
        world.juniper,
        False,
        None,
    )
