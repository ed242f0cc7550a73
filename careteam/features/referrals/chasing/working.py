"""The worker of the silence policy: what is due is done, each step once.

Every referral has its own transaction, in which the step, its event and its mail are kept together
or not at all: killed at any moment nothing is half done. Of two workers that come to one reminder
the second finds its number taken and undoes its mail with it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import current_app

from careteam.domain.referral.policy import Step
from careteam.features.referrals.chasing.planning import (
    Planned,
    community_policies,
    plan_now,
    planned,
    store_plans,
)
from careteam.features.referrals.chasing.queries import (
    Case,
    events_by_referral,
    has_due,
    list_cases,
    lock_due,
    pauses_by_referral,
    put_off,
    unplanned,
)
from careteam.features.referrals.chasing.steps import take
from careteam.features.referrals.history import event_of
from careteam.kit import clock
from careteam.kit.db import db, reading
from careteam.kit.errors import Conflict

BATCH = 500
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

    def count(self, step: Step | None) -> None:
        if step is Step.REMIND:
            self.reminded += 1
        elif step is Step.TELL:
            self.told += 1
        elif step is Step.EXPIRE:
            self.expired += 1

    def sentence(self) -> str | None:
        """What happened, None where nothing was sent and nothing given up."""
        if not (self.reminded or self.told or self.expired or self.failed):
            return None
        words = f"Reminded: {self.reminded}, told: {self.told}, given up: {self.expired}"
        return f"{words}, failed: {self.failed}." if self.failed else f"{words}."


def run_policy(stopping: Stop = lambda: False) -> Round:
    """Do what is due now. What is not costs nothing: one statement finds out."""
    done = Round()
    while done.looked < MOST_A_ROUND and not stopping():
        ids = _look(done)
        for referral_id in ids or ():
            if stopping():
                return done
            _take_one(referral_id, done)
        if ids is None:
            break
    return done


def plan_missing() -> int:
    """Give a plan to referrals that came without one, as an import or the sample does."""
    count = 0
    while ids := unplanned(BATCH):
        store_plans(_planned(list_cases(ids)))
        count += len(ids)
    return count


def _look(done: Round) -> list[UUID] | None:
    """Plan a batch anew; those of which a step is to be taken now. None when nothing is due."""
    now = clock.now()
    with reading():
        is_due = has_due(now)
        db.session.rollback()
    if not is_due:
        return None
    cases = lock_due(now, BATCH)
    found = _planned(cases)
    acting = [each for each in found if each.step_due(now) is not None]
    store_plans([each for each in found if each.step_due(now) is None])
    db.session.commit()
    done.looked += len(cases)
    return [each.case.referral_id for each in acting] if cases else None


def _planned(cases: list[Case]) -> list[Planned]:
    """Four statements, whatever the number."""
    ids = [case.referral_id for case in cases]
    events, pauses = events_by_referral(ids), pauses_by_referral(ids)
    policies, now = community_policies(), clock.now()
    return [
        planned(
            case,
            [event_of(row) for row in events[case.referral_id]],
            pauses[case.referral_id],
            policies,
            now,
        )
        for case in cases
    ]


def _take_one(referral_id: UUID, done: Round) -> None:
    """Take the step that is due, judged again: another worker, or the receiver, may have come."""
    try:
        found = plan_now(referral_id)
        step = found.step_due(clock.now()) if found else None
        if found is not None and step is not None:
            done.count(take(found, step))
        elif found is not None:
            store_plans([found])
        db.session.commit()
    except Conflict:
        _leave(referral_id, AFTER_ANOTHER)
    except Exception:
        current_app.logger.exception("policy step failed", extra={"job": "policy"})
        done.failed += 1
        _leave(referral_id, AFTER_A_FAULT)


def _leave(referral_id: UUID, wait: timedelta) -> None:
    db.session.rollback()
    put_off(referral_id, clock.now(), wait)
    db.session.commit()
