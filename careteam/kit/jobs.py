"""Work that is done again and again, by however many workers there are, and never twice.

An exclusive job runs in the transaction that holds its row and notes that it ran: what it changed
and that it ran are kept together or not at all, and a second worker passes it by meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from careteam.kit import clock
from careteam.kit.db import Base, db, reading

Due = Callable[[datetime | None, datetime], bool]
"""Whether a job is due, by when it last ran to its end and now."""


class JobRun(Base):
    """When an exclusive job last ran to its end; the row that a running one holds."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do. `run` says in a sentence what happened, or None where nothing did.

    An exclusive job changes rows in the running transaction and commits nothing itself. One that
    is not exclusive keeps its own transactions and bears others beside it. `is_due` is asked of
    exclusive jobs only.
    """

    name: str
    run: Callable[[], str | None]
    is_due: Due = lambda done_at, now: True
    exclusive: bool = True


def every(wait: timedelta) -> Due:
    """Due when so much time has passed since it last ran to its end."""
    return lambda done_at, now: done_at is None or done_at + wait <= now


def weekly(weekday: int, hour: int) -> Due:
    """Due once on that day of the week (0 is Monday) from that hour on, by the community's clock.

    A day that was missed altogether is not made up for.
    """

    def is_due(done_at: datetime | None, now: datetime) -> bool:
        here = clock.local(now)
        if here.weekday() != weekday or here.hour < hour:
            return False
        return done_at is None or clock.day_of(done_at) != here.date()

    return is_due


def mornings(hour: int, is_workday: Callable[[date], bool]) -> Due:
    """Due once on each workday from that hour on, by the community's clock.

    A day that was missed altogether is not made up for.
    """

    def is_due(done_at: datetime | None, now: datetime) -> bool:
        here = clock.local(now)
        if here.hour < hour or not is_workday(here.date()):
            return False
        return done_at is None or clock.day_of(done_at) != here.date()

    return is_due


def run_job(job: Job) -> str | None:
    """Run it if it is due and nobody else is at it. Raises what the job raises, nothing kept."""
    try:
        return _run_alone(job) if job.exclusive else job.run()
    finally:
        db.session.rollback()


def _run_alone(job: Job) -> str | None:
    with reading():
        row = db.session.get(JobRun, job.name)
        is_due = row is None or job.is_due(row.done_at, clock.now())
        db.session.rollback()
    if not is_due:
        return None
    if row is None:
        _add_row(job.name)
    row = _held_row(job.name)
    if row is None or not job.is_due(row.done_at, clock.now()):
        return None
    said = job.run()
    row.done_at = clock.now()
    db.session.commit()
    return said


def _add_row(name: str) -> None:
    db.session.add(JobRun(name=name))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()


def _held_row(name: str) -> JobRun | None:
    """The row, held until the transaction ends; None where another worker holds it."""
    return db.session.get(
        JobRun, name, with_for_update={"skip_locked": True}, populate_existing=True
    )
