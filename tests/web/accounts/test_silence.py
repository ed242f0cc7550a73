"""The community's steps, and the Monday mail of one's own account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from careteam.features.accounts.models import Account
from careteam.features.referrals.models import ChaseDefault
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import a_waiting_referral, chase_of, on, work
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
STEPS = {"remind_days": "1", "tell_days": "2", "propose_days": "3", "expire_days": "4"}


def test_steward_changes_what_follows_silence(world: World, signed_in: SignedIn) -> None:
    referral_id = a_waiting_referral(world)
    sorrel = signed_in("sorrel")
    assert "When nobody answers a referral" in sorrel.get("/community/silence").text
    answer = sorrel.post("/community/silence/routine", {**STEPS, "version": "0"})
    assert answer.status_code == 303
    work("2026-03-04 09:31")
    assert chase_of(referral_id).due_at == on("2026-03-05 09:30")


@pytest.mark.parametrize("name", ["wren", "rowan"])
def test_others_do_not(world: World, signed_in: SignedIn, name: str) -> None:
    visitor = signed_in(name)
    assert visitor.get("/community/silence").status_code in (403, 404)
    assert visitor.post("/community/silence/routine", STEPS).status_code in (403, 404)
    assert db.session.query(ChaseDefault).count() == 0


@pytest.mark.parametrize("urgency", ["emergency", "same_day", "information", "nothing"])
def test_fixed_and_unknown_urgencies_have_no_steps(
    world: World, signed_in: SignedIn, urgency: str
) -> None:
    answer = signed_in("sorrel").post(f"/community/silence/{urgency}", {**STEPS, "version": "0"})
    assert answer.status_code == 404


def test_wrong_steps_are_kept_as_typed(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("sorrel").post(
        "/community/silence/soon", {**STEPS, "tell_days": "", "remind_days": "17", "version": "0"}
    )
    assert answer.status_code == 422
    assert "After how many days are you told?" in answer.text
    assert 'value="17"' in answer.text


def test_two_stewards_at_once_are_shown_both(world: World, signed_in: SignedIn) -> None:
    sorrel, was = signed_in("sorrel"), '{"tell_days": 10}'
    sorrel.post("/community/silence/routine", {**STEPS, "version": "0"})
    late = {**STEPS, "tell_days": "3", "version": "0", "was": was}
    answer = sorrel.post("/community/silence/routine", late)
    assert answer.status_code == 409


def test_monday_mail_is_stopped_in_one_tap(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")

    def wants() -> bool:
        db.session.expire_all()
        return db.session.get_one(Account, world.wren.account_id).wants_monday_mail

    assert "Stop the Monday mail" in wren.get("/account").text
    assert wren.post("/account/monday-mail/off").status_code == 303
    assert not wants()
    assert wren.post("/account/monday-mail/on").status_code == 303
    assert wants()
    assert wren.post("/account/monday-mail/perhaps").status_code == 404
