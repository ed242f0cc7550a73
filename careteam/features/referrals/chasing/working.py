"""The worker of the silence policy: what is due is done, each step once.

Referrals are seen to in batches, each in one transaction that holds them, judges them as they are
then, and keeps the steps, their events and their mails together or not at all: killed at any moment
nothing is half done, and a second worker passes by what the first one holds. Where a batch cannot
be kept whole its referrals are seen to one by one, so that a bad one costs only itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app

from careteam.domain.referral.policy import Step
from careteam.features.referrals.chasing.knowing import known_of
from careteam.features.referrals.chasing.planning import grounds_of, store_plans
from careteam.features.referrals.chasing.queries import (
    Case,
    has_due,
    list_cases,
    lock_due,
    put_off,
    unplanned,
)
from careteam.features.referrals.chasing.steps import Taken, take_all
from careteam.kit import clock
from careteam.kit.db import db, reading
from careteam.kit.errors import Conflict

BATCH, PLANNED_AT_ONCE = 100, 500
MOST_A_ROUND = 20_000
AFTER_A_FAULT, AFTER_ANOTHER = timedelta(hours=1), timedelta(minutes=1)
"""How long one is left alone that is still due after something went wrong, or others were first."""

Stop = Callable[[], bool]


@dataclass(slots=True)
class Round:
    """What a round did. `looked` counts every referral that was due to be looked at."""

    looked: int = 0
    reminded: int = 0
    told: int = 0
    expired: int = 0
    failed: int = 0

    def count(self, looked: int, steps: list[Step]) -> None:
        self.looked += looked
        self.reminded += steps.count(Step.REMIND)
        self.told += steps.count(Step.TELL)
        self.expired += steps.count(Step.EXPIRE)

    def sentence(self) -> str | None:
        """What happened, None where nothing was sent and nothing given up."""
        if not (self.reminded or self.told or self.expired or self.failed):
            return None
        words = f"Reminded: {self.reminded}, told: {self.told}, given up: {self.expired}"
        return f"{words}, failed: {self.failed}." if self.failed else f"{words}."


def run_policy(stopping: Stop = lambda: False) -> Round:
    """Do what is due now. What is not costs nothing: one statement finds out."""
    done = Round()
    while done.looked < MOST_A_ROUND and not stopping() and _is_due():
        cases = lock_due(clock.now(), BATCH)
        if not cases:
            db.session.rollback()
            break
        try:
            done.count(len(cases), _see_to(cases))
        except Exception as error:
            db.session.rollback()
            current_app.logger.warning(
                "policy batch is taken one by one",
                extra={"job": "policy", "reason": type(error).__name__},
            )
            _one_by_one([case.referral_id for case in cases], done, stopping)
    return done


def plan_missing() -> int:
    """Give a plan to referrals that came without one, as an import or the sample does."""
    count = 0
    while ids := unplanned(PLANNED_AT_ONCE):
        grounds = grounds_of(ids)
        store_plans([grounds.plan(case) for case in list_cases(ids)])
        count += len(ids)
    return count


def _is_due() -> bool:
    """A look that waits for no writer."""
    with reading():
        is_due = has_due(clock.now())
        db.session.rollback()
    return is_due


def _see_to(cases: list[Case]) -> list[Step]:
    """Plan those that the transaction holds anew, take the steps that are due, and commit."""
    grounds = grounds_of([case.referral_id for case in cases])
    found = [grounds.plan(case) for case in cases]
    due = [(each, step) for each in found if (step := each.step_due(grounds.now)) is not None]
    waiting = [each for each in found if each.step_due(grounds.now) is None]
    taken = take_all(due, known_of(due, grounds)) if due else Taken()
    store_plans([*waiting, *taken.plans])
    db.session.commit()
    return taken.steps


def _one_by_one(ids: list[UUID], done: Round, stopping: Stop) -> None:
    for referral_id in ids:
        if stopping():
            return
        try:
            cases = lock_due(clock.now(), 1, only=referral_id)
            done.count(1, _see_to(cases) if cases else [])
        except Conflict:
            done.looked += 1
            _leave(referral_id, AFTER_ANOTHER)
        except Exception:
            current_app.logger.exception("policy step failed", extra={"job": "policy"})
            done.looked += 1
            done.failed += 1
            _leave(referral_id, AFTER_A_FAULT)


def _leave(referral_id: UUID, wait: timedelta) -> None:
    db.session.rollback()
    put_off(referral_id, clock.now(), wait)
    db.session.commit()
