"""Setting up, signing in and out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from careteam.features.accounts.models import Account, SignIn
from careteam.features.accounts.operations import make_setup_link
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import PASSWORD, World
from tests.support.visitor import Visitor


def test_setup_link_makes_the_first_steward_once(app: Flask, visitor: Visitor) -> None:
    token = make_setup_link()
    db.session.commit()
    form = {
        "token": token,
        "community": "Harbour Road",
        "name": "Wren Lead",
        "email": "Wren@Example.org",
        "password": PASSWORD,
    }
    assert visitor.get(f"/setup?token={token}").status_code == 200
    assert visitor.post("/setup", form).status_code == 303
    account = db.session.query(Account).one()
    assert (account.email, account.is_steward) == ("wren@example.org", True)
    assert visitor.get("/account").status_code == 200
    assert Visitor(app).get(f"/setup?token={token}").status_code == 404


def test_setup_without_the_link_is_nothing(visitor: Visitor) -> None:
    assert visitor.get("/setup").status_code == 404
    assert visitor.get("/setup?token=guess").status_code == 404


def test_guessable_password_is_refused_beside_the_field(app: Flask, visitor: Visitor) -> None:
    token = make_setup_link()
    db.session.commit()
    answer = visitor.post(
        "/setup",
        {
            "token": token,
            "community": "H",
            "name": "Wren",
            "email": "w@example.org",
            "password": "short",
        },
    )
    assert answer.status_code == 422
    assert "10 characters or more" in answer.text
    assert 'value="w@example.org"' in answer.text
    assert db.session.query(Account).count() == 0


@pytest.mark.parametrize("address", ["/setup", "/accounts/new"])
def test_a_weak_password_is_named_beside_a_wrong_address(
    world: World, signed_in: Callable[[str], Visitor], address: str
) -> None:
    wrong = {"community": "H", "name": "Wren", "email": "wren", "password": "short"}
    answer = signed_in("sorrel").post(address, wrong)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert "Use 10 characters or more." in answer.text


def test_wrong_password_and_unknown_address_read_the_same(world: World, visitor: Visitor) -> None:
    wrong = visitor.sign_in("wren@example.org", "not this one")
    unknown = visitor.sign_in("nobody@example.org", "not this one")
    assert wrong.status_code == unknown.status_code == 422
    assert "do not match" in wrong.text
    assert "do not match" in unknown.text


def test_tenth_wrong_password_closes_the_door_for_a_while(world: World, visitor: Visitor) -> None:
    for _ in range(10):
        assert visitor.sign_in("wren@example.org", "wrong wrong").status_code == 422
    assert visitor.sign_in("wren@example.org", PASSWORD).status_code == 429
    with clock.stopped(clock.now() + timedelta(minutes=16)):
        assert visitor.sign_in("wren@example.org", PASSWORD).status_code == 303


def test_signing_out_ends_the_session_on_the_server(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    cookie = wren.client.get_cookie("careteam")
    assert cookie is not None
    wren.post("/sign-out")
    wren.client.set_cookie("careteam", cookie.value)
    assert wren.get("/account").status_code == 303


def test_new_password_ends_every_other_session(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    here, there = signed_in("wren"), signed_in("wren")
    form = {"current": PASSWORD, "password": "another quiet river"}
    assert here.post("/account/password", form).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_session_of_another_cannot_be_ended(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    theirs = db.session.query(SignIn).filter_by(account_id=world.wren.account_id).one()
    assert rowan.post(f"/account/sign-ins/{theirs.id}/end").status_code == 404
    assert wren.get("/account").status_code == 200


def test_redirect_after_sign_in_never_leaves(world: World, visitor: Visitor) -> None:
    for trap in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"):
        answer = Visitor(visitor.app).post(
            "/sign-in", {"email": "wren@example.org", "password": PASSWORD, "next": trap}
        )
        assert answer.location == "/"


def test_closed_account_is_signed_out_and_kept_out(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    rowan, sorrel = signed_in("rowan"), signed_in("sorrel")
    sorrel.post(f"/accounts/{world.rowan.account_id}/close")
    assert rowan.get("/account").status_code == 303
    assert Visitor(rowan.app).sign_in("rowan@example.org", PASSWORD).status_code == 422


def test_member_is_no_steward(world: World, signed_in: Callable[[str], Visitor]) -> None:
    assert signed_in("rowan").get("/accounts").status_code == 403
