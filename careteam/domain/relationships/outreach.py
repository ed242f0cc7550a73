"""Outreach: a few steps with each of several people or practices, and what came of them.

Nothing is entered twice: a step is done when such a contact was noted, and a result is the first
referral from somebody who had sent nobody before. Whether a step helps is said from five cases on;
that number is a choice of this project. What follows a step need not have come of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from careteam.domain.relationships.touches import Kind

ENOUGH_TO_SAY = 5


class Step(StrEnum):
    VISIT = "visit"
    CV = "cv"
    DEMO = "demo"
    FOLLOW_UP = "follow_up"


STEP_LABELS = {
    Step.VISIT: "Visit",
    Step.CV: "CV left",
    Step.DEMO: "Demo treatment",
    Step.FOLLOW_UP: "Follow-up",
}
DONE_BY = {
    Step.VISIT: frozenset({Kind.VISIT, Kind.MET}),
    Step.CV: frozenset({Kind.CV_LEFT}),
    Step.DEMO: frozenset({Kind.DEMO_GIVEN, Kind.DEMO_RECEIVED}),
}
"""Contacts that make a step done; an offer of a demo treatment is none yet."""
AGAIN = frozenset({Kind.CALL, Kind.MESSAGE, Kind.VISIT, Kind.MET})
"""On a later day than the first step these are a follow-up."""


class Stand(StrEnum):
    """Where somebody stands, what says most first."""

    SEEN = "seen"
    REFERRED = "referred"
    KNOWN = "known"
    LEFT = "left"
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"


@dataclass(frozen=True, slots=True)
class Contact:
    kind: Kind
    on: date


@dataclass(frozen=True, slots=True)
class Received:
    """A counted referral from them. `seen_on`: when its client was first seen, where known."""

    on: date
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """With one person or practice. `referred_on` and `seen_on` are of the first after a step.

    known_since: the day of a referral that came before the first step, so that none after it is a
    result. next_step: the first that is still to do.
    """

    stand: Stand
    done: dict[Step, date]
    next_step: Step | None
    referred_on: date | None = None
    seen_on: date | None = None
    known_since: date | None = None

    @property
    def began_on(self) -> date | None:
        return min(self.done.values(), default=None)

    @property
    def days_to_referral(self) -> int | None:
        return self._days(self.referred_on)

    @property
    def days_to_seen(self) -> int | None:
        return self._days(self.seen_on)

    def _days(self, day: date | None) -> int | None:
        return (day - self.began_on).days if day and self.began_on else None


def standing_with(
    steps: Sequence[Step],
    since: date,
    contacts: Iterable[Contact],
    referrals: Iterable[Received],
    *,
    is_left: bool = False,
) -> Standing:
    """Contacts before `since` count for nothing; `is_left`: nothing further is meant to be done."""
    done = _done(steps, [each for each in contacts if each.on >= since])
    open_steps = [step for step in steps if step not in done]
    next_step = open_steps[0] if open_steps else None
    began_on = min(done.values(), default=None)
    known = sorted(referrals, key=lambda each: each.on)
    first = known[0].on if known else None
    if first is not None and (began_on is None or first < began_on):
        return Standing(Stand.KNOWN, done, next_step, known_since=first)
    seen_on = min((each.seen_on for each in known if each.seen_on), default=None)
    if first is not None:
        stand = Stand.SEEN if seen_on else Stand.REFERRED
    elif is_left:
        stand = Stand.LEFT
    elif not done:
        stand = Stand.NOT_BEGUN
    else:
        stand = Stand.UNDER_WAY if open_steps else Stand.WAITING
    return Standing(stand, done, next_step, first, seen_on)


def _done(steps: Sequence[Step], contacts: Sequence[Contact]) -> dict[Step, date]:
    found: dict[Step, date] = {}
    for step, kinds in DONE_BY.items():
        days = [each.on for each in contacts if each.kind in kinds]
        if step in steps and days:
            found[step] = min(days)
    if Step.FOLLOW_UP in steps and found:
        begun = min(found.values())
        later = [each.on for each in contacts if each.kind in AGAIN and each.on > begun]
        if later:
            found[Step.FOLLOW_UP] = min(later)
    return found


@dataclass(frozen=True, slots=True)
class StepResult:
    """Of one step: with how many it was done, and after how many of these a first referral came.

    last_before: for how many of those it was the last step before it.
    """

    step: Step
    done: int
    referred: int
    last_before: int

    @property
    def is_enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.done >= ENOUGH_TO_SAY


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an outreach. `known` had sent somebody before and count in nothing else.

    The days are medians from the first step, None where nothing came.
    """

    everybody: int
    known: int
    begun: int
    referred: int
    seen: int
    days_to_referral: float | None
    days_to_seen: float | None
    steps: list[StepResult]


def report_of(steps: Sequence[Step], standings: Iterable[Standing]) -> Report:
    everybody = list(standings)
    fresh = [each for each in everybody if each.stand is not Stand.KNOWN]
    to_referral = [days for each in fresh if (days := each.days_to_referral) is not None]
    to_seen = [days for each in fresh if (days := each.days_to_seen) is not None]
    return Report(
        everybody=len(everybody),
        known=len(everybody) - len(fresh),
        begun=sum(bool(each.done) for each in fresh),
        referred=len(to_referral),
        seen=len(to_seen),
        days_to_referral=median(to_referral) if to_referral else None,
        days_to_seen=median(to_seen) if to_seen else None,
        steps=[_result(step, fresh) for step in steps],
    )


def _result(step: Step, standings: list[Standing]) -> StepResult:
    """A step that was done only after the first referral led to nothing and is left out."""
    tried = [
        each
        for each in standings
        if step in each.done and (each.referred_on is None or each.done[step] <= each.referred_on)
    ]
    referred = [each for each in tried if each.referred_on]
    return StepResult(
        step, len(tried), len(referred), sum(_last_before(each) is step for each in referred)
    )


def _last_before(standing: Standing) -> Step | None:
    """Of several on one day, the one that stands last in the usual order."""
    before = [
        (day, list(Step).index(step), step)
        for step, day in standing.done.items()
        if standing.referred_on and day <= standing.referred_on
    ]
    return max(before)[2] if before else None
