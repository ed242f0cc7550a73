"""The words a sender reads while handing over and writing down what was told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from careteam.domain.referral import Action, Way
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act, send_referral
from careteam.features.referrals.queries import events_of
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import a_draft, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
TOLD = {"by_hand": "yes", "way": "phone"}


def by_juniper(world: World, *moves: tuple[Action, dict[str, object]]) -> Referral:
    """A referral to Juniper without an account, with what she said written down."""
    row = sent(world, world.juniper, route="phone")
    for action, data in moves:
        act(actor=world.wren, referral=row, action=action, data=data, way=Way.PHONE, by_hand=True)
    db.session.commit()
    return row


BOOKED: tuple[tuple[Action, dict[str, object]], ...] = (
    (Action.ACCEPT, {"contact": "client"}),
    (Action.BOOK, {"start_at": "2026-03-06T10:00+00:00"}),
)


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("phone", "Noted: handed over by telephone."),
        ("paper", "Noted: handed over on paper."),
        ("in_person", "Noted: handed over in person."),
        ("inbox", "The referral is sent."),
    ],
)
def test_handing_over_is_answered_in_the_words_of_its_way(
    world: World, signed_in: SignedIn, route: str, words: str
) -> None:
    wren = signed_in("wren")
    form = {
        "to": str(world.rowan.practitioner_id),
        "urgency": "routine",
        "reason": "Knee pain",
        "question": "Is loading safe?",
        "route": route,
        "new_id": str(uuid4()),
    }
    answer = wren.post("/referrals/new", form)
    assert answer.status_code == 303
    assert words in wren.get(answer.location).text


def test_whose_turn_it_is_is_said_once(world: World, signed_in: SignedIn) -> None:
    row = sent(world, world.rowan.practitioner_id)
    row_id = row.id
    page = signed_in("rowan").get(f"/referrals/{row_id}").text
    assert "New, waiting for your answer" in page
    assert "Waiting for you" not in page
    assert "Waiting for them" in signed_in("wren").get(f"/referrals/{row_id}").text
    act(actor=world.rowan, referral=row, action=Action.DECLINE, data={"reason": "no_capacity"})
    db.session.commit()
    page = signed_in("wren").get(f"/referrals/{row_id}").text
    assert "They said no." in page
    assert "Waiting for you" not in page


def test_nobody_came_is_noted_plainly_and_a_new_time_comes_first(
    world: World, signed_in: SignedIn
) -> None:
    row_id = by_juniper(world, *BOOKED).id
    wren = signed_in("wren")
    head = wren.get(f"/referrals/{row_id}").text.split("They told you something?")[0]
    assert "Appointment 6 Mar at 10:00" in head
    early = wren.post(f"/referrals/{row_id}/not_attended", TOLD)
    assert early.status_code == 409
    assert "The appointment is on 6 Mar at 10:00, still to come." in early.text
    with clock.stopped(clock.now() + timedelta(days=3)):
        assert wren.post(f"/referrals/{row_id}/not_attended", TOLD).status_code == 303
    page = wren.get(f"/referrals/{row_id}").text
    assert "Noted: did not attend." in page
    assert page.index("Book a new time") < page.index("Close with outcome")


def test_missing_outcome_is_asked_for_once(world: World, signed_in: SignedIn) -> None:
    row_id = by_juniper(world, *BOOKED).id
    answer = signed_in("wren").post(f"/referrals/{row_id}/close", {})
    assert answer.status_code == 422
    assert "How did it end?: How did it end?" not in answer.text
    assert "Outcome: How did it end?" in answer.text


def test_missing_day_is_asked_for_with_its_calendar(world: World, signed_in: SignedIn) -> None:
    row_id = by_juniper(world).id
    wren = signed_in("wren")
    empty = wren.post(f"/referrals/{row_id}/hold", {**TOLD, "review_on": ""})
    assert empty.status_code == 422
    assert 'id="told-hold-review_on" name="review_on" type="date"' in empty.text
    unreadable = wren.post(f"/referrals/{row_id}/hold", {**TOLD, "review_on": "next week"})
    assert 'value="next week"' in unreadable.text
    assert 'id="told-hold-review_on" name="review_on" type="text"' in unreadable.text


def test_referral_that_follows_a_no_is_named_there_once(world: World) -> None:
    first = by_juniper(world, (Action.DECLINE, {"reason": "no_capacity"}))
    second = a_draft(world, world.rowan.practitioner_id, previous_id=first.id)
    send_referral(actor=world.wren, referral=second, route="phone")
    for action in (Action.WITHDRAW, Action.REOPEN):
        act(actor=world.wren, referral=second, action=action)
    send_referral(actor=world.wren, referral=second, route="phone")
    db.session.commit()
    assert [event.action for event in events_of(first.id)] == ["send", "decline", "refer_next"]


def test_past_referral_says_nothing_that_nobody_typed(world: World, signed_in: SignedIn) -> None:
    form = {
        "with_id": str(world.juniper),
        "direction": "to",
        "happened_on": "2025-11-03",
        "answer": "declined",
        "new_id": str(uuid4()),
    }
    wren = signed_in("wren")
    page = wren.get(wren.post("/referrals/past/new", form).location).text
    assert "From memory, entered by hand by Wren Lead" in page
    assert "Told by telephone" not in page
    assert "By telephone" not in page
    assert "Other reason" not in page
    assert "Nobody watches this page" not in page


def test_link_to_be_handed_over_is_asked_for_until_it_was_shown(
    world: World, signed_in: SignedIn
) -> None:
    address = f"/referrals/{sent(world, world.juniper, route='link').id}"
    wren = signed_in("wren")
    assert "Hand the link over now" in wren.get(address).text
    assert "https://team.example.org/r/" in wren.post(f"{address}/link").text
    assert "Hand the link over now" not in wren.get(address).text


def test_letter_sent_by_mail_asks_for_no_handing_over(world: World, signed_in: SignedIn) -> None:
    address = f"/referrals/{sent(world, world.juniper, route='mail').id}"
    assert "Hand the link over now" not in signed_in("wren").get(address).text


def test_reply_by_mail_is_two_taps_where_the_letter_went_by_mail(
    world: World, signed_in: SignedIn
) -> None:
    row = sent(world, world.juniper, route="phone")
    row.sent_by = "mail"
    db.session.commit()
    row_id, wren = row.id, signed_in("wren")
    page = wren.get(f"/referrals/{row_id}").text
    choice = re.search(r'<input [^>]*id="told-acknowledge-way-1"[^>]*>', page)
    assert choice
    assert "checked" in choice[0]
    assert 'value="mail"' in choice[0]
    answer = wren.post(f"/referrals/{row_id}/acknowledge", {"by_hand": "yes", "way": "mail"})
    assert answer.status_code == 303
    assert "Told by e-mail, entered by hand by Wren Lead" in wren.get(f"/referrals/{row_id}").text
