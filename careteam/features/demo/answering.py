"""How made-up people answer: a referral played forward until its end or until now.

Every step goes through the one table of referrals, so the stored events fold like real ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random

from careteam.domain.referral import (
    Action,
    Contact,
    DeclineReason,
    Event,
    Outcome,
    Party,
    Route,
    Standing,
    Way,
    apply,
)
from careteam.features.demo.cast import Person, Temper
from careteam.kit import clock

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habit:
    """`answers` and `accepts` are chances; `hours` the span from letter to first answer."""

    answers: float
    accepts: float
    hours: tuple[int, int]
    reports: float


HABITS: Mapping[Temper, Habit] = {
    Temper.PROMPT: Habit(answers=0.97, accepts=0.9, hours=(1, 30), reports=0.85),
    Temper.STEADY: Habit(answers=0.93, accepts=0.82, hours=(12, 90), reports=0.65),
    Temper.SLOW: Habit(answers=0.78, accepts=0.75, hours=(96, 360), reports=0.35),
    Temper.FULL: Habit(answers=0.88, accepts=0.25, hours=(18, 120), reports=0.6),
    Temper.SILENT: Habit(answers=0.12, accepts=0.5, hours=(120, 480), reports=0.1),
}
NO_REASONS = (
    DeclineReason.NO_CAPACITY,
    DeclineReason.NO_CAPACITY,
    DeclineReason.OUTSIDE_SCOPE,
    DeclineReason.OUTSIDE_AREA,
    DeclineReason.CLIENT_NOT_REACHED,
)
ENDS = (Outcome.DONE, Outcome.DONE, Outcome.ADVICE_GIVEN, Outcome.CONTINUES)


def at_work(at: datetime) -> datetime:
    """The same instant, or the next morning of a working day when it lies outside of one."""
    local = clock.local(at)
    if local.hour >= 18:
        local = datetime.combine(local.date() + DAY, time(8, 40), local.tzinfo)
    elif local.hour < 8:
        local = datetime.combine(local.date(), time(8, 40), local.tzinfo)
    while local.weekday() > 4:
        local = datetime.combine(local.date() + DAY, time(9, 10), local.tzinfo)
    return local.astimezone(UTC)


@dataclass(slots=True)
class Course:
    """One referral on its way. Nothing happens after `now`; `step` says whether it happened."""

    sender: Person
    receiver: Person
    now: datetime
    standing: Standing = field(default_factory=Standing)
    events: list[Event] = field(default_factory=list)

    def step(
        self, action: Action, party: Party, at: datetime, data: Mapping[str, object] | None = None
    ) -> bool:
        if at > self.now:
            return False
        writer, told_by, way = self._writer(party)
        event, self.standing = apply(
            self.standing, action, writer, by=way_name(self, party, told_by), at=at,
            way=way, data=data, on_behalf_of=told_by, now=self.now,
        )  # fmt: skip
        self.events.append(event)
        return True

    def _writer(self, party: Party) -> tuple[Party, str | None, Way]:
        """Who writes it down: a receiver without an account tells the sender by telephone."""
        if party is Party.POLICY:
            return party, None, Way.POLICY
        if party is Party.RECEIVER and not self.receiver.is_member:
            return Party.SENDER, self.receiver.name, Way.PHONE
        return party, None, Way.ACCOUNT


def way_name(course: Course, party: Party, told_by: str | None) -> str:
    """The name of whoever acts or writes; the policy has none."""
    if party is Party.POLICY:
        return ""
    acts_as_sender = party is Party.SENDER or told_by is not None
    return course.sender.name if acts_as_sender else course.receiver.name


def play(rng: Random, sender: Person, receiver: Person, sent_at: datetime, now: datetime) -> Course:
    """The whole course of a referral sent at `sent_at`, as the receiver's temper has it."""
    course = Course(sender, receiver, now)
    route = Route.INBOX if receiver.is_member else rng.choice((Route.PHONE, Route.PAPER))
    course.step(Action.SEND, Party.SENDER, sent_at, {"route": route})
    habit = HABITS[receiver.temper]
    if rng.random() > habit.answers:
        _wait_in_vain(rng, course, sent_at)
        return course
    low, high = habit.hours
    answered_at = at_work(sent_at + rng.uniform(low, high) * HOUR)
    if rng.random() < 0.25:
        if not course.step(Action.ACKNOWLEDGE, Party.RECEIVER, answered_at):
            return course
        answered_at = at_work(answered_at + rng.uniform(4, 60) * HOUR)
    if rng.random() < habit.accepts:
        _accept(rng, course, answered_at, habit)
    else:
        _say_no(rng, course, answered_at)
    return course


def _wait_in_vain(rng: Random, course: Course, sent_at: datetime) -> None:
    """A reminder after a working week; then it runs out, or the sender gives up waiting."""
    course.step(Action.REMIND, Party.SENDER, at_work(sent_at + 6 * DAY))
    given_up = course.now - sent_at > 75 * DAY or rng.random() < 0.4
    if given_up:
        course.step(Action.WITHDRAW, Party.SENDER, at_work(sent_at + rng.uniform(12, 25) * DAY))
    else:
        course.step(Action.EXPIRE, Party.POLICY, at_work(sent_at + 28 * DAY))


def _say_no(rng: Random, course: Course, at: datetime) -> None:
    if course.receiver.temper is not Temper.FULL and rng.random() < 0.15:
        data = {"to": "somebody nearer to the client"}
        course.step(Action.REDIRECT, Party.RECEIVER, at, data)
        return
    full = course.receiver.temper is Temper.FULL
    reason = DeclineReason.NO_CAPACITY if full else rng.choice(NO_REASONS)
    course.step(Action.DECLINE, Party.RECEIVER, at, {"reason": reason})


def _accept(rng: Random, course: Course, at: datetime, habit: Habit) -> None:
    contact = rng.choice((Contact.RECEIVER, Contact.CLIENT))
    if not course.step(Action.ACCEPT, Party.RECEIVER, at, {"contact": contact}):
        return
    booked_at = at_work(at + rng.uniform(2, 70) * HOUR)
    seen_at = at_work(booked_at + rng.uniform(3, 24) * DAY)
    booking = {"start_at": seen_at, "end_at": seen_at + HOUR, "place": course.receiver.practice}
    if not course.step(Action.BOOK, Party.RECEIVER, booked_at, booking):
        return
    if rng.random() < 0.06:
        missed_at = at_work(seen_at + 2 * HOUR)
        if course.step(Action.NOT_ATTENDED, Party.RECEIVER, missed_at):
            end = {"outcome": Outcome.NEVER_ATTENDED}
            course.step(Action.CLOSE, Party.SENDER, at_work(seen_at + 9 * DAY), end)
        return
    if course.step(Action.SEEN, Party.RECEIVER, at_work(seen_at + HOUR)):
        _see_through(rng, course, seen_at, habit)


def _see_through(rng: Random, course: Course, seen_at: datetime, habit: Habit) -> None:
    last_at = at_work(seen_at + rng.uniform(14, 70) * DAY)
    if rng.random() < habit.reports:
        text = rng.choice(("Seen four times, better.", "Advice given.", "Please see the letter."))
        if not course.step(Action.REPORT, Party.RECEIVER, last_at, {"text": text}):
            return
        last_at = at_work(last_at + rng.uniform(1, 8) * DAY)
        course.step(Action.CLOSE, Party.SENDER, last_at, {"outcome": rng.choice(ENDS)})
    else:
        end = {"outcome": Outcome.NOT_KNOWN}
        course.step(Action.CLOSE, Party.SENDER, at_work(last_at + 30 * DAY), end)
