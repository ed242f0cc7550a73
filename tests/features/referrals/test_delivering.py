"""A mail server's word for a referral: one event, in the transaction that notes the delivery."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from careteam.cli.work import follow_delivery
from careteam.domain.referral import Action, Way
from careteam.features.outbox.delivery import deliver_due
from careteam.features.outbox.mail import Mail
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.delivering import HAND_OVER
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.features.referrals.moves import Move, make
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.working import a_mailed_referral


def actions(referral: Referral) -> list[tuple[str, str]]:
    rows = db.session.query(ReferralEvent).filter_by(referral_id=referral.id)
    return [(row.action, row.party) for row in rows.order_by(ReferralEvent.number)]


def deliver() -> None:
    deliver_due(lambda mail: None, follow_delivery)


@pytest.fixture
def referral(world: World) -> Referral:
    row = a_mailed_referral(world)
    db.session.commit()
    assert row.delivered_at is None
    return row


def test_delivery_starts_the_clock(referral: Referral) -> None:
    later = clock.now() + timedelta(minutes=7)
    with clock.stopped(later):
        deliver()
    assert actions(referral) == [("send", "sender"), ("deliver", "policy")]
    assert (referral.delivered_at, referral.status) == (later, "sent")


def test_second_mail_about_it_starts_no_second_clock(referral: Referral) -> None:
    deliver()
    queue_message(
        recipient="juniper@example.org",
        subject="Again",
        body="x",
        about_id=referral.id,
        purpose=HAND_OVER,
    )
    db.session.commit()
    deliver()
    assert actions(referral) == [("send", "sender"), ("deliver", "policy")]


def test_mail_for_another_purpose_is_no_delivery(referral: Referral) -> None:
    follow_delivery(Mail(uuid4(), "<a@b>", "hazel@example.org", "s", "b", about_id=referral.id))
    db.session.commit()
    assert actions(referral) == [("send", "sender")]


def test_delivery_after_the_answer_by_telephone_is_noted(world: World, referral: Referral) -> None:
    make(
        world.wren,
        referral,
        Move(Action.ACKNOWLEDGE, by_hand=True, way=Way.PHONE),
    )
    db.session.commit()
    deliver()
    assert [action for action, _ in actions(referral)] == ["send", "acknowledge", "deliver"]
    assert referral.status == "acknowledged"


def test_delivery_of_a_referral_that_is_a_draft_again_writes_nothing(
    world: World, referral: Referral
) -> None:
    for action in (Action.WITHDRAW, Action.REOPEN):
        make(world.wren, referral, Move(action))
    db.session.commit()
    deliver()
    assert [action for action, _ in actions(referral)] == ["send", "withdraw", "reopen"]


def test_referral_that_is_gone_stops_no_delivery(world: World, referral: Referral) -> None:
    queue_message(
        recipient="juniper@example.org", subject="s", body="b", about_id=uuid4(), purpose=HAND_OVER
    )
    db.session.commit()
    done = deliver_due(lambda mail: None, follow_delivery)
    assert done.delivered == 2
