"""What is kept from one request to the next follows from who asks and how far they reach alone."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from careteam.access import reach
from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.access.reach import forget, only, reach_of
from careteam.features.clients.models import Client
from careteam.kit import clock
from careteam.kit.db import db
from tests.conftest import NOW
from tests.personas import World, a_client
from tests.support.visitor import Visitor

PAGES = ("/", "/clients", "/referrals", "/referrals?show=sent", "/relationships")


def told(statement: Any) -> tuple[str, list[Any]]:
    """All that is sent to the database, but for what is read when it runs."""
    compiled = statement.compile(db.engine)
    bound = compiled.binds.values()
    return str(compiled), [each.value for each in bound if each.callable is None]


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> dict[Any, Any]:
    fresh: dict[Any, Any] = {}
    monkeypatch.setattr(reach, "_kept", fresh)
    return fresh


def look_round(app: Flask, times: int = 1) -> None:
    visitor = Visitor(app)
    visitor.sign_in("linnet@example.org", "made up people only")
    client = db.session.scalars(select(Client).where(Client.name == "Tomas Greywater")).one()
    for page in (*PAGES, f"/clients/{client.id}") * times:
        assert visitor.get(page).status_code == 200, page


def test_looking_again_keeps_nothing_more(
    app: Flask, sample: Actor, nothing_kept: dict[Any, Any]
) -> None:
    """A table that gets another name for each look would be kept anew each time."""

    def counts() -> dict[Any, int]:
        return {key: len(held.made) for key, (*_, held) in nothing_kept.items()}

    look_round(app)
    once = counts()
    look_round(app, times=2)
    assert counts() == once


def test_statement_kept_in_the_morning_is_that_of_the_evening(
    app: Flask, sample: Actor, nothing_kept: dict[Any, Any]
) -> None:
    look_round(app)
    made: dict[str, tuple[Any, Any]] = {}
    with clock.stopped(NOW + timedelta(hours=9, minutes=7)):
        for (_, client_id), (_, actor, held) in list(nothing_kept.items()):
            with only(client_id) if client_id else nullcontext():
                for (build, *asked), statement in list(held.made.items()):
                    if callable(build):
                        args, kwargs = asked
                        anew = build(actor, *args, **dict(kwargs))
                        made[build.__qualname__] = (statement, anew)
    assert len(made) > 25
    assert [name for name, (early, late) in made.items() if told(early) != told(late)] == []


def test_statement_is_made_once_a_day_for_each_actor(
    world: World, nothing_kept: dict[Any, Any]
) -> None:
    made: list[Actor] = []

    @kept
    def of_clients(actor: Actor) -> Any:
        made.append(actor)
        return select(Client.name).where(within(actor, Permission.READ_CLIENT, Client))

    for actor in (world.wren, world.ash, world.wren, world.ash):
        forget()
        assert list(db.session.scalars(of_clients(actor))) == ["Hazel Sample"]
    assert made == [world.wren, world.ash]
    with clock.stopped(NOW + timedelta(days=1)):
        forget()
        of_clients(world.wren)
    assert made == [world.wren, world.ash, world.wren]


def test_whoever_reaches_further_is_asked_for_anew(
    world: World, nothing_kept: dict[Any, Any]
) -> None:
    def found() -> list[str]:
        forget()
        readable = within(world.wren, Permission.READ_CLIENT, Client)
        return sorted(db.session.scalars(select(Client.name).where(readable)))

    assert found() == ["Hazel Sample"]
    lead_id = world.wren.practitioner_id
    assert lead_id is not None
    a_client(lead_id, "Elder Sample")
    assert found() == ["Elder Sample", "Hazel Sample"]


def test_no_more_are_kept_than_said(
    world: World, nothing_kept: dict[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "AT_MOST", 2)
    for actor in (world.wren, world.ash, world.rowan, world.sorrel):
        forget()
        reach_of(actor)
    assert [key for key, _ in nothing_kept] == [world.rowan.key, world.sorrel.key]
