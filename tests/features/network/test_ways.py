"""No answer leads over a tie that the member may not see."""

from __future__ import annotations

from uuid import UUID

import pytest

from careteam.features.accounts.models import Account
from careteam.features.network.knowing.work import work_out
from careteam.features.network.questions.around import hanging_of, ways_to
from careteam.features.network.questions.community import community_known
from careteam.kit.db import db
from tests.personas import World, a_practitioner
from tests.support.referring import refer


@pytest.fixture
def cedar(world: World) -> str:
    """A counsellor to whom Ash refers, whom Wren knows."""
    cedar = a_practitioner("Cedar Far", "counsellor", place="Leeds")
    refer(world.wren.practitioner_id, world.ash.practitioner_id, 6, status="closed")
    refer(world.ash.practitioner_id, cedar.id, 4, status="closed")
    return str(cedar.id)


def names(world: World) -> list[list[str]]:
    return [[person.name for person in way.people] for way in ways_to(world.wren, "counsellor")]


def test_way_leads_over_ties_from_five_referrals_on_that_nobody_hides(
    world: World, cedar: str
) -> None:
    assert names(world) == []
    refer(world.ash.practitioner_id, UUID(cedar), status="closed")
    assert names(world) == [["Wren Lead", "Ash Seated", "Cedar Far"]]
    work_out()
    assert "Ash Seated" in [person.name for person in community_known(world.wren).connectors]

    db.session.get_one(Account, world.ash.account_id).keeps_ties_private = True
    db.session.commit()
    assert names(world) == []
    stale = community_known(world.wren)
    assert stale.known["connectors"].value is not None
    assert list(stale.connectors) == []


def test_whoever_is_known_already_comes_first(world: World, cedar: str) -> None:
    refer(world.ash.practitioner_id, UUID(cedar), status="closed")
    refer(world.wren.practitioner_id, UUID(cedar), status="declined")
    assert names(world) == [["Wren Lead", "Cedar Far"]]
    hanging = {each.discipline: each for each in hanging_of(world.wren)[0]}
    assert [person.name for person in hanging["counsellor"].through] == ["Cedar Far"]
    assert (hanging["counsellor"].share.of, hanging["counsellor"].share.is_few) == (1, True)
