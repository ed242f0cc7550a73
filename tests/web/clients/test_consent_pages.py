"""Consent cards, withdrawal, and what both do to the next request."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.kit import clock
from careteam.kit.db import db
from careteam.web.frame.filters import day as day_in_full
from tests.personas import World, a_consent, a_seat
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def record(wren: Visitor, world: World, **sent: Any) -> tuple[int, str]:
    form: dict[str, Any] = {
        "practitioner": str(world.juniper),
        "choice": "needed",
        "goals": str(world.goal_id),
        "how_given": "spoken",
        "until_on": "2026-12-31",
        **sent,
    }
    answer = wren.post(f"/clients/{world.client_id}/consent/new", form)
    return answer.status_code, answer.text


def of_juniper(world: World) -> list[Consent]:
    rows = db.session.query(Consent).filter_by(practitioner_id=world.juniper)
    return rows.order_by(Consent.created_at).all()


def seat_juniper(world: World) -> None:
    a_seat(db.session.get_one(Goal, world.goal_id), "dietitian", filled_by=world.juniper)
    db.session.commit()


def test_card_reads_out_what_is_known_and_what_is_not(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get(f"/clients/{world.client_id}/consent").text
    assert (
        "Ash Seated would know: your name, date of birth and contact; your goal and plan; what to "
        "avoid for your safety; the times of your appointments with them." in page
    )
    assert "Stop sharing" in page


def test_on_a_seat_without_consent_is_said_with_the_action(
    world: World, signed_in: SignedIn
) -> None:
    seat_juniper(world)
    wren = signed_in("wren")
    for address in (f"/clients/{world.client_id}", f"/clients/{world.client_id}/consent"):
        page = wren.get(address).text
        assert "cannot see anything yet" in page
        assert f"consent/new?practitioner={world.juniper}" in page


def test_after_the_client_stopped_it_nobody_nags(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    stop = f"/clients/{world.client_id}/consent/{world.consent_id}/withdraw"
    assert wren.post(stop).status_code == 303
    page = wren.get(f"/clients/{world.client_id}").text
    assert "cannot see" not in page
    assert "Ash Seated" not in page.partition('id="needs-you"')[2].partition("</section>")[0]
    listed = wren.get(f"/clients/{world.client_id}/consent").text
    day = day_in_full(clock.today())
    for text in (page, listed):
        assert f"stopped this on {day}" in text
        assert f"consent/new?practitioner={world.ash.practitioner_id}" in text
        assert "Record consent anew" in text
        assert re.search(r'/team/[0-9a-f-]+#end"', text)
    assert "is still on the team and sees nothing, not even the name" in listed


def test_consent_given_anew_after_a_stop_counts(world: World, signed_in: SignedIn) -> None:
    old = db.session.get_one(Consent, world.consent_id)
    old.withdrawn_at, old.withdrawn_how = clock.now(), "spoken"
    a_consent(db.session.get_one(Goal, world.goal_id), old.practitioner_id, old.classes)
    db.session.commit()
    page = signed_in("wren").get(f"/clients/{world.client_id}").text
    assert "stopped this on" not in page


def test_form_shows_only_what_is_recorded_and_ticks_nothing_sensitive(
    world: World, signed_in: SignedIn
) -> None:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = "fertility_ttc"
    seat_juniper(world)
    page = (
        signed_in("wren")
        .get(f"/clients/{world.client_id}/consent/new?practitioner={world.juniper}")
        .text
    )
    own, _, rest = page.partition("Each of these needs its own yes")[2].partition("</fieldset>")
    assert "Your cycle, fertility, pregnancy and sexual health" in own
    assert "The part of the dietitian is about this." in own
    assert "checked" not in own
    assert "mood and mental health" not in page
    assert "photographs" not in page
    assert rest


def test_consent_is_recorded_once_with_how_and_until(world: World, signed_in: SignedIn) -> None:
    seat_juniper(world)
    wren, key = signed_in("wren"), str(uuid4())
    for _ in range(2):
        assert record(wren, world, new_id=key, how_given="paper")[0] == 303
    [consent] = of_juniper(world)
    assert (str(consent.id), consent.how_given) == (key, "paper")
    assert consent.until_on == date(2026, 12, 31)
    assert "goal_plan" in consent.classes
    assert "mental_health" not in consent.classes


def test_items_are_what_was_ticked(world: World, signed_in: SignedIn) -> None:
    db.session.get_one(Goal, world.goal_id).pathway = "fertility_ttc"
    db.session.commit()
    wren = signed_in("wren")
    record(wren, world, choice="items", items=["presenting_problem", "reproductive_sexual"])
    assert of_juniper(world)[0].classes == [
        "identity_contact",
        "presenting_problem",
        "reproductive_sexual",
        "safety_alerts",
    ]


def test_wrong_consent_input_is_said_and_records_nothing(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    for sent, word in (
        ({"goals": []}, "Choose at least one goal."),
        ({"goals": [str(uuid4())]}, "a valid choice"),
        ({"choice": "all"}, "Not a valid choice."),
        ({"items": ["mental_health"]}, "a valid choice"),
        ({"how_given": "dream"}, "Not a valid choice."),
        ({"until_on": "2026-01-01"}, "This day is past."),
        ({"until_on": "2030-01-01"}, "twelve months at most"),
    ):
        status, text = record(wren, world, **sent)
        assert status == 422, sent
        assert word in text, sent
    assert of_juniper(world) == []
    assert record(wren, world, practitioner=str(uuid4()))[0] == 404
    assert record(wren, world, practitioner="x")[0] == 404


def test_withdrawal_acts_at_the_next_request_and_can_be_taken_back(
    world: World, signed_in: SignedIn
) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    consent = f"/clients/{world.client_id}/consent/{world.consent_id}"
    assert ash.get(f"/clients/{world.client_id}").status_code == 200
    assert wren.post(f"{consent}/withdraw").status_code == 303
    assert ash.get(f"/clients/{world.client_id}").status_code == 404
    assert ash.get(f"/goals/{world.goal_id}").status_code == 404
    assert "Hazel" not in ash.get("/clients").text
    page = wren.get(f"/clients/{world.client_id}/consent").text
    assert f'action="{consent}/again"' in page
    assert wren.post(f"{consent}/again").status_code == 303
    assert ash.get(f"/clients/{world.client_id}").status_code == 200
    wren.post(f"{consent}/again")
    assert "Another consent for the same person" in wren.get(f"/clients/{world.client_id}").text


def test_narrowing_acts_at_the_next_request(world: World, signed_in: SignedIn) -> None:
    wren, ash = signed_in("wren"), signed_in("ash")
    sent = {"practitioner": str(world.ash.practitioner_id), "choice": "names_and_times"}
    assert record(wren, world, **sent)[0] == 303
    assert ash.get(f"/clients/{world.client_id}").status_code == 200
    assert ash.get(f"/goals/{world.goal_id}").status_code == 404


def test_receiver_sees_but_does_not_decide(world: World, signed_in: SignedIn) -> None:
    ash = signed_in("ash")
    consent = f"/clients/{world.client_id}/consent/{world.consent_id}"
    assert ash.post(f"{consent}/withdraw").status_code == 403
    assert record(ash, world)[0] == 404
    assert db.session.get_one(Consent, world.consent_id).withdrawn_at is None


def test_consent_is_found_under_its_own_client_only(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    wren.post("/clients/new", {"name": "Elm", "consent_to_keep": "y"})
    elm = db.session.query(Client).filter_by(name="Elm").one().id
    assert wren.post(f"/clients/{elm}/consent/{world.consent_id}/withdraw").status_code == 404
    assert db.session.get_one(Consent, world.consent_id).withdrawn_at is None


def test_history_keeps_what_was_agreed_before(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    record(wren, world, practitioner=str(world.ash.practitioner_id), choice="names_and_times")
    page = wren.get(f"/clients/{world.client_id}/consent").text
    assert "Ash Seated: chosen items" in page
    assert "another took its place" in page


def test_after_recording_one_goes_back_to_where_it_was_asked_for(
    world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    asked = f"/clients/{world.client_id}/consent/new?practitioner={world.juniper}"
    page = wren.get(f"{asked}&goal={world.goal_id}&next=/referrals").text
    assert 'name="next" value="/referrals"' in page
    for back, leads_to in (
        ("/referrals", "/referrals"),
        ("//evil.example", f"/clients/{world.client_id}/consent"),
    ):
        form = {
            "practitioner": str(world.juniper),
            "choice": "needed",
            "goals": str(world.goal_id),
            "how_given": "spoken",
            "next": back,
        }
        answer = wren.post(f"/clients/{world.client_id}/consent/new", form)
        assert answer.location == leads_to
