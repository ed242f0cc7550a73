"""Start for real, in the browser."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account, Community
from careteam.features.clients.models import Client
from careteam.features.demo.keys import practitioner_id
from careteam.kit.db import db
from tests.personas import a_client, a_goal, a_seat
from tests.support.pages import legible
from tests.support.sample import SAMPLE_PASSWORD
from tests.support.visitor import Visitor

MORGAN = {
    "community": "Harbour Road",
    "name": "Morgan Real",
    "email": "morgan@example.org",
    "password": "eleven grey herons",
}


@pytest.fixture
def linnet(sample: Actor, visitor: Visitor) -> Visitor:
    visitor.sign_in("linnet@example.org", SAMPLE_PASSWORD)
    return visitor


def test_page_names_what_goes_and_what_stays(linnet: Visitor):
    client = a_client(practitioner_id("linnet"), "Robin Typed")
    a_seat(a_goal(client), "physiotherapist", filled_by=practitioner_id("bryn"))
    db.session.commit()

    page = linnet.get("/sample")

    assert page.status_code == 200
    assert "This cannot be undone." in page.text
    assert "Bryn Heronsgate" in page.text
    assert "Corin Windrow" not in page.text


def test_start_for_real_removes_the_sample_and_keeps_the_session(linnet: Visitor):
    answer = linnet.post("/sample", MORGAN)

    assert answer.status_code == 200
    assert "60" not in legible(answer.text.split("<h1")[0])
    assert "59 practitioners, 4 clients" in answer.text
    account = linnet.get("/account")
    assert "Morgan Real" in account.text
    assert "Sample data." not in account.text
    assert db.session.scalars(select(Community.name)).all() == ["Harbour Road"]
    assert db.session.scalars(select(Client.id)).all() == []


def test_sample_password_no_longer_signs_in(linnet: Visitor, app: Flask):
    linnet.post("/sample", MORGAN)

    assert Visitor(app).sign_in("linnet@example.org", SAMPLE_PASSWORD).status_code == 422
    assert Visitor(app).sign_in("morgan@example.org", MORGAN["password"]).status_code == 303


def test_short_password_keeps_everything_and_what_was_typed(linnet: Visitor):
    answer = linnet.post("/sample", MORGAN | {"password": "short"})

    assert answer.status_code == 422
    assert "Harbour Road" in answer.text
    assert len(db.session.scalars(select(Client.id)).all()) == 4


def test_pressing_twice_does_no_harm(linnet: Visitor):
    linnet.post("/sample", MORGAN)

    assert linnet.post("/sample", MORGAN).status_code == 303
    assert linnet.get("/sample").status_code == 303
    assert db.session.scalars(select(Account.email)).all() == ["morgan@example.org"]


def test_member_reads_who_may_start_and_cannot(sample: Actor, visitor: Visitor):
    visitor.sign_in("bryn@example.org", SAMPLE_PASSWORD)

    page = visitor.get("/sample")

    assert "A steward of this community can start for real." in page.text
    assert "Remove the sample data" not in page.text
    assert visitor.post("/sample", MORGAN).status_code == 403


def test_stranger_is_asked_to_sign_in(sample: Actor, visitor: Visitor):
    assert visitor.get("/sample").status_code in (302, 303)
