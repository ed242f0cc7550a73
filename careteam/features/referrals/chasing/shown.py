"""The clock of one referral as its sender sees it: waited so long, and what follows when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from careteam.access.actor import Actor
from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import State
from careteam.domain.referral.policy import Policy, Step
from careteam.domain.referral.waiting import waited
from careteam.features.referrals.chasing.planning import (
    Planned,
    calendar,
    is_editable,
    may_remind,
    plan_now,
)
from careteam.features.referrals.chasing.queries import events_by_referral, running_pause
from careteam.features.referrals.history import event_of
from careteam.features.referrals.models import Referral
from careteam.kit import clock

REASON_WORDS = {
    "client": "The client needs time",
    "receiver": "They are away",
    "other": "Another reason",
}
_COMING = {
    Step.REMIND: "They get a reminder",
    Step.TELL: "You are told that the answer is overdue",
    Step.PROPOSE: "The next person is proposed, your letter ready",
    Step.EXPIRE: "It is no longer waited for",
}


@dataclass(frozen=True, slots=True)
class ComingStep:
    """What follows without an answer, on which day; `is_next` for the first of them."""

    words: str
    day: date
    is_next: bool


@dataclass(frozen=True, slots=True)
class ShownChase:
    """`waited` and `allowed` are working days; `allowed` is None where the answer has no time.

    `paused` says why and until when the clock stands still, `held_until` the day that their
    waiting list named. `by_telephone`: no message is a step. `is_lost`: nothing reached them, so
    nothing is waited for; `no_mail`: mail does not, so no reminder goes out.
    """

    waited: int
    allowed: int | None
    is_overdue: bool
    may_ask_next: bool
    coming: tuple[ComingStep, ...]
    paused: str | None
    paused_until: date | None
    is_asked: bool
    held_until: date | None
    by_telephone: bool
    is_editable: bool
    has_own_steps: bool
    may_remind: bool
    is_urgent: bool
    is_lost: bool
    no_mail: bool


def shown_chase(actor: Actor, referral: Referral) -> ShownChase | None:
    """For the sender while they wait; None for everybody else. Five statements."""
    if referral.is_past or actor.practitioner_id != referral.sender_id:
        return None
    events = [event_of(row) for row in events_by_referral([referral.id])[referral.id]]
    found = plan_now(referral.id, events)
    if found is None or found.waiting is None:
        return None
    if found.waiting.lost_at is None and not _has_steps(found.policy):
        return None
    now, waiting = clock.now(), found.waiting
    is_lost = waiting.lost_at is not None
    is_owed = waiting.state is not State.NEEDS_INFORMATION and not is_lost
    pause = running_pause(referral.id, now)
    reminds = may_remind(found.case, events) and not waiting.no_mail
    return ShownChase(
        waited=int(waited(waiting, calendar(), now)),
        allowed=_allowed(found, reminds=reminds),
        is_overdue=is_owed and _has_come(found.plan.tell, now),
        may_ask_next=is_owed and _has_come(found.plan.propose, now),
        coming=_coming(found, now),
        paused=REASON_WORDS[pause.reason] if pause else None,
        paused_until=clock.day_of(pause.until_at) if pause and pause.until_at else None,
        is_asked=waiting.state is State.NEEDS_INFORMATION,
        held_until=referral.review_on if waiting.since_at > now else None,
        by_telephone=found.policy.every_hour,
        is_editable=is_editable(Urgency(referral.urgency)),
        has_own_steps=found.case.own is not None,
        may_remind=reminds,
        is_urgent=referral.urgency == Urgency.URGENT,
        is_lost=is_lost,
        no_mail=waiting.no_mail,
    )


def _has_steps(policy: Policy) -> bool:
    return any(policy.days(step) is not None for step in Step)


def _has_come(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def _allowed(found: Planned, *, reminds: bool) -> int | None:
    """Days until the sender is told; as early as a reminder where none may leave, unless a call or
    a reminder has been that."""
    policy = found.policy
    if policy.tell is None or policy.every_hour:
        return None
    was_reminded = found.waiting is not None and found.waiting.reminded_at is not None
    is_sooner = not (reminds or was_reminded) and policy.remind is not None
    return round(min(policy.remind or 0, policy.tell) if is_sooner else policy.tell)


def _coming(found: Planned, now: datetime) -> tuple[ComingStep, ...]:
    """Those still to come, in order; what falls on one instant keeps the order of the steps."""
    times = [(at, step) for step in Step if (at := found.plan.at(step)) and at > now]
    times.sort(key=lambda pair: pair[0])
    return tuple(
        ComingStep(_COMING[step], clock.day_of(at), is_next=number == 0)
        for number, (at, step) in enumerate(times)
    )
