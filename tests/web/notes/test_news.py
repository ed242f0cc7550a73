"""How often word of notes comes, chosen on the account page and behind a link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.kit.db import db
from tests.personas import World, an_account
from tests.support.linking import a_linked_referral, a_place, open_link
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
HEADING = "Mail about what is new"


def choice_of(world: World) -> str:
    db.session.expire_all()
    return db.session.get_one(Account, world.wren.account_id).news_mail


def test_account_chooses_one_of_three(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert HEADING in wren.get("/account").text
    assert choice_of(world) == "daily"
    for wanted in ("never", "at_once", "daily"):
        answer = wren.post("/account/news-mail", {"news_mail": wanted})
        assert answer.location == "/account#news-mail"
        assert choice_of(world) == wanted


@pytest.mark.parametrize("wrong", [{}, {"news_mail": ""}, {"news_mail": "hourly"}])
def test_anything_else_is_refused_in_place(
    world: World, signed_in: SignedIn, wrong: dict[str, str]
) -> None:
    answer = signed_in("wren").post("/account/news-mail", wrong)
    assert answer.status_code == 422
    assert "Choose how often." in answer.text
    assert choice_of(world) == "daily"


def test_whoever_has_no_entry_reads_no_notes_and_has_no_choice(
    world: World, signed_in: SignedIn
) -> None:
    assert HEADING not in signed_in("sorrel").get("/account").text


def test_holder_of_a_link_chooses_beside_the_notes(app: Flask, world: World) -> None:
    referral_id, visitor, home = a_place(app, world)
    page = visitor.get(f"{home}/notes").text
    assert HEADING in page
    assert "juniper@example.org" in page
    assert visitor.post(f"{home}/notes/mail", {"news_mail": "hourly"}).status_code == 422
    answer = visitor.post(f"{home}/notes/mail", {"news_mail": "never"})
    assert answer.location == f"{home}/notes#news-mail"
    db.session.expire_all()
    link = db.session.query(Link).filter_by(referral_id=referral_id).one()
    assert link.news_mail == "never"


def test_before_the_code_nothing_is_chosen(app: Flask, world: World) -> None:
    referral_id, path = a_linked_referral(world)
    visitor, home = open_link(app, path)
    visitor.post(f"{home}/accept", {"contact": "client"})
    answer = visitor.post(f"{home}/notes/mail", {"news_mail": "never"})
    assert answer.location == f"{home}/code"
    assert db.session.query(Link).filter_by(referral_id=referral_id).one().news_mail == "daily"


@pytest.mark.parametrize("why", ["account", "no address"])
def test_choice_is_not_offered_where_no_mail_comes_by_this_link(
    app: Flask, world: World, why: str
) -> None:
    _, visitor, home = a_place(app, world)
    entry = db.session.get_one(Practitioner, world.juniper)
    if why == "account":
        an_account("Juniper Outside", entry)
    else:
        entry.email = None
    db.session.commit()
    page = visitor.get(f"{home}/notes")
    assert page.status_code == 200
    assert HEADING not in page.text
