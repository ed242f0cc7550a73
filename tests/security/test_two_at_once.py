"""Two browsers at the same instant: one event, one winner, and the other is told who and when."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from careteam.access.actor import SYSTEM
from careteam.domain.referral import Action, Way
from careteam.features.clients.models import Goal
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.moves import Move, make
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World, a_consent
from tests.support.letters import CLASSES, about, an_open_seat, sent
from tests.support.linking import a_linked_referral, open_link, status_of
from tests.support.partners import a_couple
from tests.support.visitor import TOKEN, Visitor

Sent = tuple[Visitor, str, dict[str, Any]]


def at_once(app: Flask, *requests: Sent) -> list[TestResponse]:
    """Send all of them together, each in a thread of its own, as separate processes would."""
    tokens = [token_of(visitor, path) for visitor, path, _ in requests]
    db.session.remove()
    start = Barrier(len(requests))

    def send(sent: Sent, token: str) -> TestResponse:
        visitor, path, fields = sent
        start.wait(10)
        with clock.stopped(NOW):
            answer: TestResponse = visitor.client.post(path, data={"csrf_token": token, **fields})
        return answer

    with ThreadPoolExecutor(len(requests)) as threads:
        waiting = [
            threads.submit(send, sent, token) for sent, token in zip(requests, tokens, strict=True)
        ]
        return [each.result(30) for each in waiting]


def token_of(visitor: Visitor, path: str) -> str:
    page = visitor.get(path if path.startswith("/r/") else "/account")
    found = TOKEN.search(page.text)
    assert found, page.text
    return found.group(1)


def actions(referral_id: UUID) -> list[str]:
    rows = db.session.query(ReferralEvent).filter_by(referral_id=referral_id)
    return [row.action for row in rows.order_by(ReferralEvent.number)]


def test_pressing_twice_by_link_makes_one_event(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    phone, home = open_link(app, path)
    press = (phone, f"{home}/accept", {"contact": "client"})
    answers = at_once(app, press, press)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert actions(referral_id) == ["send", "accept"]


@pytest.mark.parametrize("other", ["accept", "decline", "ask"])
def test_two_holders_of_a_link_at_once(app: Flask, world: World, other: str) -> None:
    referral_id, path = a_linked_referral(world)
    (phone, home), (desk, _) = open_link(app, path), open_link(app, path)
    data = {"contact": "client", "reason": "no_capacity", "text": "Which side?"}
    answers = at_once(app, (phone, f"{home}/accept", data), (desk, f"{home}/{other}", data))
    made = actions(referral_id)
    lost = [answer for answer in answers if answer.status_code == 409]
    if other == "ask" and made == ["send", "ask", "accept"]:
        assert lost == []  # a yes may follow a question
        return
    assert len(made) == 2
    assert len(lost) == 1
    assert "Juniper Outside already" in lost[0].text
    assert "on 4 Mar at 09:30" in lost[0].text


def test_yes_by_link_and_no_told_by_telephone_at_once(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    referral_id, path = a_linked_referral(world)
    phone, home = open_link(app, path)
    told = {"by_hand": "yes", "way": "phone", "reason": "no_capacity"}
    answers = at_once(
        app,
        (phone, f"{home}/accept", {"contact": "client"}),
        (signed_in("wren"), f"/referrals/{referral_id}/decline", told),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(actions(referral_id)) == 2
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "Juniper Outside already" in late.text


def test_two_late_yeses_for_one_place_leave_one_on_the_team(app: Flask, world: World) -> None:
    """Both were asked in turn and let the time run out; both answer in the same moment."""
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    a_consent(db.session.get_one(Goal, world.goal_id), world.juniper, CLASSES)
    seat_id, homes, ids = seat.id, list[tuple[Visitor, str]](), list[UUID]()
    for receiver in (world.juniper, world.rowan.practitioner_id):
        row = sent(world, receiver, "link", **about(world, db.session.get_one(Seat, seat_id)))
        ids.append(row.id)
        address = hand_over_link(actor=world.wren, referral=row)
        make(SYSTEM, row, Move(Action.EXPIRE, way=Way.POLICY))
        db.session.commit()
        homes.append(open_link(app, address.removeprefix("https://team.example.org")))
    answers = at_once(
        app, *((visitor, f"{home}/accept", {"contact": "client"}) for visitor, home in homes)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert sorted(status_of(each) for each in ids) == ["accepted", "expired"]
    winner = next(each for each in ids if status_of(each) == "accepted")
    seat = db.session.get_one(Seat, seat_id)
    receiver = db.session.get_one(Referral, winner).receiver_id
    assert (seat.state, seat.practitioner_id) == ("filled", receiver)
    late = next(answer for answer in answers if answer.status_code == 409)
    assert re.search(
        r"(Juniper Outside|Rowan Member) .*4 Mar|Somebody else has been asked for this place",
        late.text,
    )
    assert "Accepted by you" not in late.text


def test_yes_to_a_place_that_was_taken_is_not_shown_as_given(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, "inbox", **about(world, seat))
    referral_id = row.id
    make(SYSTEM, row, Move(Action.EXPIRE, way=Way.POLICY))
    seat.state, seat.practitioner_id = "filled", world.juniper
    db.session.commit()
    late = signed_in("rowan").post(f"/referrals/{referral_id}/accept", {"contact": "client"})
    assert late.status_code == 409
    assert "Accepted by" not in late.text
    assert status_of(referral_id) == "expired"


def test_a_step_in_two_plans_is_moved_by_one_of_two(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    couple = a_couple(world, owner=str(world.seat_id))
    hers = (world.goal_id, couple.hers_id, couple.hers.version)
    his = (couple.his.goal_id, couple.his_id, couple.his.version)
    answers = at_once(
        app,
        *(
            (
                signed_in(name),
                f"/goals/{goal_id}/plan/milestones/{step_id}/move",
                {"status": status, "version": version},
            )
            for name, status, (goal_id, step_id, version) in (
                ("ash", "done", hers),
                ("wren", "in_progress", his),
            )
        ),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    db.session.expire_all()
    assert couple.hers.status == couple.his.status != "planned"
