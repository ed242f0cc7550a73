"""Whose entry is whose, and how nobody takes that of another."""

from __future__ import annotations

import pytest

from careteam.access.actor import Actor
from careteam.features.accounts.models import Account
from careteam.features.accounts.operations import change_own_details
from careteam.features.accounts.queries import actor_of
from careteam.features.directory.claiming import add_own_entry, claim_entry, link_entry
from careteam.features.directory.details import Details, details_of
from careteam.features.directory.operations import add_practitioner, change_practitioner
from careteam.features.directory.queries import find_own_looking_entry, get_practitioner
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Invalid, NotFound
from tests.personas import World, an_account


@pytest.fixture
def linden(world: World) -> Account:
    """Somebody new, with an account and no entry."""
    account = an_account("Linden New", None)
    db.session.commit()
    return account


def entry_of_linden(world: World, email: str = "linden@example.org") -> Details:
    return Details(name="Linden N.", disciplines=("counsellor",), email=email)


def acting(account: Account) -> Actor:
    return actor_of(account)


def test_entry_with_the_accounts_email_is_offered_and_claimed(
    world: World, linden: Account
) -> None:
    row = add_practitioner(actor=world.wren, details=entry_of_linden(world))
    db.session.commit()
    assert find_own_looking_entry(acting(linden)) is row
    claim_entry(actor=acting(linden), account=linden, practitioner=row)
    db.session.commit()
    assert linden.practitioner_id == row.id
    assert row.claimed_at == clock.now()
    assert find_own_looking_entry(acting(linden)) is None


def test_email_one_wrote_into_an_entry_oneself_claims_nothing(
    world: World, linden: Account
) -> None:
    row = add_practitioner(actor=world.wren, details=entry_of_linden(world, "somebody@example.org"))
    db.session.commit()
    row = get_practitioner(acting(linden), row.id)
    mine = Details(**(details_of(row).values() | {"email": "linden@example.org"}))
    change_practitioner(actor=acting(linden), practitioner=row, details=mine)
    db.session.commit()
    assert find_own_looking_entry(acting(linden)) is None
    with pytest.raises(Invalid):
        claim_entry(actor=acting(linden), account=linden, practitioner=row)


def test_email_a_friend_wrote_into_an_entry_claims_nothing(world: World, linden: Account) -> None:
    row = add_practitioner(actor=world.wren, details=entry_of_linden(world, "somebody@example.org"))
    db.session.commit()
    row = get_practitioner(world.rowan, row.id)
    friends = Details(**(details_of(row).values() | {"email": "linden@example.org"}))
    change_practitioner(actor=world.rowan, practitioner=row, details=friends)
    db.session.commit()
    assert find_own_looking_entry(acting(linden)) is None
    with pytest.raises(Invalid, match="Ask a steward"):
        claim_entry(actor=acting(linden), account=linden, practitioner=row)
    link_entry(actor=world.sorrel, account=linden, practitioner=row)
    assert linden.practitioner_id == row.id


def test_entry_changed_in_anything_but_its_email_is_claimed(world: World, linden: Account) -> None:
    row = add_practitioner(actor=world.wren, details=entry_of_linden(world))
    db.session.commit()
    row = get_practitioner(world.rowan, row.id)
    renamed = Details(**(details_of(row).values() | {"name": "Linden New", "bio": "Wednesdays"}))
    change_practitioner(actor=world.rowan, practitioner=row, details=renamed)
    db.session.commit()
    claim_entry(actor=acting(linden), account=linden, practitioner=row)
    assert linden.practitioner_id == row.id


def test_email_one_gave_ones_account_claims_nothing(world: World, linden: Account) -> None:
    row = add_practitioner(actor=world.wren, details=entry_of_linden(world, "somebody@example.org"))
    change_own_details(
        actor=acting(linden),
        account=linden,
        name="Linden New",
        email="somebody@example.org",
        keeps_ties_private=False,
    )
    db.session.commit()
    assert find_own_looking_entry(acting(linden)) is None
    with pytest.raises(Invalid):
        claim_entry(actor=acting(linden), account=linden, practitioner=row)


def test_claimed_entry_is_claimed_once(world: World, linden: Account) -> None:
    rowans = get_practitioner(world.rowan, world.rowan.practitioner_id)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        link_entry(actor=world.sorrel, account=linden, practitioner=rowans)


def test_account_has_one_entry(world: World, linden: Account) -> None:
    add_own_entry(actor=acting(linden), account=linden, details=entry_of_linden(world))
    db.session.commit()
    with pytest.raises(Conflict):
        add_own_entry(actor=acting(linden), account=linden, details=entry_of_linden(world))


def test_linking_is_for_stewards(world: World, linden: Account) -> None:
    row = get_practitioner(world.wren, world.juniper)
    with pytest.raises(NotFound):
        link_entry(actor=world.wren, account=linden, practitioner=row)
    link_entry(actor=world.sorrel, account=linden, practitioner=row)
    assert linden.practitioner_id == world.juniper
