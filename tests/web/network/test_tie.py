"""One tie: one's own referrals each, of others' only the band, and nothing of what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from careteam.features.accounts.models import Account
from careteam.kit.db import db
from tests.personas import World
from tests.support.pages import legible
from tests.support.referring import refer, remember
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]


def address(sender: UUID | None, receiver: UUID | None, ending: str = "") -> str:
    return f"/network/ties/{sender}/{receiver}{ending}"


def test_own_tie_opens_each_referral_with_what_came_of_it(world: World, signed_in: SignIn) -> None:
    me = world.wren.practitioner_id
    refer(me, world.juniper, 2, status="closed")
    refer(me, world.juniper, 1, status="declined")
    refer(me, world.juniper, 3)
    refer(me, world.juniper, 1, status="withdrawn")
    refer(me, world.juniper, 1, status="closed", happened_on=date(2025, 6, 1))
    refer(world.juniper, me, 4)
    remember(me, world.juniper, "few", "none")
    wren = signed_in("wren")
    said = legible(wren.get(address(me, world.juniper)).text)
    assert "You to Juniper Outside" in said
    assert "Wren Lead" in said, "the frame still names who is signed in"
    assert "Referrals 7 Accepted 3 Declined 1 No answer 3 or none yet" in said
    assert (said.count("10 January 2026"), said.count("1 June 2025")) == (7, 1)
    assert "Logged by hand" in said
    panel = wren.client.get(address(world.juniper, me, "/panel")).text
    assert "<html" not in panel
    assert "Referrals 4 Accepted 0" in legible(panel)


def test_tie_of_others_says_no_more_than_its_band(world: World, signed_in: SignIn) -> None:
    refer(world.juniper, world.ash.practitioner_id, 12, status="declined")
    said = legible(signed_in("wren").get(address(world.juniper, world.ash.practitioner_id)).text)
    assert "Some referrals (10 to 19), the last in January to June 2026" in said
    assert "12" not in said
    assert "Declined" not in said


def test_hidden_tie_looks_like_none(world: World, signed_in: SignIn) -> None:
    ash, rowan = world.ash.practitioner_id, world.rowan.practitioner_id
    wren = signed_in("wren")

    def shown() -> set[str]:
        pairs = ((ash, world.juniper), (ash, rowan))
        return {
            legible(wren.get(address(*pair, "/panel")).text)
            .replace("Rowan Member", "somebody")
            .replace("Juniper Outside", "somebody")
            for pair in pairs
        }

    refer(ash, world.juniper, 4)
    assert len(shown()) == 1, "four and none"
    refer(ash, world.juniper, 20)
    assert len(shown()) == 2
    db.session.get_one(Account, world.ash.account_id).keeps_ties_private = True
    db.session.commit()
    assert len(shown()) == 1, "private and none"


def test_how_soon_somebody_answers_stands_beside_their_ties(
    world: World, signed_in: SignIn
) -> None:
    wren, ash = world.wren.practitioner_id, world.ash.practitioner_id
    page, visitor = f"/network/people/{ash}/panel", signed_in("wren")
    refer(wren, ash, 2, status="accepted", answered_after=timedelta(hours=20))
    assert "Not known: too few" in legible(visitor.get(page).text)
    refer(wren, ash, 4, status="accepted", answered_after=timedelta(hours=20))
    assert "of 6 referrals" in legible(visitor.get(page).text)


@pytest.mark.parametrize("ending", ["", "/panel"])
def test_nobody_and_strangers(
    world: World, signed_in: SignIn, visitor: Visitor, ending: str
) -> None:
    wren = signed_in("wren")
    for other in (uuid4(), world.juniper):
        assert wren.get(address(world.juniper, other, ending)).status_code == 404
    answer = visitor.get(address(world.wren.practitioner_id, world.juniper, ending))
    assert answer.location.startswith("/sign-in")
