"""Which referral counts for what: as a yes, as a no, or not yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from careteam.domain.responsiveness.values import (
    HALF_LIFE_DAYS,
    TIME_TO_FINISH_DAYS,
    WITHIN_DAYS,
    Bools,
    Calls,
    Cases,
    Floats,
    Ints,
    Referrals,
)
from careteam.domain.responsiveness.working import DAY, working_days_between


@dataclass(frozen=True, slots=True)
class Moment:
    """When is asked, in seconds since 1970, and by which calendar."""

    now: float
    zone: tzinfo
    days_off: Collection[date] = ()

    def working_days(self, start: Floats, end: Floats) -> Floats:
        return working_days_between(start, end, self.zone, self.days_off)


@dataclass(frozen=True, slots=True, eq=False)
class Waited:
    """The response clock of each referral: working days waited, and whether an answer ended it.

    `is_counted`: three working days have passed since delivery, and no withdrawal came before.
    """

    days: Floats
    is_answered: Bools
    is_counted: Bools

    @property
    def in_time(self) -> Bools:
        return self.is_answered & (self.days <= WITHIN_DAYS)


def waited(referrals: Referrals, moment: Moment) -> Waited:
    """As `referral.response_clock` says: from delivery to the first answer, else until now or a
    withdrawal. An answer before the delivery was recorded is no wait."""
    delivered, answered = referrals.delivered, referrals.answered
    is_answered = np.isfinite(answered)
    watched = np.fmin(referrals.withdrawn, moment.now)
    stopped = np.maximum(delivered, np.where(is_answered, answered, watched))
    days = moment.working_days(delivered, stopped)
    asked_for = moment.working_days(delivered, np.full_like(delivered, moment.now))
    is_past = asked_for > WITHIN_DAYS
    return Waited(days, is_answered, is_past & (is_answered | (days > WITHIN_DAYS)))


def calls_counted(calls: Calls, moment: Moment) -> Bools:
    """Reached counts at once; no call back once three working days lie between name and word."""
    return calls.reached | (moment.working_days(calls.given, calls.told) > WITHIN_DAYS)


def answer_cases(
    referrals: Referrals, clock: Waited, calls: Calls, moment: Moment, people: int
) -> Cases:
    """Answered within three working days: a yes; answered later or not at all: a no."""
    counted, rung = clock.is_counted, calls_counted(calls, moment)
    return _cases(
        np.concatenate([referrals.receiver[counted], calls.receiver[rung]]),
        np.concatenate([clock.in_time[counted], calls.reached[rung]]),
        np.concatenate([referrals.delivered[counted], calls.given[rung]]),
        moment,
        people,
    )


def acceptance_cases(referrals: Referrals, moment: Moment, people: int) -> Cases:
    """Ever accepted and not taken back: a yes; declined or passed on: a no; open: not yet."""
    is_yes = np.isfinite(referrals.accepted) & ~referrals.refused
    return _chosen(referrals, is_yes, is_yes | referrals.refused, moment, people)


def closing_cases(referrals: Referrals, moment: Moment, people: int) -> Cases:
    """Of the accepted: closed with an outcome a yes; still open after 90 days a no. One that the
    sender withdrew does not count."""
    accepted = _in_force(referrals)
    late = moment.now - referrals.accepted > TIME_TO_FINISH_DAYS * DAY
    counted = accepted & np.isnan(referrals.withdrawn) & (referrals.closed | late)
    return _chosen(referrals, referrals.closed, counted, moment, people)


def reporting_cases(referrals: Referrals, moment: Moment, people: int) -> Cases:
    """Of the accepted that were seen: a report a yes; closed or 90 days old without one a no.
    One that the sender withdrew before a report does not count."""
    late = moment.now - referrals.accepted > TIME_TO_FINISH_DAYS * DAY
    is_no = referrals.seen & np.isnan(referrals.withdrawn) & (referrals.closed | late)
    counted = _in_force(referrals) & (referrals.reported | is_no)
    return _chosen(referrals, referrals.reported, counted, moment, people)


def appointment_waits(referrals: Referrals, moment: Moment) -> tuple[Floats, Bools]:
    """Days from sending to the appointment, NaN where not accepted; whether there is one.

    Without one the wait goes on until the referral ended, or now.
    """
    has_one = np.isfinite(referrals.appointment)
    end = np.where(has_one, referrals.appointment, np.fmin(referrals.ended, moment.now))
    days = np.maximum(0.0, end - referrals.sent) / DAY
    return np.where(_in_force(referrals), days, np.nan), has_one


def _in_force(referrals: Referrals) -> Bools:
    in_force: Bools = np.isfinite(referrals.accepted) & ~referrals.refused
    return in_force


def _chosen(
    referrals: Referrals, is_yes: Bools, counted: Bools, moment: Moment, people: int
) -> Cases:
    at = referrals.sent[counted]
    return _cases(referrals.receiver[counted], is_yes[counted], at, moment, people)


def _cases(receiver: Ints, is_yes: Bools, at: Floats, moment: Moment, people: int) -> Cases:
    age = np.maximum(0.0, moment.now - at) / DAY
    weight = np.exp2(-age / HALF_LIFE_DAYS)
    return Cases(
        hits=np.bincount(receiver[is_yes], minlength=people),
        n=np.bincount(receiver, minlength=people),
        successes=_total(receiver, weight * is_yes, people),
        trials=_total(receiver, weight, people),
    )


def _total(receiver: Ints, weights: Floats, people: int) -> Floats:
    """Sums by practitioner; of nothing numpy would count in whole numbers."""
    return np.bincount(receiver, weights, minlength=people).astype(np.float64)
