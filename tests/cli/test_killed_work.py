"""Workers killed at any moment, two at a time: nothing lost, one message id, each change once."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask

from careteam.cli.check import derived_of
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit.db import db
from tests.personas import World
from tests.support.smtp import MailServer, mail_server
from tests.support.working import kill_workers, run_out_of_claims, worker

ROUNDS = int(os.environ.get("KILL_ROUNDS", "30"))
"""Seen with 1,000 as well; `pytest -s` shows the figures."""


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


def test_killed_workers_lose_no_mail_and_change_nothing_twice(
    world: World, app: Flask, server: MailServer
) -> None:
    done = kill_workers(world, app, server, ROUNDS, seed=7)
    server.hearing = lambda command: None
    run_out_of_claims()
    assert os.waitpid(worker(app, server), 0)[1] == 0

    messages = db.session.query(Message).all()
    sent = Counter(server.message_ids)
    sys.stdout.write(f"{done}, {len(messages)} messages, sent {len(server.taken)} times\n")
    assert done.kills > ROUNDS / 3
    assert [each.subject for each in messages if each.delivered_at is None] == []
    assert set(sent) == {each.message_id for each in messages}
    assert sum(sent.values()) - len(sent) <= done.kills, "each kill repeats one mail at most"
    assert server.overlaps == []
    for referral in db.session.query(Referral):
        events = events_of(referral)
        assert [each.action for each in events] == ["send", "deliver"]
        for column, value in derived_of(referral, events).items():
            assert getattr(referral, column) == value


def events_of(referral: Referral) -> list[ReferralEvent]:
    return (
        db.session.query(ReferralEvent)
        .filter_by(referral_id=referral.id)
        .order_by(ReferralEvent.number)
        .all()
    )
