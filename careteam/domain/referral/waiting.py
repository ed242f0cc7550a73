"""How long a referral has been waited for: the clock behind the silence policy.

It runs from the delivery, on working days, and stands still while a question is open, while the
sender has paused it, and until the day that a waiting list named. Whoever reminds by hand, or rings
and speaks to somebody, begins it anew. Silence of somebody whom the mail never reached is no
silence: there it does not run.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from careteam.domain.referral.clock import working_days
from careteam.domain.referral.standing import advance
from careteam.domain.referral.table import ENTRIES
from careteam.domain.referral.values import Action, Event, Party, Standing, State

Span = tuple[datetime, datetime]
WAITED_FOR = frozenset({State.SENT, State.ACKNOWLEDGED, State.NEEDS_INFORMATION, State.ON_HOLD})
"""States in which the receiver owes a yes or a no."""
_SATURDAY = 5
_LONGEST = 3 * 366
"""Days that are looked ahead at most."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days count. `days_off` are public holidays; days begin at midnight in `zone`."""

    zone: tzinfo = UTC
    days_off: Collection[date] = ()
    _known: dict[date, Span | None] = field(default_factory=dict, repr=False, compare=False)

    def starts(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def counted(self, day: date) -> Span | None:
        """The time of a working day, None for any other."""
        if day not in self._known:
            works = day.weekday() < _SATURDAY and day not in self.days_off
            span = (self.starts(day), self.starts(day + timedelta(days=1)))
            self._known[day] = span if works else None
        return self._known[day]


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count; until further notice where `until_at` is None."""

    from_at: datetime
    until_at: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.from_at <= at and (self.until_at is None or at < self.until_at)


@dataclass(frozen=True, slots=True)
class Loss:
    """The last mail to the receiver, written at `sent_at`, did not arrive; known since `lost_at`.

    `handed_at` is when the link was last handed over by hand, None where it was not.
    """

    sent_at: datetime
    lost_at: datetime
    handed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One stretch of waiting. `still` are pauses in their order, none touching another.

    `reminded_at` is the reminder of this stretch; `by_hand` says that it began with one.
    `no_mail`: mail does not reach them. `lost_at` is since when nothing has, None where they were
    reached before or since in another way.
    """

    state: State
    since_at: datetime
    still: tuple[Pause, ...] = ()
    reminded_at: datetime | None = None
    by_hand: bool = False
    no_mail: bool = False
    lost_at: datetime | None = None

    def pause_at(self, now: datetime) -> Pause | None:
        return next((pause for pause in self.still if pause.covers(now)), None)


def waiting_of(
    events: Iterable[Event],
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    loss: Loss | None = None,
) -> Waiting | None:
    """Since when the receiver of a referral with these events is waited for; None when not.

    Events are in order of their numbers. Raises BrokenHistory.
    """
    stretch = _Stretch(calendar)
    for event in events:
        stretch.note(event)
    return stretch.waiting(pauses, loss)


@dataclass(slots=True)
class _Stretch:
    calendar: Calendar
    standing: Standing = field(default_factory=Standing)
    since_at: datetime | None = None
    reminded_at: datetime | None = None
    by_hand: bool = False
    sent_at: datetime | None = None
    heard_at: datetime | None = None
    spoken_at: datetime | None = None
    asked: list[Pause] = field(default_factory=list)

    def note(self, event: Event) -> None:
        before = self.standing.state
        self.standing = advance(self.standing, event)
        if event.action is Action.SEND:
            self.sent_at, self.heard_at, self.spoken_at = event.at, None, None
            self._begin(self.standing.delivered_at)
        elif event.action is Action.HOLD and self.standing.review_on is not None:
            self._begin(self.calendar.starts(self.standing.review_on))
        elif event.action is Action.REMIND:
            self._remind(event)
        elif event.action is Action.DELIVER:
            self.since_at = self.since_at or event.at
        elif event.action is Action.REOPEN or (
            before is State.EXPIRED and event.action not in ENTRIES
        ):
            self._begin(event.at)
        if event.party is Party.RECEIVER:
            self.heard_at = event.at
        self._asking(before, event)

    def _begin(self, at: datetime | None, *, by_hand: bool = False) -> None:
        self.since_at, self.by_hand = at, by_hand
        self.reminded_at = at if by_hand else None

    def _remind(self, event: Event) -> None:
        if self.since_at is not None and event.at < self.since_at:
            return  # Before the day that the waiting list named: that day still counts.
        if event.party is Party.SENDER:
            self.spoken_at = event.at
            self._begin(event.at, by_hand=True)
        else:
            self.reminded_at = event.at

    def _asking(self, before: State, event: Event) -> None:
        """From a question until somebody decides or answers it."""
        if before is not State.NEEDS_INFORMATION and event.action is Action.ASK:
            self.asked.append(Pause(event.at))
        elif before is State.NEEDS_INFORMATION and self.standing.state is not before:
            from_at = self.asked[-1].from_at
            self.asked[-1] = Pause(from_at, max(from_at, event.at))

    def waiting(self, pauses: Iterable[Pause], loss: Loss | None) -> Waiting | None:
        state = self.standing.state
        if state not in WAITED_FOR:
            return None
        still = _joined([*self.asked, *pauses])
        if loss is not None and self.sent_at is not None and loss.sent_at >= self.sent_at:
            return self._without_mail(Waiting(state, loss.lost_at, still, no_mail=True), loss)
        if self.since_at is None:
            return None
        return Waiting(state, self.since_at, still, self.reminded_at, self.by_hand)

    def _without_mail(self, cut_off: Waiting, loss: Loss) -> Waiting:
        """Whoever answered has been reached all the same, and whoever was rung, or got the link."""
        spoken_at, handed_at = self.spoken_at, loss.handed_at
        is_reached = self.heard_at is not None or (
            spoken_at is not None and spoken_at >= loss.lost_at
        )
        if is_reached and self.since_at is not None:
            return replace(
                cut_off,
                since_at=self.since_at,
                reminded_at=self.reminded_at,
                by_hand=self.by_hand,
            )
        if is_reached:
            return replace(cut_off, since_at=self.heard_at or spoken_at or loss.lost_at)
        if handed_at is not None and handed_at >= loss.lost_at:
            return replace(cut_off, since_at=handed_at)
        return replace(cut_off, lost_at=loss.lost_at)


def _joined(pauses: list[Pause]) -> tuple[Pause, ...]:
    """In order, overlapping ones made one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: each.from_at):
        last = found[-1] if found else None
        if last is None or (last.until_at is not None and last.until_at < pause.from_at):
            found.append(pause)
        elif last.until_at is not None and (
            pause.until_at is None or pause.until_at > last.until_at
        ):
            found[-1] = Pause(last.from_at, pause.until_at)
    return tuple(found)


def waited(
    waiting: Waiting, calendar: Calendar, now: datetime, *, every_hour: bool = False
) -> float:
    """Days waited until now, of those that count."""

    def between(start_at: datetime, end_at: datetime) -> float:
        if every_hour:
            return max(0.0, (end_at - start_at) / timedelta(days=1))
        return working_days(start_at, end_at, calendar.zone, calendar.days_off)

    stood = (
        between(max(pause.from_at, waiting.since_at), min(pause.until_at or now, now))
        for pause in waiting.still
    )
    return between(waiting.since_at, now) - sum(stood)


def after(
    start_at: datetime,
    days: float,
    calendar: Calendar,
    still: Iterable[Pause] = (),
    *,
    every_hour: bool = False,
) -> datetime | None:
    """The instant at which so many days have been waited; None where a pause has no end yet.

    What would fall due at midnight before a day off falls due at the end of it.
    """
    left = timedelta(days=days)
    for begins, ends in _counting(start_at, calendar, tuple(still), every_hour):
        if ends - begins > left:
            return begins + left
        left -= ends - begins
    return None


def _counting(
    start_at: datetime, calendar: Calendar, still: tuple[Pause, ...], every_hour: bool
) -> Iterator[Span]:
    last_at = next((pause.from_at for pause in still if pause.until_at is None), None)
    first = start_at.astimezone(calendar.zone).date()
    for number in range(_LONGEST):
        day = first + timedelta(days=number)
        span = calendar.counted(day)
        if every_hour:
            span = (calendar.starts(day), calendar.starts(day + timedelta(days=1)))
        if last_at is not None and calendar.starts(day) >= last_at:
            return
        if span is not None and span[1] > start_at:
            yield from _without(max(span[0], start_at), span[1], still)


def _without(begins: datetime, ends: datetime, still: tuple[Pause, ...]) -> Iterator[Span]:
    """What is left of a span without the pauses."""
    for pause in still:
        if pause.from_at >= ends or begins >= ends:
            break
        if pause.from_at > begins:
            yield begins, pause.from_at
        begins = max(begins, pause.until_at or ends)
    if begins < ends:
        yield begins, ends
