"""The silence policy: what follows, and when, while nobody answers a referral."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral.values import State
from careteam.domain.referral.waiting import Calendar, Pause, Waiting, after

_WORKING_WEEK = 5 / 7


class Step(StrEnum):
    """What follows silence, in the order in which it usually does."""

    REMIND = "remind"
    TELL = "tell"
    PROPOSE = "propose"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Policy:
    """After how many working days of waiting each step is due; None: never.

    `every_hour`: for the telephone. Nights and holidays count, and no message is a step.
    """

    remind: float | None = None
    tell: float | None = None
    propose: float | None = None
    expire: float | None = None
    every_hour: bool = False

    def days(self, step: Step) -> float | None:
        days: float | None = getattr(self, step.value)
        return days


@dataclass(frozen=True, slots=True)
class Plan:
    """When each step is due; None for one that is done, never comes, or is not yet known."""

    remind: datetime | None = None
    tell: datetime | None = None
    propose: datetime | None = None
    expire: datetime | None = None

    def at(self, step: Step) -> datetime | None:
        due_at: datetime | None = getattr(self, step.value)
        return due_at

    def held(self, pause: Pause | None, now: datetime) -> "Plan":
        """Nothing falls due within a pause: what already was waits for its end."""
        if pause is None:
            return self
        times = {step.value: self.at(step) for step in Step}
        return Plan(
            **{name: pause.until_at if at and at <= now else at for name, at in times.items()}
        )


def standard_policy(
    urgency: Urgency,
    acknowledge_hours: float | None,
    chase_hours: float | None,
    reply_days: float | None,
) -> Policy:
    """The steps by the norms of an urgency, which are given in hours and days of the calendar.

    The receiver is reminded when word of the arrival is late, the sender told when it is time to
    chase, the next person proposed when a reply is late, and nobody waits longer than twice that.
    """
    if chase_hours is None:
        return Policy()
    tell = chase_hours / 24
    if urgency.is_telephone_matter:
        return Policy(tell=tell, every_hour=True)
    remind = min(tell, acknowledge_hours / 24) if acknowledge_hours else None
    propose = max(tell, float(round((reply_days or 0) * _WORKING_WEEK)))
    return Policy(remind=remind, tell=tell, propose=propose, expire=2 * propose)


def plan_of(
    waiting: Waiting, policy: Policy, calendar: Calendar, *, may_remind: bool = True
) -> Plan:
    """When each step of `policy` is due.

    Where no message may be sent the sender is told as early as the receiver would be reminded. A
    waiting list reminds on the day it named and is not given up. Nobody is given up sooner after a
    reminder than the policy leaves between the two, however late the reminder was. Where nothing
    reached the receiver the sender is told at once, and nothing else follows.
    """
    if waiting.lost_at is not None:
        return Plan(tell=waiting.lost_at)
    may_remind = may_remind and not waiting.no_mail
    days = _days_of(waiting, policy, may_remind=may_remind)

    def due(step: Step) -> datetime | None:
        wait = days.days(step)
        if wait is None:
            return None
        return after(waiting.since_at, wait, calendar, waiting.still, every_hour=days.every_hour)

    expire_at = due(Step.EXPIRE)
    if expire_at is not None and waiting.reminded_at is not None and not waiting.by_hand:
        least = max(0.0, (days.expire or 0) - (policy.remind or 0))
        later_at = after(waiting.reminded_at, least, calendar, waiting.still)
        expire_at = max(expire_at, later_at) if later_at else None
    return Plan(due(Step.REMIND), due(Step.TELL), due(Step.PROPOSE), expire_at)


def _days_of(waiting: Waiting, policy: Policy, *, may_remind: bool) -> Policy:
    if waiting.state is State.ON_HOLD:
        policy = replace(policy, remind=None if policy.remind is None else 0.0, expire=None)
    if waiting.reminded_at is not None:
        return replace(policy, remind=None)
    if may_remind or policy.remind is None:
        return policy
    tell = policy.remind if policy.tell is None else min(policy.remind, policy.tell)
    return replace(policy, remind=None, tell=tell)
