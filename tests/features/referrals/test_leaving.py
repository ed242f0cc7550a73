"""What keeps a letter from leaving, on whatever surface it was written."""

from __future__ import annotations

from typing import Any

import pytest

from careteam.domain.referral import Action
from careteam.features.letters.sending import send_letter
from careteam.features.referrals.models import Referral
from careteam.features.referrals.operations import act, send_referral
from careteam.features.referrals.queries.letters import find_content
from careteam.kit.db import db
from careteam.kit.errors import Invalid
from tests.features.teams.making import answer, goal_on, seat_for
from tests.personas import World, a_consent
from tests.support.letters import CLASSES, a_draft

ED = "weight_loss_ed_history"


def a_letter(world: World, discipline: str, sign: str, **more: Any) -> Referral:
    """To Rowan, for this place, with the client's consent; beside a sign that is raised."""
    goal = goal_on(world, ED)
    assert world.rowan.practitioner_id is not None
    a_consent(goal, world.rowan.practitioner_id, CLASSES)
    seat = seat_for(goal, discipline)
    about = {"client_id": world.client_id, "goal_id": goal.id, "seat_id": seat.id}
    row = a_draft(world, world.rowan.practitioner_id, **about, **more)
    answer(world, goal, **{sign: "yes"})
    db.session.commit()
    return row


@pytest.mark.parametrize(
    ("discipline", "sign", "words"),
    [
        ("general_practitioner", "rapid_loss", "This is for today, by telephone"),
        ("dietitian", "faint_heart", "Answer the emergency first"),
    ],
)
def test_no_surface_sends_a_letter_that_can_wait_where_only_a_call_will_do(
    world: World, discipline: str, sign: str, words: str
) -> None:
    row = a_letter(world, discipline, sign)
    with pytest.raises(Invalid, match=words) as refused:
        send_referral(actor=world.wren, referral=row, route="phone")
    assert refused.value.field == "urgency"
    assert row.status == "draft"


def test_call_leaves_beside_an_emergency(world: World) -> None:
    row = a_letter(world, "dietitian", "faint_heart", urgency="same_day")
    send_referral(actor=world.wren, referral=row, route="phone", spoken_to="Rowan, at ten")
    assert row.status == "sent"


def test_letter_without_a_sign_on_its_own_goal_leaves(world: World) -> None:
    a_letter(world, "dietitian", "faint_heart")
    row = a_draft(world, world.rowan.practitioner_id)
    send_referral(actor=world.wren, referral=row, route="phone")
    assert row.status == "sent"


def test_opening_a_no_again_is_a_sending_too(world: World) -> None:
    row = a_letter(world, "dietitian", "rapid_loss")
    send_referral(actor=world.wren, referral=row, route="phone")
    act(actor=world.rowan, referral=row, action=Action.DECLINE, data={"reason": "no_capacity"})
    goal = goal_on(world, ED)
    row.goal_id, row.seat_id = goal.id, seat_for(goal, "dietitian").id
    assert world.rowan.practitioner_id is not None
    a_consent(goal, world.rowan.practitioner_id, CLASSES)
    answer(world, goal, faint_heart="yes")
    db.session.commit()
    with pytest.raises(Invalid, match="Answer the emergency first"):
        act(actor=world.wren, referral=row, action=Action.REOPEN)
    assert row.status == "declined"


def test_letter_takes_along_what_is_ticked_beforehand(world: World) -> None:
    row = a_letter(world, "dietitian", "rapid_loss")
    send_letter(actor=world.wren, referral=row, route="phone")
    content = find_content(row.id)
    assert content is not None
    assert "goal" in content.chosen
    assert content.sent is not None
