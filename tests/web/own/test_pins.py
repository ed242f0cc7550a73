"""A PIN of the client's own: asked in browsers that are remembered, and a code stands for it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from careteam.features.links.models import Link
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.own_page import an_address, at_the_door, inside, show_code
from tests.support.visitor import Visitor

PIN = "2580"
ASKED = "Your page opens with your PIN."


def with_pin(app: Flask, world: World) -> tuple[Visitor, str]:
    visitor, home = inside(app, world)
    assert visitor.post(f"{home}/pin", {"pin": PIN}).location == home
    return visitor, home


def after(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def test_pin_is_asked_for_after_half_an_hour_without_a_look(app: Flask, world: World) -> None:
    visitor, home = with_pin(app, world)
    assert db.session.query(Link).one().pin_hash != PIN
    with clock.stopped(clock.now() + after(25)):
        assert "Hello Hazel" in visitor.get(home).text
    with clock.stopped(clock.now() + after(50)):
        assert "Hello Hazel" in visitor.get(home).text
    with clock.stopped(clock.now() + after(81)):
        shown = visitor.get(home).text
        assert ASKED in shown
        assert "Hazel" not in shown
        assert visitor.get(f"{home}/plan").location == home
        assert visitor.post(f"{home}/pin/show", {"pin": "1379"}).status_code == 422
        assert visitor.post(f"{home}/pin/show", {"pin": "2 580"}).location == home
        assert "Hello Hazel" in visitor.get(home).text


def test_what_was_begun_before_is_not_lost(app: Flask, world: World) -> None:
    visitor, home = with_pin(app, world)
    fields = {"body": "Slept well", "information_class": "goal_plan"}
    with clock.stopped(clock.now() + after(45)):
        assert visitor.post(f"{home}/check-in", fields).status_code == 303
        assert ASKED in visitor.get(home).text


def test_forgotten_pin_gives_way_to_a_code_and_is_changed_or_left_out(
    app: Flask, world: World
) -> None:
    visitor, home = with_pin(app, world)
    with clock.stopped(clock.now() + after(40)):
        assert ASKED in visitor.get(home).text
        show_code(visitor, home)
        assert "Hello Hazel" in visitor.get(home).text
        for wrong in ("", "123", "1234", "7777", "123456789"):
            assert visitor.post(f"{home}/pin", {"pin": wrong}).status_code == 422
        assert visitor.post(f"{home}/pin/remove").location == home
    with clock.stopped(clock.now() + after(200)):
        assert "Hello Hazel" in visitor.get(home).text


def test_every_browser_is_asked_and_a_pin_alone_opens_nothing(app: Flask, world: World) -> None:
    other, home = inside(app, world)
    with clock.stopped(clock.now() + after(1)):
        second = inside(app, world)[0]
    with clock.stopped(clock.now() + after(2)):
        assert other.post(f"{home}/pin", {"pin": PIN}).status_code == 303
    assert ASKED in second.get(home).text
    stranger, _ = at_the_door(app, an_address(world))
    assert ASKED not in stranger.get(home).text
    assert stranger.post(f"{home}/pin/show", {"pin": PIN}).location == home
    assert "Hazel" not in stranger.get(home).text


def test_guessing_ends_after_eight(app: Flask, world: World) -> None:
    visitor, home = with_pin(app, world)
    with clock.stopped(clock.now() + after(40)):
        for _ in range(8):
            assert visitor.post(f"{home}/pin/show", {"pin": "1379"}).status_code == 422
        refused = visitor.post(f"{home}/pin/show", {"pin": PIN})
        assert refused.status_code == 429
        assert "Too many tries" in refused.text
        assert "Hazel" not in refused.text
