"""The response clock: from delivery to the first act of a person on the receiving side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from careteam.domain.referral.standing import advance
from careteam.domain.referral.values import Action, Event, Party, Standing

_SATURDAY = 5
_DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class ResponseClock:
    """One waiting time. `stopped_at` None: no answer yet, seen until `watched_until` (censored).

    `by_hand`: the answer was entered by the sender, so figures built on it must say so.
    """

    started_at: datetime
    stopped_at: datetime | None
    watched_until: datetime
    by_hand: bool = False

    @property
    def answered(self) -> bool:
        """Whether the clock has stopped."""
        return self.stopped_at is not None

    def working_days(self, zone: tzinfo = UTC, days_off: Collection[date] = ()) -> float:
        """Working days waited so far."""
        return working_days(self.started_at, self.stopped_at or self.watched_until, zone, days_off)

    def answered_within(
        self, days: float, zone: tzinfo = UTC, days_off: Collection[date] = ()
    ) -> bool | None:
        """True or False once it is certain, None while the time is still running."""
        if self.working_days(zone, days_off) > days:
            return False
        return True if self.answered else None


def response_clock(events: Iterable[Event], now: datetime) -> ResponseClock | None:
    """The response clock of the last round of `events`, None while nothing is delivered.

    A withdrawal without an answer ends the watching, expiry does not: silence stays silence.
    An answer that came before the delivery was recorded counts as no wait. None as well when the
    sending or the answer is only approximately dated. Events are in order of their numbers.
    """
    standing, round_ = _last_round(events)
    started_at = standing.delivered_at
    answers = [event for event in round_ if event.party is Party.RECEIVER]
    first = min(answers, key=lambda event: event.at, default=None)
    if started_at is None or _is_approximate(round_, first):
        return None
    if first is not None:
        stopped_at = max(started_at, first.at)
        return ResponseClock(started_at, stopped_at, stopped_at, first.by_hand)
    withdrawn = [event.at for event in round_ if event.action is Action.WITHDRAW]
    return ResponseClock(started_at, None, max(started_at, min([now, *withdrawn])))


def working_days(
    start_at: datetime, end_at: datetime, zone: tzinfo = UTC, days_off: Collection[date] = ()
) -> float:
    """Time between two instants in days of 24 hours, counting only Monday to Friday.

    `days_off` (bank holidays) do not count either; days begin at midnight in `zone`. Friday 10:00
    to Wednesday 10:00 is 3.0. An end before the start gives 0.
    """
    seconds = 0.0
    day = start_at.astimezone(zone).date()
    last = end_at.astimezone(zone).date()
    while day <= last:
        if day.weekday() < _SATURDAY and day not in days_off:
            seconds += _overlap(day, start_at, end_at, zone)
        day += timedelta(days=1)
    return seconds / _DAY_SECONDS


def next_working_day(day: date, days_off: Collection[date] = ()) -> date:
    """The first day after `day` that is neither of a weekend nor of `days_off`."""
    following = day + timedelta(days=1)
    while following.weekday() >= _SATURDAY or following in days_off:
        following += timedelta(days=1)
    return following


def _overlap(day: date, start_at: datetime, end_at: datetime, zone: tzinfo) -> float:
    opens = datetime.combine(day, time.min, zone).astimezone(UTC)
    closes = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    span = min(end_at, closes) - max(start_at, opens)
    return max(0.0, span.total_seconds())


def _last_round(events: Iterable[Event]) -> tuple[Standing, list[Event]]:
    standing, round_ = Standing(), list[Event]()
    for event in events:
        standing = advance(standing, event)
        round_ = [event] if event.action is Action.SEND else [*round_, event]
    return standing, round_


def _is_approximate(round_: list[Event], first: Event | None) -> bool:
    return round_[0].approximate or (first is not None and first.approximate)
