"""What follows an answer: rounds of questions, a name named instead, the client told, the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest

from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import events_of
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import about, an_open_seat, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def with_client(world: World) -> str:
    seat = an_open_seat(world, world.rowan.practitioner_id)
    return f"/referrals/{sent(world, world.rowan.practitioner_id, **about(world, seat)).id}"


def events(address: str) -> list[tuple[str, dict[str, str]]]:
    db.session.expire_all()
    return [(each.action, each.data) for each in events_of(UUID(address.rpartition("/")[2]))]


def test_questions_stand_with_their_answers_over_several_rounds(
    world: World, signed_in: SignedIn
) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    address = with_client(world)
    for asked, answered in (("Since when?", "Since May."), ("Which knee?", "The left.")):
        assert rowan.post(f"{address}/ask", {"text": asked}).status_code == 303
        assert wren.post(f"{address}/answer", {"text": answered}).status_code == 303
    for visitor in (wren, rowan):
        page = visitor.get(address).text
        found = re.findall(r"Since when\?|Since May\.|Which knee\?|The left\.", page)
        assert found == ["Since when?", "Since May.", "Which knee?", "The left."]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Juniper Outside, in Topsham", "Ask Juniper Outside"),
        ("Somebody Unheard-of", "Add Somebody Unheard-of"),
    ],
)
def test_name_named_instead_is_offered_and_nothing_is_sent(
    world: World, signed_in: SignedIn, words: str, offered: str
) -> None:
    address = f"/referrals/{sent(world, world.rowan.practitioner_id).id}"
    rowan, wren = signed_in("rowan"), signed_in("wren")
    assert rowan.post(f"{address}/redirect", {"to": words}).status_code == 303
    page = wren.get(address).text
    assert offered in page
    assert "Nothing has been sent." in page
    assert db.session.query(Referral).count() == 1
    assert offered not in rowan.get(address).text


def test_unknown_name_begins_the_new_entry(world: World, signed_in: SignedIn) -> None:
    page = signed_in("wren").get("/practitioners/new?name=Alder%20Unheard").text
    assert 'value="Alder Unheard"' in page


def test_no_with_a_name_offers_that_entry(world: World, signed_in: SignedIn) -> None:
    address = f"/referrals/{sent(world, world.rowan.practitioner_id).id}"
    no = {"reason": "no_capacity", "suggests": "Juniper Outside"}
    assert signed_in("rowan").post(f"{address}/decline", no).status_code == 303
    page = signed_in("wren").get(address).text
    after = address.rpartition("/")[2]
    assert f"/referrals/new?after={after}&amp;to={world.juniper}" in page


def test_sender_decides_what_the_client_is_told_of_a_no(world: World, signed_in: SignedIn) -> None:
    address = with_client(world)
    wren, rowan = signed_in("wren"), signed_in("rowan")
    assert rowan.post(f"{address}/decline", {"reason": "no_capacity"}).status_code == 303
    assert "told-client" in wren.get(address).text
    assert rowan.post(f"{address}/tell_client", {"told": "cannot"}).status_code == 409
    assert wren.post(f"{address}/tell_client", {"told": "cannot"}).status_code == 303
    assert events(address)[-1] == ("tell_client", {"told": "cannot"})
    page = wren.get(address).text
    assert "That they cannot take it on" in page
    assert 'id="told-client"' not in page
    assert "what the client is told" not in rowan.get(address).text


def test_without_a_client_nobody_is_told(world: World, signed_in: SignedIn) -> None:
    address = f"/referrals/{sent(world, world.rowan.practitioner_id).id}"
    signed_in("rowan").post(f"{address}/decline", {"reason": "no_capacity"})
    assert 'id="told-client"' not in signed_in("wren").get(address).text


@pytest.fixture
def reported(world: World, signed_in: SignedIn) -> str:
    address = with_client(world)
    rowan = signed_in("rowan")
    for action, data in (
        ("accept", {"contact": "client"}),
        ("start", {}),
        ("report", {"text": "Better.", "next_step": "Stairs daily", "hold": "No running"}),
    ):
        assert rowan.post(f"{address}/{action}", data).status_code == 303
    return address


def test_closing_is_one_press_with_the_goal_reached(signed_in: SignedIn, reported: str) -> None:
    wren = signed_in("wren")
    closing = {"outcome": "done", "goal_reached": "partly", "text": "Stairs without pain"}
    refused = wren.post(f"{reported}/close", closing)
    assert refused.status_code == 422
    assert "It is closed once the client has been told." in refused.text
    assert wren.post(f"{reported}/close", {**closing, "client_told": "y"}).status_code == 303
    assert events(reported)[-1] == ("close", {**closing, "client_told": "yes"})
    assert "What it was for: partly" in wren.get(reported).text


def test_report_begins_a_milestone_without_words_in_the_address(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    wren = signed_in("wren")
    page = wren.get(reported).text
    links = [
        link.replace("&amp;", "&")
        for link in re.findall(r'href="(/goals/[^"]+/milestones/new[^"]*)"', page)
    ]
    assert len(links) == 2
    assert "Stairs" not in "".join(links)
    shown = [wren.get(link).text for link in links]
    assert 'value="Stairs daily"' in shown[0]
    assert 'value="Hold wanted: No running"' in shown[1]
    assert "milestones/new" not in signed_in("rowan").get(reported).text


def test_words_of_another_goal_or_sender_begin_nothing(
    world: World, signed_in: SignedIn, reported: str
) -> None:
    referral_id = reported.rpartition("/")[2]
    path = f"/goals/{world.goal_id}/plan/milestones/new?referral={referral_id}&report=4&part="
    wren = signed_in("wren")
    assert "Stairs daily" in wren.get(f"{path}next_step").text
    for wrong in (
        f"{path}caution",
        f"{path}x",
        path.replace("report=4", "report=x"),
        path.replace(referral_id, "x"),
    ):
        answer = wren.get(wrong)
        assert answer.status_code == 200
        assert "Stairs daily" not in answer.text


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((("rowan", "un_accept", {"reason": "no_capacity"}),), "declined"),
        (
            (
                ("rowan", "book", {"start_at": "2026-03-04T09:00"}),
                ("wren", "not_attended", {}),
                ("wren", "rebook", {"start_at": "2026-03-09T09:00"}),
            ),
            "booked",
        ),
        ((("wren", "withdraw", {}), ("wren", "reopen", {})), "draft"),
        (
            (
                ("wren", "close", {"outcome": "not_needed", "client_told": "y"}),
                ("wren", "reopen", {}),
            ),
            "in_treatment",
        ),
    ],
)
def test_ways_back_are_offered_and_work(
    world: World,
    signed_in: SignedIn,
    steps: tuple[tuple[str, str, dict[str, str]], ...],
    state: str,
) -> None:
    address = with_client(world)
    people = {name: signed_in(name) for name in ("wren", "rowan")}
    assert people["rowan"].post(f"{address}/accept", {"contact": "client"}).status_code == 303
    for name, action, data in steps:
        assert f'action="{address}/{action}"' in people[name].get(address).text
        assert people[name].post(f"{address}/{action}", data).status_code == 303, action
    db.session.expire_all()
    row = db.session.get_one(Referral, UUID(address.rpartition("/")[2]))
    assert row.status == state
    assert people["wren"].get("/referrals").status_code == 200
