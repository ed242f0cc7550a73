"""Hazel's own page, and the browser in which she has shown a code."""

from __future__ import annotations

import re
from uuid import UUID

from flask import Flask

from careteam.access.reach import forget
from careteam.features.clients.models import Client, Goal
from careteam.features.links.clients import hand_over_page
from careteam.features.outbox.models import Message
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.support.database import once
from tests.support.visitor import Visitor

HERS = "hazel@example.org"
HOST = "https://team.example.org"


def an_address(world: World, email: str | None = HERS) -> str:
    """The path of Hazel's lasting address, handed over by Wren."""
    client = db.session.get_one(Client, world.client_id)
    client.email = email
    address = hand_over_page(actor=world.wren, client=client)
    db.session.commit()
    return address.removeprefix(HOST)


def at_the_door(app: Flask, path: str) -> tuple[Visitor, str]:
    """A browser that follows the address: the visitor and the clean address it was led to."""
    visitor = Visitor(app)
    answer = visitor.get(path)
    assert answer.status_code == 303, answer.text
    home = answer.location
    return visitor, home


def inside(app: Flask, world: World) -> tuple[Visitor, str]:
    """Hazel's browser after the code, with the home of her pages."""

    def shown() -> tuple[dict[str, str], str]:
        visitor, home = at_the_door(app, an_address(world))
        show_code(visitor, home)
        return visitor.cookies(), home

    cookies, home = once("hazel_inside", shown)
    return Visitor(app, cookies), home


def show_code(visitor: Visitor, home: str) -> None:
    before = to_her().keys()  # the clock stands, so no time tells which is the last
    assert visitor.post(f"{home}/code/send").status_code == 303
    (body,) = (body for id_, body in to_her().items() if id_ not in before)
    found = re.search(r"^\s+(\d{6})$", body, re.MULTILINE)
    assert found
    assert visitor.post(f"{home}/code", {"code": found.group(1)}).status_code == 303


def to_her() -> dict[UUID, str]:
    return dict(db.session.query(Message.id, Message.body).filter_by(recipient=HERS).all())


def her_step(world: World, title: str = "Walk ten minutes") -> UUID:
    """A step of the plan that is Hazel's own."""
    step = a_step(world, hazels_goal(world), title, owner="client")
    db.session.commit()
    forget()
    return step.id


def a_pathway(world: World, pathway: str) -> None:
    db.session.get_one(Goal, world.goal_id).pathway = pathway
    db.session.commit()
