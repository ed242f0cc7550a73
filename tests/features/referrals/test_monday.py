"""The Monday mail: once a week, to whom something waits, in counts and initials."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask

from careteam.cli.work import JOBS
from careteam.features.accounts.models import Account
from careteam.features.outbox.models import Message
from careteam.features.referrals.chasing.monday import send_monday_mail
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.jobs import run_job
from tests.personas import World
from tests.support.chasing import a_waiting_referral, on, subjects

SUBJECT = "Your week in Careteam"
JOB = next(job for job in JOBS if job.name == "monday mail")


def mails() -> dict[str, str]:
    rows = db.session.query(Message).filter_by(subject=SUBJECT)
    return {row.recipient: row.body for row in rows}


def run(at: str) -> str | None:
    with clock.stopped(on(at)):
        return run_job(JOB)


def test_it_says_counts_and_initials_and_how_to_stop_it(world: World):
    for _ in range(2):
        a_waiting_referral(world)
    first = db.session.query(Referral).order_by(Referral.id).first()
    assert first is not None
    first.client_id, first.goal_id = world.client_id, world.goal_id
    db.session.commit()
    assert run("2026-03-23 08:00") == "Monday mail queued: 2."
    found = mails()
    assert "2 wait for your answer" in found["rowan@example.org"]
    assert "2 wait for an answer: HS" in found["wren@example.org"]
    assert "https://team.example.org/account#monday-mail" in found["wren@example.org"]
    assert "Hazel" not in "".join(found.values())


@pytest.mark.parametrize(
    "at", ["2026-03-09 06:59", "2026-03-10 08:00", "2026-03-08 12:00", "2026-03-15 23:59"]
)
def test_it_comes_on_monday_morning_only(world: World, at: str):
    a_waiting_referral(world)
    assert run(at) is None
    assert mails() == {}


def test_it_comes_once_a_week(world: World):
    a_waiting_referral(world)
    assert run("2026-03-09 07:00") == "Monday mail queued: 1."
    assert run("2026-03-09 07:01") is None
    assert run("2026-03-09 11:00") is None
    assert run("2026-03-16 07:00") == "Monday mail queued: 1."
    assert subjects().count(SUBJECT) == 2


def test_two_workers_at_once_send_it_once(world: World, app: Flask):
    a_waiting_referral(world)
    together = Barrier(3)

    def work() -> None:
        with app.app_context(), clock.stopped(on("2026-03-09 07:00")):
            together.wait(10)
            run_job(JOB)

    workers = [Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(20)
    assert subjects().count(SUBJECT) == 1


def test_it_does_not_come_to_whom_nothing_waits_or_who_stopped_it(world: World):
    assert send_monday_mail() is None
    a_waiting_referral(world)
    rowan = db.session.get_one(Account, world.rowan.account_id)
    rowan.wants_monday_mail = False
    assert send_monday_mail() is None
    rowan.wants_monday_mail, rowan.disabled_at = True, clock.now()
    assert send_monday_mail() is None
