"""What a steward does for the others: accounts, forgotten passwords, the community's name."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from careteam.features.accounts.models import Account, Community
from careteam.features.outbox.models import Message
from careteam.kit.db import db
from tests.personas import PASSWORD, World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
FIRST = "four plain garden words"


def rowan_of(world: World) -> Account:
    db.session.expire_all()
    return db.session.get_one(Account, world.rowan.account_id)


def set_password(steward: Visitor, account_id: UUID | None, password: str = FIRST) -> int:
    return steward.post(f"/accounts/{account_id}/password", {"password": password}).status_code


def test_new_account_must_choose_its_own_password_first(
    world: World, signed_in: SignedIn, visitor: Visitor
) -> None:
    form = {"name": "Tansy New", "email": "tansy@example.org", "password": FIRST}
    assert signed_in("sorrel").post("/accounts/new", form).status_code == 303
    assert visitor.sign_in("tansy@example.org", FIRST).status_code == 303
    assert visitor.get("/practitioners").location == "/account/password"
    assert "Choose your own to go on" in visitor.get("/account/password").text
    own = {"current": FIRST, "password": "another quiet river"}
    assert visitor.post("/account/password", own).status_code == 303
    assert visitor.get("/practitioners").status_code == 200


def test_forgotten_password_is_set_anew_and_told(
    world: World, signed_in: SignedIn, visitor: Visitor
) -> None:
    rowan = signed_in("rowan")
    assert set_password(signed_in("sorrel"), world.rowan.account_id) == 303
    assert rowan.get("/account").status_code == 303
    assert visitor.sign_in("rowan@example.org", PASSWORD).status_code == 422
    assert visitor.sign_in("rowan@example.org", FIRST).status_code == 303
    assert visitor.get("/").location == "/account/password"
    mail = db.session.query(Message).one()
    assert mail.recipient == "rowan@example.org"
    assert "Sorrel Steward has set a new first password" in mail.body
    assert FIRST not in mail.body


def test_weak_first_password_changes_nothing(
    world: World, signed_in: SignedIn, visitor: Visitor
) -> None:
    answer = signed_in("sorrel").post(
        f"/accounts/{world.rowan.account_id}/password", {"password": "short"}
    )
    assert answer.status_code == 422
    assert "10 characters or more" in answer.text
    assert visitor.sign_in("rowan@example.org", PASSWORD).status_code == 303
    assert db.session.query(Message).count() == 0


def test_own_password_is_not_set_without_the_one_now(world: World, signed_in: SignedIn) -> None:
    assert set_password(signed_in("sorrel"), world.sorrel.account_id) == 422


def test_closed_account_gets_no_password(world: World, signed_in: SignedIn) -> None:
    sorrel = signed_in("sorrel")
    sorrel.post(f"/accounts/{world.rowan.account_id}/close")
    assert set_password(sorrel, world.rowan.account_id) == 422
    sorrel.post(f"/accounts/{world.rowan.account_id}/open")
    assert set_password(sorrel, world.rowan.account_id) == 303


def test_steward_makes_another_but_never_leaves_none(world: World, signed_in: SignedIn) -> None:
    sorrel = signed_in("sorrel")
    made = sorrel.post(f"/accounts/{world.rowan.account_id}/steward", {"is_steward": "y"})
    assert made.status_code == 303
    assert rowan_of(world).is_steward
    assert signed_in("rowan").get("/accounts").status_code == 200
    sorrel.post(f"/accounts/{world.rowan.account_id}/steward", {"is_steward": ""})
    assert not rowan_of(world).is_steward
    own = sorrel.post(f"/accounts/{world.sorrel.account_id}/steward", {"is_steward": ""})
    assert own.status_code == 422
    assert sorrel.get("/accounts").status_code == 200


def test_accounts_are_found_by_words_and_turned_page_by_page(
    world: World, signed_in: SignedIn
) -> None:
    for number in range(60):
        db.session.add(
            Account(email=f"a{number}@example.org", name=f"Zz {number:02d}", password_hash="none")
        )
    db.session.commit()
    sorrel = signed_in("sorrel")
    first, second = (sorrel.get(f"/accounts?page={page}").text for page in (1, 999))
    assert "Rowan" in first
    assert "Zz 59" not in first
    assert "Zz 59" in second
    found = sorrel.get("/accounts?q=A7@+zZ").text
    assert "Zz 07" in found
    assert "Zz 08" not in found
    assert "No account with “100%”" in sorrel.get("/accounts?q=100%25").text


def test_community_is_renamed_and_a_late_name_is_shown_beside(
    world: World, signed_in: SignedIn
) -> None:
    sorrel = signed_in("sorrel")
    assert 'value="Harbour Road"' in sorrel.get("/community").text
    form = {"name": "Mill Lane", "version": 1, "was": '{"name": "Harbour Road"}'}
    assert sorrel.post("/community", form).status_code == 303
    assert "Mill Lane" in sorrel.get("/").text
    late = sorrel.post("/community", form | {"name": "Hill Street"})
    assert late.status_code == 409
    assert "Mill Lane" in late.text
    assert "Hill Street" in late.text
    assert sorrel.post("/community", {"name": " ", "version": 2}).status_code == 422
    assert db.session.query(Community).one().name == "Mill Lane"


@pytest.mark.parametrize("page", ["", "/password", "/steward"])
def test_member_reaches_no_account_of_another(world: World, signed_in: SignedIn, page: str) -> None:
    path = f"/accounts/{world.wren.account_id}{page}"
    rowan = signed_in("rowan")
    answer = rowan.post(path, {"password": FIRST, "is_steward": "y"}) if page else rowan.get(path)
    assert answer.status_code == 403
    assert rowan.get("/community").status_code == 403
    assert rowan.post("/community", {"name": "Mine", "version": 1}).status_code == 403


def test_unknown_account_is_not_there(world: World, signed_in: SignedIn) -> None:
    missing = UUID("00000000-0000-4000-8000-000000000000")
    sorrel = signed_in("sorrel")
    assert sorrel.get(f"/accounts/{missing}").status_code == 404
    assert set_password(sorrel, missing) == 404
