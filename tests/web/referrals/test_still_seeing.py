"""A consent that outlives a no is named to whoever keeps the record, with one press to end it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from careteam.domain.referral import Action
from careteam.features.consents.models import Consent
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act
from careteam.features.referrals.queries.still_seeing import list_still_seeing
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.letters import about, an_open_seat, sent
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
SENTENCE = "Rowan Member said no and may still see what Hazel Sample agreed to share."
NO = {
    Action.DECLINE: {"reason": "no_capacity"},
    Action.REDIRECT: {"to": "Somebody else"},
}


def refused(world: World, action: Action = Action.DECLINE) -> Referral:
    seat = an_open_seat(world, consent_for=world.rowan.practitioner_id)
    row = sent(world, world.rowan.practitioner_id, **about(world, seat))
    act(actor=world.rowan, referral=row, action=action, data=NO[action])
    db.session.commit()
    return row


def consent_of_rowan(world: World) -> Consent:
    return db.session.query(Consent).filter_by(practitioner_id=world.rowan.practitioner_id).one()


@pytest.mark.parametrize("action", list(NO))
def test_lead_is_told_and_ends_it_with_one_press(
    world: World, signed_in: SignedIn, action: Action
) -> None:
    row_id = refused(world, action).id
    ending = f"/clients/{world.client_id}/consent/{consent_of_rowan(world).id}/withdraw"
    wren = signed_in("wren")
    addresses = (f"/referrals/{row_id}", f"/clients/{world.client_id}")
    for address in addresses:
        page = wren.get(address).text
        assert SENTENCE in page
        assert f'action="{ending}"' in page
    assert wren.post(ending).status_code == 303
    for address in addresses:
        assert "may still see" not in wren.get(address).text


def test_whoever_said_no_is_not_told(world: World, signed_in: SignedIn) -> None:
    row_id = refused(world).id
    rowan = signed_in("rowan")
    assert "may still see" not in rowan.get(f"/referrals/{row_id}").text
    assert rowan.get(f"/clients/{world.client_id}").status_code == 404


def test_only_the_lead_finds_them(world: World) -> None:
    refused(world)
    assert [one.name for one in list_still_seeing(world.wren, world.client_id)] == ["Rowan Member"]
    for other in (world.rowan, world.ash, world.sorrel):
        assert list_still_seeing(other, world.client_id) == []


def test_consent_that_has_ended_by_itself_is_not_named(world: World) -> None:
    refused(world)
    consent_of_rowan(world).until_on = clock.today().replace(day=1)
    db.session.commit()
    assert list_still_seeing(world.wren, world.client_id) == []


def test_consent_still_needed_for_another_referral_is_not_named(
    world: World, signed_in: SignedIn
) -> None:
    row_id = refused(world).id
    sent(world, world.rowan.practitioner_id, client_id=world.client_id, goal_id=world.goal_id)
    assert list_still_seeing(world.wren, world.client_id) == []
    assert "may still see" not in signed_in("wren").get(f"/referrals/{row_id}").text


def test_consent_of_somebody_on_the_team_is_not_named(world: World) -> None:
    refused(world)
    seat = db.session.get_one(Seat, an_open_seat(world).id)
    seat.state, seat.practitioner_id = "filled", world.rowan.practitioner_id
    db.session.commit()
    assert list_still_seeing(world.wren, world.client_id) == []
