"""The board: columns, segments, what needs the reader first, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from careteam.domain.referral import Column, Party, State, column_of
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries import count_board, list_board, list_referrals
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.calendars import in_region
from tests.support.letters import a_draft, sent
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def a_referral(
    sender: UUID | None, receiver: UUID | None, status: str, days_ago: float = 1, **more: object
) -> UUID:
    at = clock.now() - timedelta(days=days_ago)
    row = Referral(
        **{
            "id": uuid4(),
            "sender_id": sender,
            "receiver_id": receiver,
            "author_id": sender,
            "status": status,
            "waiting_on": "receiver",
            "status_at": at,
            "sent_at": at,
            **more,
        }
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def test_every_state_stands_in_the_column_of_its_side(world: World) -> None:
    me, other = world.wren.practitioner_id, world.rowan.practitioner_id
    for state in State:
        for outgoing in (True, False):
            ends = (me, other) if outgoing else (other, me)
            a_referral(*ends, state, waiting_on="sender")
    for incoming in (False, True):
        side = Party.RECEIVER if incoming else Party.SENDER
        board = list_board(world.wren, incoming, {}).columns
        for column, lines in board.items():
            states = {state for state in State if column_of(state, side) is column}
            if incoming:
                states -= {State.DRAFT, State.DISCARDED}
            assert {line.state for line in lines} == states, (column, incoming)
            assert count_board(world.wren, incoming).columns[column] == len(states)


def test_no_stands_under_closed_once_weeks_have_passed(world: World) -> None:
    me, other = world.wren.practitioner_id, world.rowan.practitioner_id
    a_referral(me, other, "declined", 15, waiting_on="sender")
    board = list_board(world.wren, False, {}).columns
    assert [len(board[column]) for column in (Column.SENT, Column.CLOSED)] == [0, 1]


def test_first_is_who_is_furthest_past_their_own_usual_answer(world: World) -> None:
    me = world.wren.practitioner_id
    slow = a_referral(me, world.rowan.practitioner_id, "sent", 6)
    quick = a_referral(me, world.ash.practitioner_id, "sent", 3)
    unknown = a_referral(me, world.juniper, "sent", 5)
    assert world.ash.practitioner_id is not None
    assert world.rowan.practitioner_id is not None
    dues = {
        world.ash.practitioner_id: clock.now() - timedelta(days=1),
        world.rowan.practitioner_id: clock.now() - timedelta(days=5),
    }
    found = list_referrals(world.wren, column=Column.SENT, dues=dues)
    assert [line.id for line in found.items] == [quick, slow, unknown]


@pytest.mark.parametrize(("region", "first"), [("ENG", "answered"), ("SCT", "unknown")])
def test_time_that_the_urgency_allows_leaves_days_off_out(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch, region: str, first: str
) -> None:
    """Over Easter an English community has a working day less than a Scottish one."""
    in_region(app, monkeypatch, region)
    me = world.wren.practitioner_id
    with clock.stopped(datetime(2026, 4, 8, 9, tzinfo=UTC)):
        known = a_referral(me, world.rowan.practitioner_id, "sent", 1)
        ids = {known: "answered", a_referral(me, world.juniper, "sent", 19): "unknown"}
        assert world.rowan.practitioner_id is not None
        dues = {world.rowan.practitioner_id: clock.now() + timedelta(days=2.5)}
        found = list_referrals(world.wren, column=Column.SENT, dues=dues)
    assert ids[found.items[0].id] == first


def test_what_is_for_the_telephone_comes_before_everything(world: World) -> None:
    me, other = world.wren.practitioner_id, world.rowan.practitioner_id
    a_referral(me, other, "sent", 40)
    today = a_referral(me, other, "sent", 0.1, urgency="same_day")
    assert list_referrals(world.wren, column=Column.SENT).items[0].id == today


def test_cards_have_their_next_action(world: World, signed_in: SignedIn) -> None:
    draft_id = a_draft(world, world.juniper).id
    sent(world, world.rowan.practitioner_id)
    mine, theirs = signed_in("wren").get("/referrals"), signed_in("rowan").get("/referrals")
    assert f'href="/referrals/{draft_id}/edit"><span>Go on' in mine.text
    assert "Log their answer" in mine.text
    assert ">Accept</span>" in re.sub(r"\s+<span class=", "<span class=", theirs.text)
    assert "Draft, not sent" not in theirs.text


def test_board_shows_twenty_and_leads_to_the_rest(world: World, signed_in: SignedIn) -> None:
    me, other = world.wren.practitioner_id, world.rowan.practitioner_id
    for _ in range(22):
        a_referral(me, other, "in_treatment")
    wren = signed_in("wren")
    page = wren.get("/referrals").text
    assert page.count('class="board-card') - page.count('class="board-cards"') == 20
    assert 'href="/referrals?show=accepted&amp;page=1">All 22' in page
    listed = wren.get("/referrals?show=accepted").text
    assert listed.count('class="row"') == 22


def test_direction_is_kept_while_one_looks_round(world: World, signed_in: SignedIn) -> None:
    sent(world, world.rowan.practitioner_id)
    rowan = signed_in("rowan")
    page = rowan.get("/referrals?way=in").text
    assert 'href="/referrals?way=in&amp;show=sent"' in page
    assert ">New<" in page
    assert "From Wren Lead" in page
    assert "From Wren Lead" not in rowan.get("/referrals?way=out").text


@pytest.mark.parametrize("show", ["", "mine", "draft", "sent", "waiting-list", "closed", "over"])
@pytest.mark.either_database
def test_page_costs_the_same_for_one_and_four(world: World, signed_in: SignedIn, show: str) -> None:
    wren = signed_in("wren")
    counts = []
    for more in (1, 3):
        for state in ("draft", "sent", "on_hold", "reported", "closed") * more:
            a_referral(world.wren.practitioner_id, world.rowan.practitioner_id, state, 9)
        with statements() as seen:
            assert wren.get(f"/referrals?show={show}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 19
