"""Workers of the silence policy killed at any moment, two at a time: each step once."""

from __future__ import annotations

import os
import signal
import time
from random import Random

import pytest
from flask import Flask

from careteam.features.outbox.models import Message
from careteam.features.referrals.chasing import working
from careteam.features.referrals.chasing.working import run_policy
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.chasing import a_waiting_referral, actions, on

ROUNDS = int(os.environ.get("KILL_ROUNDS", "12"))


def worker(app: Flask) -> int:
    """Run the policy in another process; its number."""
    db.session.remove()
    child = os.fork()
    if child:
        return child
    try:
        with app.app_context():
            db.engine.dispose(close=False)
            run_policy()
    finally:
        os._exit(0)


def test_killed_workers_take_each_step_once(
    world: World, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "BATCH", 3)  # several to be killed between, and in
    random, kills = Random(11), 0
    ids = [a_waiting_referral(world) for _ in range(ROUNDS)]
    with clock.stopped(on("2026-03-11 09:31")):
        for _ in range(ROUNDS):
            victim, other = worker(app), worker(app)
            time.sleep(random.uniform(0, 0.06))
            os.kill(victim, signal.SIGKILL)
            os.kill(other, signal.SIGKILL)
            kills += sum(os.WIFSIGNALED(os.waitpid(each, 0)[1]) for each in (victim, other))
        os.waitpid(worker(app), 0)
    assert kills > 0
    for referral_id in ids:
        assert actions(referral_id) == [("send", "sender"), ("remind", "policy")]
    reminders = db.session.query(Message).filter_by(subject="An answer is waited for")
    assert sorted(str(each.about_id) for each in reminders) == sorted(map(str, ids))
