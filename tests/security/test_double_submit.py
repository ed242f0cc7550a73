"""Pressing twice makes one, even where both requests look before either has made it."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock
from uuid import uuid4

from flask import g

from careteam.access.reach import NOBODY
from careteam.features.clients.models import Client
from careteam.features.clients.queries import find_client
from careteam.kit.db import db
from tests.personas import World, a_client
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def the_form(**more: str) -> dict[str, str]:
    return {
        "new_id": str(uuid4()),
        "name": "Twice Pressed",
        "consent_to_keep": "y",
        "keep_consent_how": "spoken",
        **more,
    }


def test_second_of_two_at_once_is_led_to_the_row(world: World, signed_in: SignIn) -> None:
    wren, form = signed_in("wren"), the_form()
    assert wren.post("/clients/new", form).status_code == 303
    looked: list[object] = []

    def not_there_yet(*arguments: object) -> object:
        looked.append(arguments)
        if len(looked) > 1:
            return find_client(*arguments)  # type: ignore[arg-type]
        g.reaches = {world.wren.key: NOBODY}  # as it was before the other request
        return None

    with mock.patch("careteam.web.clients.details.find_client", not_there_yet):
        answer = wren.post("/clients/new", form)
    assert (answer.status_code, answer.location) == (303, f"/clients/{form['new_id']}")
    assert db.session.query(Client).filter_by(name="Twice Pressed").count() == 1


def test_key_of_a_foreign_row_neither_shows_nor_changes_it(world: World, signed_in: SignIn) -> None:
    assert world.rowan.practitioner_id is not None
    theirs = a_client(world.rowan.practitioner_id, "Linden Sample").id
    db.session.commit()
    answer = signed_in("wren").post("/clients/new", the_form(new_id=str(theirs)))
    assert answer.status_code == 409
    assert "Linden" not in answer.text
    assert db.session.get_one(Client, theirs).name == "Linden Sample"
