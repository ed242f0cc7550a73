"""Whose steps somebody else changed is told in the mail of the day, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careteam.access.actor import Actor
from careteam.access.reach import forget
from careteam.cli.work import JOBS
from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.outbox.delivery import Round
from careteam.features.plans.checking import Progress
from careteam.features.plans.models import Milestone
from careteam.features.plans.operations import move_milestone
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.jobs import run_job
from tests.features.plans.worlds import a_step
from tests.personas import World
from tests.support.chasing import on
from tests.support.news import ASH, WREN, at_once, carried, choose, clients_link, daily, told

DAILY = next(job for job in JOBS if job.name == "news of the day")


def step_of(world: World, owner: str) -> Milestone:
    step = a_step(world, db.session.get_one(Goal, world.goal_id), "Stairs", owner=owner)
    db.session.commit()
    forget()
    return step


def test_owner_is_told_of_a_step_that_the_lead_made_or_moved(world: World) -> None:
    step_of(world, str(world.seat_id))
    assert daily() == "Word of notes queued for the day: 1."
    assert told() == [ASH]


def test_lead_is_not_told_of_their_own_steps_nor_the_client_of_others(world: World) -> None:
    clients_link(world)
    step_of(world, "lead")
    step_of(world, str(world.seat_id))
    daily()
    assert told() == [ASH]
    step_of(world, "client")
    daily()
    assert "hazel@example.org" in told()
    assert WREN not in told()


def test_what_one_changes_oneself_is_no_news(world: World) -> None:
    step = step_of(world, str(world.seat_id))
    at = clock.now() + timedelta(days=2)
    with clock.stopped(at):
        _move(world.ash, step)
        assert daily() is None


def _move(actor: Actor, step: Milestone) -> None:

    forget()
    move_milestone(
        actor=actor,
        milestone=step,
        version=step.version,
        progress=Progress("in_progress", None, None),
    )
    db.session.commit()


def test_change_is_told_once_however_often_the_worker_looks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careteam.cli.work._mail_leaves", lambda: True)
    step_of(world, str(world.seat_id))
    for at in ("2026-03-05 07:00", "2026-03-05 07:05", "2026-03-06 07:00", "2026-03-09 07:00"):
        with clock.stopped(on(at)):
            run_job(DAILY)
    assert told() == [ASH]


def test_change_of_friday_is_told_on_monday(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careteam.cli.work._mail_leaves", lambda: True)
    with clock.stopped(on("2026-03-06 07:00")):
        run_job(DAILY)
    with clock.stopped(on("2026-03-06 12:00")):
        step_of(world, str(world.seat_id))
    for at, expected in (("2026-03-07 09:00", []), ("2026-03-09 07:00", [ASH])):
        with clock.stopped(on(at)):
            run_job(DAILY)
        assert told() == expected


def test_whoever_wants_word_at_once_gets_it_after_the_daily_job(world: World) -> None:
    choose(world.ash, "at_once")
    step_of(world, str(world.seat_id))
    assert at_once() is None
    assert daily() is None
    assert at_once() == "Word of notes queued at once: 1."


def test_withdrawn_consent_keeps_it_from_leaving(world: World) -> None:
    step_of(world, str(world.seat_id))
    daily()
    db.session.get_one(Consent, world.consent_id).withdrawn_at = clock.now()
    db.session.commit()
    assert carried() == Round(taken_back=1)
