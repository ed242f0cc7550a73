"""The link itself: dead ones look alike, it lives as long as it is needed, its sender ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link, LinkBrowser, LinkToken
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World
from tests.support.linking import a_linked_referral, confirm, open_link
from tests.support.visitor import Visitor


def body_of(visitor: Visitor, path: str) -> tuple[int, str]:
    answer = visitor.get(path)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text


def test_dead_links_look_alike(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    db.session.query(Link).update({"revoked_at": clock.now()})
    db.session.commit()
    stranger = Visitor(app)
    missing = "00000000-0000-4000-8000-000000000000"
    answers = {
        body_of(stranger, path),
        body_of(stranger, "/r/nonsense"),
        body_of(stranger, path[:-1]),
        body_of(stranger, "/r/" + "x" * 500),
        body_of(stranger, f"/r/{missing}"),
        body_of(stranger, home),
        body_of(visitor, home),
        body_of(visitor, f"{home}/accept"),
    }
    assert len(answers) == 1
    status, text = answers.pop()
    assert status == 404
    assert "Ring them" in text
    assert "Wren" not in text


def test_clean_address_is_worth_nothing_in_another_browser(app: Flask, world: World) -> None:
    _, path = a_linked_referral(world)
    _, home = open_link(app, path)
    assert Visitor(app).get(home).status_code == 404


def test_opened_link_lasts_half_an_hour_and_a_confirmed_browser_ninety_days(
    app: Flask, world: World
) -> None:
    _, path = a_linked_referral(world)
    hasty, home = open_link(app, path)
    known, _ = open_link(app, path)
    confirm(known, home)
    with clock.stopped(NOW + timedelta(minutes=31)):
        assert hasty.get(home).status_code == 404
        assert known.get(home).status_code == 200
    with clock.stopped(NOW + timedelta(days=89)):
        assert known.get(home).status_code == 200
    with clock.stopped(NOW + timedelta(days=91)):
        assert known.get(home).status_code == 404


@pytest.mark.parametrize(
    ("status", "seat", "days", "lives"),
    [
        ("declined", "open", 89, True),
        ("declined", "open", 91, False),
        ("closed", "filled", 400, True),
        ("closed", "ended", 89, True),
        ("closed", "ended", 91, False),
        ("in_treatment", "filled", 400, True),
        ("draft", "open", 0, False),
    ],
)
def test_link_lives_while_it_is_needed(
    app: Flask, world: World, status: str, seat: str, days: int, lives: bool
) -> None:
    referral_id, path = a_linked_referral(world)
    referral = db.session.get_one(Referral, referral_id)
    referral.status = status
    row = db.session.get_one(Seat, referral.seat_id)
    row.state, row.practitioner_id = seat, world.juniper
    row.decided_on = clock.today() if seat == "ended" else None
    db.session.commit()
    with clock.stopped(NOW + timedelta(days=days)):
        assert (Visitor(app).get(path).status_code == 303) is lives


def test_every_copy_has_its_own_secret_and_older_ones_stay(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    referral_id, path = a_linked_referral(world)
    wren = signed_in("wren")
    page = wren.post(f"/referrals/{referral_id}/link")
    assert page.status_code == 200
    assert "https://team.example.org/r/" in page.text
    assert db.session.query(Link).count() == 1
    assert db.session.query(LinkToken).count() == 2
    assert Visitor(app).get(path).status_code == 303


@pytest.mark.parametrize("email", [None, "juniper@example.org"])
def test_without_an_address_the_next_step_is_a_code_to_read_out(
    app: Flask, world: World, signed_in: Callable[[str], Visitor], email: str | None
) -> None:
    db.session.get_one(Practitioner, world.juniper).email = email
    db.session.commit()
    referral_id, _ = a_linked_referral(world)
    page = signed_in("wren").post(f"/referrals/{referral_id}/link").text
    path = f"/links/{db.session.query(Link).one().id}/code"
    assert (f'action="{path}"' in page) is (email is None)


def test_sender_ends_a_link(app: Flask, world: World, signed_in: Callable[[str], Visitor]) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    confirm(visitor, home)
    wren = signed_in("wren")
    link = db.session.query(Link).one()
    assert "Handed out once" in wren.get(f"/referrals/{referral_id}").text
    assert wren.post(f"/links/{link.id}/end").status_code == 303
    assert visitor.get(home).status_code == 404
    assert "Ended" in wren.get(f"/referrals/{referral_id}").text


def test_sender_forgets_a_browser(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    confirm(visitor, home)
    browser = db.session.query(LinkBrowser).one()
    assert signed_in("wren").post(f"/links/browsers/{browser.id}/forget").status_code == 303
    assert "Hazel" not in visitor.get(home).text


def test_sender_reads_out_a_code_that_works_once(
    app: Flask, world: World, signed_in: Callable[[str], Visitor]
) -> None:
    _, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    link = db.session.query(Link).one()
    shown = signed_in("wren").post(f"/links/{link.id}/code").text
    code = shown.split('class="number link-code">')[1][:7]
    assert visitor.post(f"{home}/code", {"code": code}).status_code == 303
    other, _ = open_link(app, path)
    assert other.post(f"{home}/code", {"code": code}).status_code == 422


@pytest.mark.parametrize("name", ["rowan", "ash", "sorrel"])
def test_links_of_others_are_not_found(
    app: Flask, world: World, signed_in: Callable[[str], Visitor], name: str
) -> None:
    referral_id, _ = a_linked_referral(world)
    link = db.session.query(Link).one()
    other = signed_in(name)
    for path in (
        f"/referrals/{referral_id}/link",
        f"/links/{link.id}/code",
        f"/links/{link.id}/end",
    ):
        assert other.post(path).status_code == 404
    assert db.session.query(Link).one().revoked_at is None
