"""From the letter to the closing, between two members, through the screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID, uuid4

from careteam.features.consents.models import Consent
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import events_of
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import an_open_seat, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
WORDS = {
    "urgency": "routine",
    "reason": "Knee pain on stairs",
    "question": "Is loading safe now?",
    "route": "inbox",
}


def letter_to(world: World, seat: Seat | None = None, **more: str) -> dict[str, str]:
    keys = {"to": str(world.rowan.practitioner_id), "new_id": str(uuid4())}
    if seat is not None:
        keys |= {"seat": str(seat.id), "client": str(world.client_id)}
    return {**keys, **WORDS, **more}


def only_referral() -> Referral:
    db.session.expire_all()
    return db.session.query(Referral).one()


def test_referral_goes_from_letter_to_closing(world: World, signed_in: SignedIn) -> None:
    seat_id = an_open_seat(world).id
    seat = db.session.get_one(Seat, seat_id)
    wren, rowan = signed_in("wren"), signed_in("rowan")
    page = wren.get(f"/referrals/new?seat={seat_id}&to={world.rowan.practitioner_id}")
    assert "Rowan Member would know: " in page.text
    answer = wren.post("/referrals/new", letter_to(world, seat, how_given="spoken"))
    assert answer.status_code == 303, answer.text
    row = only_referral()
    assert (row.status, row.seat_id, row.goal_id) == ("sent", seat_id, world.goal_id)
    assert db.session.query(Consent).filter_by(practitioner_id=row.receiver_id).count() == 1
    assert db.session.get_one(Seat, seat_id).state == "referred"
    assert db.session.query(Message).one().recipient == "rowan@example.org"
    address = f"/referrals/{row.id}"

    before = rowan.get(address)
    assert "<strong>HS<" in before.text
    assert "Hazel" not in before.text
    assert "Is loading safe now?" in before.text
    assert rowan.post(f"{address}/acknowledge").status_code == 303
    assert rowan.post(f"{address}/ask", {"text": "Since when?"}).status_code == 303
    assert wren.post(f"{address}/answer", {"text": "Since May."}).status_code == 303
    assert rowan.post(f"{address}/accept", {"contact": "receiver"}).status_code == 303
    filled = db.session.get_one(Seat, seat_id)
    assert (filled.state, filled.practitioner_id) == ("filled", world.rowan.practitioner_id)
    assert "Hazel Sample" in rowan.get(address).text

    assert rowan.post(f"{address}/book", {"start_at": "2026-03-09T14:00"}).status_code == 303
    for who in (rowan, wren):
        assert f'action="{address}/seen' not in who.get(address).text, "before the visit"
    with clock.stopped(clock.now().replace(day=10)):
        for who in (rowan, wren):
            assert f'action="{address}/seen' in who.get(address).text
        assert rowan.post(f"{address}/seen").status_code == 303
        assert rowan.post(f"{address}/report", {"text": "Load it gently."}).status_code == 303
        closing = {"outcome": "done", "client_told": "y"}
        assert wren.post(f"{address}/close", closing).status_code == 303
    row = only_referral()
    assert (row.status, row.waiting_on) == ("closed", "nobody")
    assert [event.action for event in events_of(row.id)] == [
        "send",
        "acknowledge",
        "ask",
        "answer",
        "accept",
        "book",
        "seen",
        "report",
        "close",
    ]


def test_whole_way_by_telephone_with_somebody_without_an_account(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    form = letter_to(world, to=str(world.juniper), route="phone", spoken_to="Juniper, 9:10")
    assert wren.post("/referrals/new", form).status_code == 303
    address = f"/referrals/{only_referral().id}"
    told = {"by_hand": "yes", "way": "phone", "at": "2026-03-04T09:30"}
    assert wren.post(f"{address}/accept", {**told, "contact": "client"}).status_code == 303
    page = wren.get(address)
    assert "Told by telephone, entered by hand by Wren Lead" in page.text
    assert "Juniper Outside accepted this" in page.text
    event = events_of(only_referral().id)[-1]
    assert (event.party, event.entered_by) == ("receiver", "Wren Lead")


def test_draft_is_kept_changed_and_seen_by_its_writer_only(
    world: World, signed_in: SignedIn
) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    assert wren.post("/referrals/new", letter_to(world, do="draft")).status_code == 303
    row = only_referral()
    assert row.status == "draft"
    assert rowan.get(f"/referrals/{row.id}").status_code == 404
    assert "Wren Lead" not in rowan.get("/referrals").text
    page = wren.get(f"/referrals/{row.id}/edit")
    assert "Knee pain on stairs" in page.text
    changed = {**WORDS, "reason": "Other knee", "version": "1", "was": "{}", "do": "draft"}
    assert wren.post(f"/referrals/{row.id}/edit", changed).status_code == 303
    assert only_referral().reason == "Other knee"


def test_discarded_draft_stays_unseen_by_the_receiver(world: World, signed_in: SignedIn) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    wren.post("/referrals/new", letter_to(world, do="draft"))
    address = f"/referrals/{only_referral().id}"
    assert wren.post(f"{address}/discard").status_code == 303
    assert rowan.get(address).status_code == 404
    assert only_referral().status == "discarded"


def test_stale_draft_shows_both_texts(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wren.post("/referrals/new", letter_to(world, do="draft"))
    row_id = only_referral().id
    base = f'{{"urgency": "routine", "reason": "{WORDS["reason"]}", "question": "x"}}'
    first = {**WORDS, "reason": "First", "version": "1", "was": base, "do": "draft"}
    assert wren.post(f"/referrals/{row_id}/edit", first).status_code == 303
    second = {**first, "reason": "Second"}
    answer = wren.post(f"/referrals/{row_id}/edit", second)
    assert answer.status_code == 409
    assert "First" in answer.text
    assert 'value="Second"' in answer.text
    assert only_referral().reason == "First"


def test_pressing_send_twice_makes_one(world: World, signed_in: SignedIn) -> None:
    wren, form = signed_in("wren"), letter_to(world)
    assert wren.post("/referrals/new", form).status_code == 303
    again = wren.post("/referrals/new", form)
    assert again.status_code == 303
    assert again.location.endswith(str(only_referral().id))


def test_next_person_is_asked_with_the_same_words(world: World, signed_in: SignedIn) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    first_id = sent(world, world.rowan.practitioner_id).id
    no = {"reason": "no_capacity"}
    assert rowan.post(f"/referrals/{first_id}/decline", no).status_code == 303
    assert "Ask the next one" in wren.get(f"/referrals/{first_id}").text
    address = f"/referrals/new?after={first_id}&to={world.ash.practitioner_id}"
    assert "Knee pain on stairs" in wren.get(address).text
    form = letter_to(world, to=str(world.ash.practitioner_id), after=str(first_id))
    assert wren.post("/referrals/new", form).status_code == 303
    follower = db.session.query(Referral).filter_by(previous_id=first_id).one()
    assert follower.status == "sent"
    assert db.session.get_one(Referral, first_id).waiting_on == "nobody"


def test_past_referral_is_logged_without_a_client(world: World, signed_in: SignedIn) -> None:
    rowan = signed_in("rowan")
    assert rowan.get("/referrals/past/new").status_code == 200
    assert rowan.get(f"/referrals/past/new?with={world.juniper}").status_code == 200
    form = {
        "with_id": str(world.juniper),
        "direction": "from",
        "happened_on": "2025-11-03",
        "answer": "accepted",
        "new_id": str(uuid4()),
    }
    answer = rowan.post("/referrals/past/new", form)
    assert answer.status_code == 303
    row = only_referral()
    assert (row.sender_id, row.receiver_id) == (world.juniper, world.rowan.practitioner_id)
    assert (row.is_past, row.client_id, str(row.happened_on)) == (True, None, "2025-11-03")
    assert {event.entered_by for event in events_of(row.id)} == {"Rowan Member"}
    assert rowan.get(answer.location).status_code == 200
    assert rowan.post("/referrals/past/new", form).status_code == 303
    assert only_referral().id == row.id


def test_letter_prints(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    for name in ("wren", "rowan"):
        page = signed_in(name).get(f"/referrals/{row_id}/letter")
        assert page.status_code == 200
        assert "Is loading safe now?" in page.text


def test_reminder_is_counted_and_mailed(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    assert signed_in("wren").post(f"/referrals/{row_id}/remind").status_code == 303
    assert [event.action for event in events_of(row_id)] == ["send", "remind"]
    assert db.session.query(Message).count() == 2


def test_actions_on_the_page_are_those_of_the_table(world: World, signed_in: SignedIn) -> None:
    row_id = sent(world, world.rowan.practitioner_id).id
    offered = {
        name: set(re.findall(rf'action="/referrals/{row_id}/([a-z_]+)"', page.text))
        for name in ("wren", "rowan")
        if (page := signed_in(name).get(f"/referrals/{row_id}"))
    }
    answers = {"acknowledge", "ask", "accept", "decline", "redirect", "hold"}
    assert offered["rowan"] == answers
    assert offered["wren"] == answers | {"withdraw", "remind", "link"}


def test_writer_without_somebody_chosen_is_offered_people(
    world: World, signed_in: SignedIn
) -> None:
    seat_id: UUID = an_open_seat(world).id
    wren = signed_in("wren")
    assert "Rowan Member" in wren.get(f"/referrals/new?seat={seat_id}").text
    assert "Juniper Outside" in wren.get("/referrals/new?q=juniper").text
    assert "Nobody matches" in wren.get("/referrals/new?q=zzzz").text
