"""`flask check` derives the plans of silence: what differs is named, what only waits is not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from careteam.cli.check import problems
from careteam.cli.work import JOBS
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import Action
from careteam.features.referrals import mails
from careteam.features.referrals.chasing.changing import (
    Steps,
    change_default,
    choose_steps,
    pause,
    resume,
)
from careteam.features.referrals.models import Chase, Referral
from careteam.features.referrals.operations import act
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.jobs import run_job
from tests.personas import World
from tests.support.chasing import a_waiting_referral, chase_of, on, work
from tests.support.statements import statements


def said(at: str = "2026-03-04 09:31") -> list[str]:
    """What the check says of referrals at that time."""
    with clock.stopped(on(at)):
        found = [line for line in problems() if line.startswith("referral")]
    db.session.rollback()
    return found


def row(referral_id: UUID) -> Referral:
    return db.session.get_one(Referral, referral_id)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("due_at = NULL", "due_at of its plan is None, derived 2026-03-11 09:30:00+00:00"),
        ("tell_at = NULL", "tell_at of its plan is None, derived 2026-03-18 09:30:00+00:00"),
        ("propose_at = NULL", "propose_at of its plan is None, derived 2026-03-18 09:30:00+00:00"),
        (
            "lost_at = propose_at",
            "lost_at of its plan is 2026-03-18 09:30:00+00:00, derived None",
        ),
    ],
)
def test_time_that_does_not_follow_is_named(world: World, change: str, words: str):
    referral_id = a_waiting_referral(world)
    assert said() == []
    db.session.execute(text(f"UPDATE chases SET {change}"))
    db.session.commit()
    assert said() == [f"referral {referral_id}: {words}"]


def test_missing_plan_is_named_and_made_by_the_worker(world: World):
    referral_id = a_waiting_referral(world)
    db.session.query(Chase).delete()
    db.session.commit()
    assert said() == [f"referral {referral_id}: it is waited for, and no plan is stored"]
    job = next(job for job in JOBS if job.name == "plans")
    assert run_job(job) == "Referrals planned that came without a plan: 1."
    assert chase_of(referral_id).due_at == on("2026-03-11 09:30")
    assert said() == []
    assert run_job(job) is None
    with clock.stopped(on("2026-03-04 10:31")):
        assert run_job(job) is None


def test_plan_of_an_answered_referral_is_named(world: World):
    referral_id = a_waiting_referral(world)
    tell_at = chase_of(referral_id).tell_at
    act(
        actor=world.rowan,
        referral=row(referral_id),
        action=Action.ACCEPT,
        data={"contact": "client"},
    )
    db.session.commit()
    assert said() == []
    chase_of(referral_id).tell_at = tell_at
    db.session.commit()
    assert [line.partition(": ")[2] for line in said()] == [
        "tell_at of its plan is 2026-03-18 09:30:00+00:00, derived None"
    ]


def test_each_step_leaves_a_plan_that_agrees(world: World):
    a_waiting_referral(world)
    a_waiting_referral(world, world.juniper, route="phone")
    for at in ("2026-03-11 09:31", "2026-03-18 09:31", "2026-04-01 09:31"):
        assert said(at) == []
        work(at)
        assert said(at) == []


def test_pauses_agree_before_within_and_after(world: World):
    early, late = a_waiting_referral(world), a_waiting_referral(world)
    with clock.stopped(on("2026-03-19 09:00")):
        for referral_id in (early, late):
            pause(
                actor=world.wren,
                referral=row(referral_id),
                pause_id=uuid4(),
                reason="client",
                until_on=on("2026-03-26 00:00").date(),
            )
        db.session.commit()
    assert said("2026-03-19 09:01") == []
    with clock.stopped(on("2026-03-20 09:00")):
        resume(actor=world.wren, referral=row(early))
        db.session.commit()
    assert said("2026-03-20 09:01") == []
    assert said("2026-03-26 09:00") == []
    work("2026-03-26 09:00")
    assert said("2026-03-26 09:01") == []


def test_steps_of_the_community_and_of_one_referral_agree(world: World):
    own, other = a_waiting_referral(world), a_waiting_referral(world)
    steps = Steps(1, 2, 3, None)
    choose_steps(actor=world.wren, referral=row(own), steps=steps, may_mail=False)
    db.session.commit()
    assert said() == []
    change_default(actor=world.sorrel, urgency=Urgency.ROUTINE, steps=Steps(2, 4, 6, 8))
    db.session.commit()
    assert said() == [], "the worker plans them anew"
    work("2026-03-04 09:31")
    assert chase_of(other).due_at == on("2026-03-06 09:30")
    assert said() == []


def test_failed_step_that_is_put_off_agrees(world: World, monkeypatch: pytest.MonkeyPatch):
    a_waiting_referral(world)

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(mails, "remind", fail)
    assert work("2026-03-11 09:31").failed == 1
    assert said("2026-03-11 09:32") == []


@pytest.mark.either_database
def test_check_costs_the_same_for_many(world: World):
    def cost() -> int:
        with statements() as seen:
            assert said() == []
        return len(seen)

    a_waiting_referral(world)
    one = cost()
    for _ in range(4):
        a_waiting_referral(world)
    assert cost() == one
