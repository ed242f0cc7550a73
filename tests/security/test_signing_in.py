"""Guessing passwords: how often, how fast, and what it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import insert

from careteam.features.accounts import passwords
from careteam.features.accounts.models import Account, FailedTry, SignIn
from careteam.features.accounts.signing_in import check_password
from careteam.kit import clock
from careteam.kit.db import db, own_transaction
from careteam.kit.errors import Invalid, TooMany
from tests.personas import PASSWORD, World
from tests.support.visitor import Visitor


@contextmanager
def hashing(result: Callable[[], bool]) -> Iterator[list[str]]:
    """Put `result` in place of the real hashing; collects what was compared with."""
    compared: list[str] = []

    def verify(_self: PasswordHasher, stored: str, _password: str) -> bool:
        compared.append(stored)
        if not result():
            raise VerifyMismatchError
        return True

    with mock.patch.object(PasswordHasher, "verify", verify):
        yield compared


@pytest.mark.parametrize("email", ["wren@example.org", "nobody@example.org"])
def test_unknown_address_costs_as_much_as_a_known_one(world: World, email: str) -> None:
    with hashing(lambda: False) as compared, pytest.raises(Invalid):
        check_password(email, "not this one", "10.0.0.1")
    assert len(compared) == 1


def test_closed_account_costs_and_reads_the_same(world: World) -> None:
    db.session.get_one(Account, world.rowan.account_id).disabled_at = clock.now()
    db.session.commit()
    with hashing(lambda: True) as compared, pytest.raises(Invalid, match="do not match"):
        check_password("rowan@example.org", PASSWORD, "10.0.0.1")
    assert len(compared) == 1


def test_tries_at_the_same_moment_never_pass_the_limit(world: World) -> None:
    """Forty requests, each beginning while the one before it is still hashing."""
    waiting = iter(range(39))
    refused = []

    def next_one_meanwhile() -> bool:
        if next(waiting, None) is not None:
            try_once()
        return False

    def try_once() -> None:
        try:
            check_password("wren@example.org", "wrong wrong", "10.0.0.1")
        except TooMany:
            refused.append(1)
        except Invalid:
            pass

    with hashing(next_one_meanwhile) as compared:
        for _ in range(30):
            try_once()
    assert len(compared) == 10
    assert refused


def test_hashing_holds_no_lock(world: World) -> None:
    """Somebody else can save while a password is being checked."""

    def somebody_saves() -> bool:
        with own_transaction() as connection:
            connection.execute(insert(FailedTry), [{"id": uuid4(), "key_hash": "x", "at": now}])
        return True

    now = clock.now()
    with hashing(somebody_saves):
        assert check_password("wren@example.org", PASSWORD, "10.0.0.1").name == "Wren Lead"


def test_password_changed_during_the_check_is_not_let_in(world: World) -> None:
    def changed_meanwhile() -> bool:
        account = db.session.get_one(Account, world.wren.account_id)
        account.password_hash = passwords.hash_password("another quiet river")
        db.session.commit()
        return True

    with hashing(changed_meanwhile), pytest.raises(Invalid):
        check_password("wren@example.org", PASSWORD, "10.0.0.1")


def test_right_password_and_refused_tries_leave_no_count(world: World) -> None:
    for _ in range(12):
        check_password("wren@example.org", PASSWORD, "10.0.0.1")
    assert db.session.query(FailedTry).count() == 0
    for _ in range(10):
        with pytest.raises(Invalid):
            check_password("wren@example.org", "wrong wrong", "10.0.0.1")
    for _ in range(5):
        with pytest.raises(TooMany):
            check_password("wren@example.org", PASSWORD, "10.0.0.1")
    assert db.session.query(FailedTry).count() == 20
    assert check_password("wren@example.org", PASSWORD, "10.0.0.2").name == "Wren Lead"


def test_signing_in_again_ends_the_session_before(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    before = wren.client.get_cookie("careteam")
    assert wren.sign_in("rowan@example.org", PASSWORD).status_code == 303
    after = wren.client.get_cookie("careteam")
    assert before is not None
    assert after is not None
    assert after.value != before.value
    standing = db.session.query(SignIn).filter(SignIn.ended_at.is_(None)).all()
    assert [each.account_id for each in standing] == [world.rowan.account_id]


def test_open_screen_is_no_place_to_guess_the_password(
    world: World, signed_in: Callable[[str], Visitor]
) -> None:
    wren = signed_in("wren")
    guess = {"current": "wrong wrong", "password": "another quiet river"}
    answers = [wren.post("/account/password", guess).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_account_sent_twice_is_made_once(world: World, signed_in: Callable[[str], Visitor]) -> None:
    sorrel = signed_in("sorrel")
    form = {
        "new_id": str(uuid4()),
        "name": "Linden Late",
        "email": "linden@example.org",
        "password": "another quiet river",
    }
    assert [sorrel.post("/accounts/new", form).status_code for _ in range(2)] == [303, 303]
    assert db.session.query(Account).filter_by(email="linden@example.org").count() == 1
