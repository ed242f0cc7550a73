"""Jobs: due when they are, done by one worker, kept whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from careteam.features.accounts.models import FailedTry
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.jobs import Job, JobRun, every, mornings, run_job, weekly

HOUR = timedelta(hours=1)


def note() -> str:
    db.session.add(FailedTry(key_hash="job", at=clock.now()))
    return "Noted."


def noted() -> int:
    return db.session.query(FailedTry).filter_by(key_hash="job").count()


def test_job_runs_again_once_its_time_has_passed(app: Flask) -> None:
    job = Job("note", note, every(HOUR))
    assert run_job(job) == "Noted."
    assert run_job(job) is None
    with clock.stopped(clock.now() + HOUR):
        assert run_job(job) == "Noted."
    assert noted() == 2


def test_failed_job_leaves_nothing_and_is_due_again(app: Flask) -> None:
    def fail() -> str:
        note()
        db.session.flush()
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        run_job(Job("note", fail, every(HOUR)))
    assert noted() == 0
    assert run_job(Job("note", note, every(HOUR))) == "Noted."


def test_two_workers_at_once_do_it_once(app: Flask) -> None:
    job = Job("note", note, every(HOUR))
    together = Barrier(4)

    def work() -> None:
        with app.app_context():
            together.wait(10)
            run_job(job)

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(30)
    assert noted() == 1
    assert db.session.query(JobRun).one().name == "note"


def test_job_that_is_not_due_writes_nothing(app: Flask) -> None:
    assert run_job(Job("never", note, lambda done_at, now: done_at is not None)) is None
    assert noted() == 0


@pytest.mark.parametrize(
    ("now", "done_at", "expected"),
    [
        (datetime(2026, 3, 2, 6, 59, tzinfo=UTC), None, False),
        (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), None, True),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), datetime(2026, 3, 2, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 3, 9, 0, tzinfo=UTC), None, False),
        (datetime(2026, 3, 9, 7, 0, tzinfo=UTC), datetime(2026, 3, 2, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 30, 6, 0, tzinfo=UTC), None, True),
        (datetime(2026, 3, 23, 6, 0, tzinfo=UTC), None, False),
    ],
)
def test_weekly_is_once_on_its_day_by_the_communitys_clock(
    now: datetime, done_at: datetime | None, expected: bool
) -> None:
    """Summer time begins on 29 March 2026: seven o'clock is six in UTC from then on."""
    assert weekly(0, 7)(done_at, now) is expected


@pytest.mark.parametrize(
    ("done_at", "now", "expected"),
    [
        (None, datetime(2026, 3, 4, 6, 59, tzinfo=UTC), False),
        (None, datetime(2026, 3, 4, 7, tzinfo=UTC), True),
        (None, datetime(2026, 3, 4, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 7, tzinfo=UTC), datetime(2026, 3, 4, 7, tzinfo=UTC), True),
        (datetime(2026, 3, 4, 7, tzinfo=UTC), datetime(2026, 3, 4, 20, tzinfo=UTC), False),
        (None, datetime(2026, 3, 7, 9, tzinfo=UTC), False),
        (None, datetime(2026, 6, 3, 6, tzinfo=UTC), True),
    ],
)
def test_morning_is_once_on_each_workday_by_the_communitys_clock(
    done_at: datetime | None, now: datetime, expected: bool
) -> None:
    assert mornings(7, lambda day: day.weekday() < 5)(done_at, now) is expected
