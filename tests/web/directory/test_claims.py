"""Entries and accounts in a browser."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.kit.db import db
from tests.personas import World, a_practitioner, an_account
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


def test_this_is_me_claims_the_entry(world: World, signed_in: SignedIn) -> None:
    row = a_practitioner("Linden New", "counsellor").id
    account = an_account("Linden New", None).id
    db.session.commit()
    answer = signed_in("linden").post(f"/practitioners/{row}/claim")
    assert answer.location == f"/practitioners/{row}"
    assert db.session.get_one(Account, account).practitioner_id == row


def test_entry_of_another_is_not_claimed(world: World, signed_in: SignedIn) -> None:
    account = an_account("Linden New", None).id
    db.session.commit()
    linden = signed_in("linden")
    linden.post(f"/practitioners/{world.juniper}/claim")
    assert "Ask a steward" in linden.get(f"/practitioners/{world.juniper}").text
    assert db.session.get_one(Account, account).practitioner_id is None


def test_steward_gives_an_account_and_the_entry_is_claimed(
    world: World, signed_in: SignedIn
) -> None:
    sorrel, address = signed_in("sorrel"), f"/practitioners/{world.juniper}/account"
    assert 'value="juniper@example.org"' in sorrel.get(address).text
    form = {"email": "juniper@example.org", "password": "quiet river stones"}
    assert sorrel.post(f"{address}/new", form | {"password": "short"}).status_code == 422
    assert sorrel.post(f"{address}/new", form).status_code == 303
    account = db.session.query(Account).filter_by(email="juniper@example.org").one()
    assert (account.practitioner_id, account.must_change_password) == (world.juniper, True)
    assert db.session.get_one(Practitioner, world.juniper).claimed_at is not None


def test_steward_links_an_account_that_is_there(world: World, signed_in: SignedIn) -> None:
    account = an_account("Linden New", None).id
    db.session.commit()
    sorrel, address = signed_in("sorrel"), f"/practitioners/{world.juniper}/account"
    assert "Linden New" in sorrel.get(address).text
    assert sorrel.post(address, {"account": str(uuid4())}).status_code == 422
    assert sorrel.post(address, {"account": str(account)}).status_code == 303
    assert db.session.get_one(Account, account).practitioner_id == world.juniper


def test_member_gives_no_accounts(world: World, signed_in: SignedIn) -> None:
    rowan, address = signed_in("rowan"), f"/practitioners/{world.juniper}/account"
    assert rowan.get(address).status_code == 403
    assert rowan.post(address).status_code == 403
    assert rowan.post(f"{address}/new").status_code == 403
