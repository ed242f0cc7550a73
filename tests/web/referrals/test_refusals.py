"""What is refused at the screens of referrals: strangers, missing consent, wrong input, races."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from careteam.features.consents.models import Consent
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.queries import events_of
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.letters import a_draft, about, an_open_seat, sent
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
WORDS = {
    "urgency": "routine",
    "reason": "Knee pain on stairs",
    "question": "Is loading safe now?",
    "route": "inbox",
}


def a_sent_one_about_hazel(world: World) -> Referral:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    return sent(world, world.rowan.practitioner_id, **about(world, seat))


def withdraw_consent_of(world: World) -> None:
    row = db.session.query(Consent).filter_by(practitioner_id=world.rowan.practitioner_id).one()
    row.withdrawn_at = clock.now()
    db.session.commit()


@pytest.mark.parametrize("name", ["ash", "sorrel"])
def test_referral_of_others_does_not_exist(world: World, signed_in: SignedIn, name: str) -> None:
    row_id = a_sent_one_about_hazel(world).id
    stranger = signed_in(name)
    assert stranger.get(f"/referrals/{row_id}").status_code == 404
    assert stranger.get(f"/referrals/{row_id}/letter").status_code == 404
    assert stranger.get(f"/referrals/{row_id}/edit").status_code == 404
    assert stranger.post(f"/referrals/{row_id}/accept", {"contact": "client"}).status_code == 404
    assert "Wren Lead" not in stranger.get("/referrals").text
    assert len(events_of(row_id)) == 1


def test_receiver_cannot_do_the_senders_part(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    rowan = signed_in("rowan")
    assert rowan.get(f"/referrals/{row_id}/edit").status_code == 404
    assert rowan.post(f"/referrals/{row_id}/withdraw").status_code == 409
    assert rowan.post(f"/referrals/{row_id}/send").status_code == 404
    assert len(events_of(row_id)) == 1


def test_receiver_reaches_no_client_by_a_referral(world: World, signed_in: SignedIn) -> None:
    a_sent_one_about_hazel(world)
    rowan = signed_in("rowan")
    assert rowan.get(f"/clients/{world.client_id}").status_code == 404
    assert "Hazel" not in rowan.get("/referrals").text


def test_consent_withdrawn_hides_the_letter_at_once(world: World, signed_in: SignedIn) -> None:
    row_id = a_sent_one_about_hazel(world).id
    rowan = signed_in("rowan")
    assert "Is loading safe now?" in rowan.get(f"/referrals/{row_id}").text
    withdraw_consent_of(world)
    page = rowan.get(f"/referrals/{row_id}")
    assert page.status_code == 200
    for secret in ("Is loading safe now?", "Knee pain", "<strong>HS<", "Walk to the shop"):
        assert secret not in page.text
    assert "Knee pain" not in rowan.get("/referrals").text
    assert rowan.get(f"/referrals/{row_id}/letter").status_code == 404


def test_sending_without_consent_is_refused_beside_the_field(
    world: World, signed_in: SignedIn
) -> None:
    seat = an_open_seat(world)
    form = {
        **WORDS,
        "seat": str(seat.id),
        "to": str(world.rowan.practitioner_id),
        "new_id": str(uuid4()),
    }
    answer = signed_in("wren").post("/referrals/new", form)
    assert answer.status_code == 422
    assert "Nothing leaves before the client agrees" in answer.text
    assert "Is loading safe now?" in answer.text
    assert db.session.query(Referral).count() == 0
    assert db.session.query(Message).count() == 0


def test_consent_withdrawn_between_writing_and_sending_stops_it(
    world: World, signed_in: SignedIn
) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row_id = a_draft(world, world.rowan.practitioner_id, **about(world, seat)).id
    wren = signed_in("wren")
    assert "Hazel Sample agreed on" in wren.get(f"/referrals/{row_id}/edit").text
    withdraw_consent_of(world)
    typed = {**WORDS, "question": "Typed anew?", "version": "1", "was": "{}"}
    answer = wren.post(f"/referrals/{row_id}/edit", typed)
    assert answer.status_code == 422
    assert "Nothing leaves before the client agrees" in answer.text
    assert "Typed anew?" in answer.text
    row = db.session.get_one(Referral, row_id)
    assert (row.status, row.question, row.version) == ("draft", "Is loading safe now?", 1)
    assert (
        wren.post(f"/referrals/{row_id}/edit", {**typed, "how_given": "paper"}).status_code == 303
    )
    db.session.expire_all()
    assert db.session.get_one(Referral, row_id).status == "sent"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"question": ""}, "Ask one question"),
        ({"question": " \x00 "}, "Ask one question"),
        ({"reason": ""}, "Give the reason in one sentence"),
        ({"reason": "x" * 201}, "200 characters"),
        ({"urgency": "never"}, "Not a valid choice"),
        ({"urgency": "same_day"}, "whom did you speak to"),
        ({"route": "pigeon"}, "Not a valid choice"),
    ],
)
def test_wrong_letter_keeps_what_was_typed(
    world: World, signed_in: SignedIn, change: dict[str, str], words: str
) -> None:
    keys = {"to": str(world.rowan.practitioner_id), "new_id": str(uuid4())}
    answer = signed_in("wren").post("/referrals/new", {**keys, **WORDS, **change})
    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.query(Referral).count() == 0


@pytest.mark.parametrize("field", ["to", "seat", "client", "goal", "after"])
@pytest.mark.parametrize("value", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_unknown_ids_are_not_found(
    world: World, signed_in: SignedIn, field: str, value: str
) -> None:
    wren = signed_in("wren")
    keys = {"to": str(world.rowan.practitioner_id), field: value}
    address = "&".join(f"{name}={text}" for name, text in keys.items())
    assert wren.get(f"/referrals/new?{address}").status_code == 404
    assert wren.post("/referrals/new", {**WORDS, **keys}).status_code == 404


def test_clients_of_others_cannot_be_written_about(world: World, signed_in: SignedIn) -> None:
    seat_id = an_open_seat(world).id
    rowan, to = signed_in("rowan"), world.ash.practitioner_id
    for field, value in (("client", world.client_id), ("goal", world.goal_id), ("seat", seat_id)):
        assert rowan.get(f"/referrals/new?to={to}&{field}={value}").status_code == 404
        form = {**WORDS, "to": str(to), field: str(value)}
        assert rowan.post("/referrals/new", form).status_code == 404


@pytest.mark.parametrize(
    ("action", "form", "words"),
    [
        ("decline", {}, "Please choose a reason"),
        ("decline", {"reason": "other"}, "what the other reason is"),
        ("decline", {"reason": "bored"}, "Not a valid choice"),
        ("ask", {"text": "  "}, "Please write a sentence"),
        ("hold", {"review_on": "2026-02-01"}, "lies in the past"),
        ("hold", {"review_on": "soon"}, "Not a valid date"),
        ("redirect", {}, "Whom do they suggest"),
    ],
)
def test_answer_that_lacks_something_stays_open_and_says_so(
    world: World, signed_in: SignedIn, action: str, form: dict[str, str], words: str
) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    answer = signed_in("rowan").post(f"/referrals/{row_id}/{action}", form)
    assert answer.status_code == 422
    assert words in answer.text
    assert len(events_of(row_id)) == 1


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-03-05T09:00", "2025-03-05T09:00", "noon"]
)
def test_answer_told_at_an_impossible_time_is_refused(
    world: World, signed_in: SignedIn, at: str
) -> None:
    row_id = sent(world, world.juniper, route="phone").id
    told = {"by_hand": "yes", "way": "phone", "contact": "client", "at": at}
    assert signed_in("wren").post(f"/referrals/{row_id}/accept", told).status_code == 422
    assert len(events_of(row_id)) == 1


LEFT_OUT = "2026-03-29T01:30"
"""The clocks in London go from one to two."""


@pytest.mark.parametrize(
    "start_at", ["0001-01-01T00:00", "9999-12-31T23:59", "", "x" * 500, LEFT_OUT]
)
def test_appointment_at_an_impossible_time_is_refused(
    world: World, signed_in: SignedIn, start_at: str
) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    rowan = signed_in("rowan")
    assert rowan.post(f"/referrals/{row_id}/accept", {"contact": "receiver"}).status_code == 303
    answer = rowan.post(f"/referrals/{row_id}/book", {"start_at": start_at})
    assert answer.status_code == 422
    assert len(events_of(row_id)) == 2


@pytest.mark.parametrize("action", ["fly", "send", "refer_next", "expire", "deliver", "start"])
def test_receiver_makes_no_move_that_is_not_theirs_now(
    world: World, signed_in: SignedIn, action: str
) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    answer = signed_in("rowan").post(f"/referrals/{row_id}/{action}")
    assert answer.status_code in (404, 409)
    assert len(events_of(row_id)) == 1


def test_receiver_cannot_enter_anything_by_hand(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    told = {"by_hand": "yes", "way": "phone", "contact": "client"}
    assert signed_in("rowan").post(f"/referrals/{row_id}/accept", told).status_code == 409
    assert len(events_of(row_id)) == 1


def test_second_decision_is_refused_with_name_and_time(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    rowan, wren = signed_in("rowan"), signed_in("wren")
    assert rowan.post(f"/referrals/{row_id}/accept", {"contact": "client"}).status_code == 303
    told = {"by_hand": "yes", "way": "phone", "reason": "no_capacity"}
    answer = wren.post(f"/referrals/{row_id}/decline", told)
    assert answer.status_code == 409
    assert "Rowan Member already accepted this on 4 Mar at 09:30" in answer.text
    assert [event.action for event in events_of(row_id)] == ["send", "accept"]


def test_of_two_at_once_one_wins(app: Flask, world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    rowan, wren = signed_in("rowan"), signed_in("wren")
    told = {"by_hand": "yes", "way": "phone", "reason": "no_capacity"}
    asked = [
        (rowan, "accept", {"contact": "client", "csrf_token": rowan.token()}),
        (wren, "decline", {**told, "csrf_token": wren.token()}),
    ]
    db.session.remove()
    start, answers = threading.Barrier(2), list[TestResponse]()

    def press(visitor: Visitor, action: str, form: dict[str, str]) -> None:
        with clock.stopped(NOW):
            start.wait(5)
            answers.append(visitor.client.post(f"/referrals/{row_id}/{action}", data=form))

    threads = [threading.Thread(target=press, args=each) for each in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert " already " in loser.text
    assert db.session.query(ReferralEvent).filter_by(referral_id=row_id).count() == 2


def test_looking_changes_nothing(world: World, signed_in: SignedIn) -> None:
    row = a_sent_one_about_hazel(world)
    row_id, version = row.id, row.version
    rowan = signed_in("rowan")
    for path in ("", "/letter", "/accept", "/decline"):
        rowan.get(f"/referrals/{row_id}{path}")
    assert len(events_of(row_id)) == 1
    assert db.session.get_one(Referral, row_id).version == version


@pytest.mark.either_database
def test_list_costs_the_same_for_one_and_three(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            sent(world, world.rowan.practitioner_id)
        with statements() as seen:
            assert wren.get("/referrals?show=under-way").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 11


def test_nonsense_in_the_address_of_the_list_is_harmless(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    for query in ("show=x", "way=sideways", "page=-1", "page=999", "page=%00", "show=over&way=in"):
        assert wren.get(f"/referrals?{query}").status_code == 200
