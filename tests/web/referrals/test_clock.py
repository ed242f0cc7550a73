"""The clock on the page of a referral: seen, paused, with steps of its own, over to the next."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from careteam.features.referrals.models import ChasePause, ChasePolicy
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import a_waiting_referral, actions, chase_of, on, status_of, work
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def test_sender_sees_the_clock_and_the_next_step_with_its_day(
    world: World, signed_in: SignedIn
) -> None:
    referral_id = a_waiting_referral(world)
    wren = signed_in("wren")
    with clock.stopped(on("2026-03-09 10:00")):
        text = wren.get(f"/referrals/{referral_id}").text
    assert "Waited 3 of 10 working days" in text
    assert "They get a reminder" in text
    assert "11 Mar" in text
    assert "18 Mar" in text


def test_receiver_sees_no_clock(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    rowan = signed_in("rowan")
    assert "Waiting for an answer" not in rowan.get(f"/referrals/{referral_id}").text
    assert rowan.get(f"/referrals/{referral_id}/pause").status_code == 404
    assert rowan.get(f"/referrals/{referral_id}/steps").status_code == 404
    assert rowan.get(f"/referrals/{referral_id}/next").status_code == 404


def test_nobody_else_finds_it(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    for name in ("ash", "sorrel"):
        for page in ("pause", "steps", "next"):
            assert signed_in(name).get(f"/referrals/{referral_id}/{page}").status_code == 404


def test_pause_stops_the_clock_until_it_runs_again(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    wren = signed_in("wren")
    place = f"/referrals/{referral_id}"
    fields = {"reason": "client", "new_id": str(uuid4())}
    assert wren.post(f"{place}/pause", fields).status_code == 303
    assert chase_of(referral_id).due_at is None
    assert "The client needs time: the clock stands still." in wren.get(place).text
    assert wren.post(f"{place}/resume").status_code == 303
    assert chase_of(referral_id).due_at == on("2026-03-11 09:30")


def test_pause_with_a_day_ends_by_itself(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    fields = {"reason": "receiver", "until_on": "2026-03-16", "new_id": str(uuid4())}
    signed_in("wren").post(f"/referrals/{referral_id}/pause", fields)
    assert chase_of(referral_id).due_at == on("2026-03-23 00:00")
    assert work("2026-03-20 12:00").reminded == 0


def test_pause_needs_a_reason_and_a_day_to_come(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    wren, place = signed_in("wren"), f"/referrals/{referral_id}/pause"
    assert wren.post(place, {}).status_code == 422
    answer = wren.post(place, {"reason": "other", "until_on": "2026-03-04"})
    assert answer.status_code == 422
    assert "Give a day to come." in answer.text
    assert db.session.query(ChasePause).count() == 0


def test_own_steps_hold_until_the_community_is_followed_again(
    world: World, signed_in: SignedIn
) -> None:
    referral_id = a_waiting_referral(world)
    wren, place = signed_in("wren"), f"/referrals/{referral_id}"
    assert 'value="5"' in wren.get(f"{place}/steps").text
    fields = {"remind_days": "1", "tell_days": "2", "propose_days": "", "expire_days": ""}
    assert wren.post(f"{place}/steps", {**fields, "version": "0"}).status_code == 303
    assert chase_of(referral_id).due_at == on("2026-03-05 09:30")
    assert "This referral has steps of its own." in wren.get(place).text
    assert wren.post(f"{place}/steps/usual").status_code == 303
    assert db.session.query(ChasePolicy).count() == 0
    assert chase_of(referral_id).due_at == on("2026-03-11 09:30")


def test_steps_out_of_order_are_refused_beside_the_field(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    wren = signed_in("wren")
    fields = {"remind_days": "9", "tell_days": "3", "propose_days": "", "expire_days": "x"}
    answer = wren.post(f"/referrals/{referral_id}/steps", {**fields, "version": "0"})
    assert answer.status_code == 422
    assert "Give a whole number of days" in answer.text
    fields["expire_days"] = "2"
    answer = wren.post(f"/referrals/{referral_id}/steps", {**fields, "version": "0"})
    assert answer.status_code == 422
    assert "this cannot be later" in answer.text
    assert 'value="9"' in answer.text


def test_telephone_matter_has_no_steps_to_change(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world, route="phone", urgency="same_day")
    wren = signed_in("wren")
    text = wren.get(f"/referrals/{referral_id}").text
    assert "No message is enough here." in text
    assert "Please answer today, also with a no." in text
    assert wren.get(f"/referrals/{referral_id}/steps").status_code == 404


def test_overdue_one_is_rung_and_the_call_begins_anew(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    with clock.stopped(on("2026-03-18 10:00")):
        wren = signed_in("wren")
        assert "Rowan Member has not answered" in wren.get("/").text
        call = f"/calls/{world.rowan.practitioner_id}"
        wren.post(call, {"outcome": "no_answer", "referral_id": str(referral_id)})
        assert actions(referral_id) == [("send", "sender")]
        wren.post(call, {"outcome": "spoke", "referral_id": str(referral_id)})
        assert "Rowan Member has not answered" not in wren.get("/").text
        assert "Wren Lead rang about this" in wren.get(f"/referrals/{referral_id}").text
    assert actions(referral_id)[-1] == ("remind", "sender")
    assert chase_of(referral_id).tell_at == on("2026-04-01 10:00")


def test_today_offers_the_next_one_with_the_letter_ready(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    with clock.stopped(on("2026-03-18 10:00")):
        wren = signed_in("wren")
        assert f"/referrals/{referral_id}/next" in wren.get("/").text
        assert "is withdrawn" in wren.get(f"/referrals/{referral_id}/next").text
        answer = wren.post(f"/referrals/{referral_id}/next")
    assert answer.location.endswith(f"/referrals/new?after={referral_id}")
    assert status_of(referral_id) == "withdrawn"


def test_time_allowed_after_a_call_ends_when_the_sender_is_told(
    world: World, signed_in: SignedIn
) -> None:
    """No reminder goes out of what was handed over by hand; the call has been one."""
    referral_id = a_waiting_referral(world, world.juniper, route="phone")
    wren, page = signed_in("wren"), f"/referrals/{referral_id}"
    assert "Waited 0 of 5 working days" in wren.get(page).text
    wren.post(f"/calls/{world.juniper}", {"outcome": "spoke", "referral_id": str(referral_id)})
    assert "Waited 0 of 10 working days" in wren.get(page).text
    assert chase_of(referral_id).tell_at == on("2026-03-18 09:30")
