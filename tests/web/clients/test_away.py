"""The page on which somebody is named who stands in, and where it is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask

from careteam.audit.models import AccessRead
from careteam.features.clients.models import Client
from careteam.features.links.models import Link
from careteam.features.outbox.models import Message
from careteam.features.teams.models import Cover
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, a_client
from tests.support.own_page import HERS, an_address, at_the_door, inside, show_code
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def fields(world: World, **more: Any) -> dict[str, Any]:
    return {
        "new_id": str(uuid4()),
        "practitioner": str(world.rowan.practitioner_id),
        "from_on": "2026-03-04",
        "until_on": "2026-03-14",
        "clients": [str(world.client_id)],
        "agreed_how": "spoken",
    } | more


def test_several_clients_are_covered_with_one_form_and_one_mail(
    world: World, signed_in: SignedIn
) -> None:
    assert world.wren.practitioner_id is not None
    elm = a_client(world.wren.practitioner_id, "Elm Made").id
    db.session.commit()
    wren, sent = signed_in("wren"), fields(world, clients=[str(world.client_id), str(elm)])
    assert wren.post("/clients/away", sent).status_code == 303
    assert wren.post("/clients/away", sent).status_code == 303
    assert db.session.query(Cover).count() == 2
    assert db.session.query(Message).count() == 1
    page = signed_in("rowan").get("/").text
    assert "You stand in for Wren Lead (2 clients) until 14 March 2026." in page
    assert "Rowan Member stands in for you (2 clients) until 14 March 2026." in wren.get("/").text


def test_page_of_the_client_says_so_to_all_three(world: World, signed_in: SignedIn) -> None:
    signed_in("wren").post("/clients/away", fields(world))
    path = f"/clients/{world.client_id}"
    for name, words in (
        ("wren", "Rowan Member stands in for you until 14 March 2026."),
        ("rowan", "You stand in for Wren Lead until 14 March 2026."),
        ("ash", "Rowan Member stands in for Wren Lead until 14 March 2026."),
    ):
        page = signed_in(name).get(path).text
        assert words in page, name
        assert ("End now" in page) == (name != "ash")
        assert ("While I am away" in page) == (name == "wren")


def test_looks_of_whoever_stands_in_are_noted_under_their_own_name(
    world: World, signed_in: SignedIn
) -> None:
    signed_in("wren").post("/clients/away", fields(world))
    signed_in("rowan").get("/clients")
    found = db.session.query(AccessRead).filter_by(client_id=world.client_id).all()
    seen = {row.information_class for row in found if row.actor_name == "Rowan Member"}
    assert seen == {"identity_contact", "goal_plan"}


def test_ended_by_either_on_the_page(world: World, signed_in: SignedIn) -> None:
    for name in ("wren", "rowan"):
        signed_in("wren").post("/clients/away", fields(world))
        cover = db.session.query(Cover).filter(Cover.ended_at.is_(None)).one()
        assert signed_in(name).post(f"/clients/away/{cover.id}/end", {}).status_code == 303
        assert signed_in("rowan").get(f"/clients/{world.client_id}").status_code == 404


def test_browser_let_in_by_their_code_is_forgotten_with_their_days(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    """Whoever reads a code out could show it in a browser of their own."""
    address, link_id = an_address(world), db.session.query(Link.id).scalar()
    signed_in("wren").post("/clients/away", fields(world))
    for name, is_let_in in (("rowan", False), ("wren", True)):
        code = code_in(signed_in(name).post(f"/links/{link_id}/code").text)
        visitor, home = at_the_door(app, address)
        assert visitor.post(f"{home}/code", {"code": code}).status_code == 303
        assert "Hello" in visitor.get(home).text
        with clock.stopped(clock.now() + timedelta(days=11)):
            assert ("Hello" in visitor.get(home).text) == is_let_in


def test_browser_let_in_by_their_code_is_forgotten_once_they_are_ended(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    address, link_id = an_address(world), db.session.query(Link.id).scalar()
    signed_in("wren").post("/clients/away", fields(world))
    code = code_in(signed_in("rowan").post(f"/links/{link_id}/code").text)
    visitor, home = at_the_door(app, address)
    visitor.post(f"{home}/code", {"code": code})
    assert "Hello" in visitor.get(home).text
    assert visitor.post(f"{home}/calendar").status_code == 303
    assert db.session.query(Link).filter_by(kind="calendar").count() == 0
    cover_id = db.session.query(Cover.id).scalar()
    signed_in("wren").post(f"/clients/away/{cover_id}/end", {})
    assert "Is it you?" in visitor.get(home).text


def test_address_they_wrote_lets_nobody_in_after_their_days(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    """A code would go to them, at an address of their own, whenever they ask for one."""
    visitor, home = at_the_door(app, an_address(world, "old@example.org"))
    signed_in("wren").post("/clients/away", fields(world))
    write_address(signed_in("rowan"), world, HERS)
    show_code(visitor, home)
    assert "Hello" in visitor.get(home).text
    cover_id = db.session.query(Cover.id).scalar()
    signed_in("wren").post(f"/clients/away/{cover_id}/end", {})
    door = visitor.get(home).text
    assert "Is it you?" in door
    assert "Send me a code" not in door
    assert visitor.post(f"{home}/code/send").status_code == 404
    edit = signed_in("wren").get(f"/clients/{world.client_id}/edit").text
    assert "Written by Rowan Member, standing in." in edit
    write_address(signed_in("wren"), world, HERS)
    show_code(visitor, home)
    assert "Hello" in visitor.get(home).text


def write_address(visitor: Visitor, world: World, email: str) -> None:
    client = db.session.get_one(Client, world.client_id)
    sent = {"name": client.name, "email": email, "version": str(client.version)}
    db.session.rollback()
    answer = visitor.post(f"/clients/{world.client_id}/edit", sent)
    assert answer.status_code == 303, answer.text


def code_in(page: str) -> str:
    found = re.search(r"(\d{3}) (\d{3})</p>", page)
    assert found
    return "".join(found.groups())


def test_wrong_form_keeps_what_was_typed(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("wren").post("/clients/away", fields(world, until_on="2026-03-01"))
    assert answer.status_code == 422
    assert "This is before the first day." in answer.text
    assert 'value="2026-03-01"' in answer.text


def test_nothing_is_named_without_a_client_who_agrees(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("wren").post("/clients/away", fields(world, clients=[]))
    assert answer.status_code == 422
    assert "Tick at least one client who agrees." in answer.text


def test_clients_of_others_cannot_be_ticked(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("rowan").post(
        "/clients/away", fields(world, practitioner=str(world.ash.practitioner_id))
    )
    assert answer.status_code == 422
    assert db.session.query(Cover).count() == 0


def test_client_sees_who_stands_in_and_stops_it(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    signed_in("wren").post("/clients/away", fields(world))
    visitor, home = inside(app, world)
    page = visitor.get(f"{home}/sharing").text
    assert "Rowan Member" in page
    assert "Stands in for Wren Lead" in page
    cover = db.session.query(Cover).one().id
    db.session.rollback()
    assert visitor.post(f"{home}/sharing/cover/{cover}/end").status_code == 303
    assert "Rowan Member" not in visitor.get(f"{home}/sharing").text.replace("Nobody", "")
    assert signed_in("rowan").get(f"/clients/{world.client_id}").status_code == 404
