"""Eighteen months of made-up referrals between the people of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from careteam.domain.pathway.vocabulary import Urgency
from careteam.domain.referral import (
    Action,
    Event,
    Outcome,
    Party,
    PastAnswer,
    PastReferral,
    Route,
    Standing,
    State,
    fold,
    past_events,
)
from careteam.features.demo.answering import DAY, HOUR, Course, at_work, play
from careteam.features.demo.cast import CAST, MAIN, Circle, Person, Temper
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.referrals.history import stored_fold
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit import clock
from careteam.kit.db import db

DAYS = 548
MAIN_SENDS, OTHERS_SEND = 76, (19, 34)
"""How often, besides what follows a refusal."""
FROM_SERVICES = 40
REASONS: dict[Circle, tuple[tuple[str, str], ...]] = {
    Circle.MOVING: (
        ("Sore after running for six weeks.", "Would you assess and say what load is safe?"),
        ("Stiff shoulder since the summer.", "Is this for you, or for somebody else?"),
        ("Ankle gives way on uneven ground.", "Would you take this on?"),
    ),
    Circle.FAMILY: (
        ("Back and pelvis ache, first baby in spring.", "Could you see her within two weeks?"),
        ("Wants advice before starting a family.", "Would you see them together?"),
        ("Swelling that stays after the day.", "Is there anything we should rule out first?"),
    ),
    Circle.LIVING: (
        ("Sleeps badly and feels worn out.", "Would you offer a first talk?"),
        ("Wants to eat better and keeps giving up.", "What would you start with?"),
        ("Worried about health in general.", "Can you see them, and when?"),
    ),
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One referral of the past with its events."""

    id: UUID
    sender: Person
    receiver: Person
    events: tuple[Event, ...]
    standing: Standing
    happened_at: datetime | None = None
    previous_id: UUID | None = None
    """`happened_at` is set where it was logged afterwards, from memory; `previous_id` names the
    referral that was refused before this one."""


def add_past(rng: Random) -> int:
    """Add the referrals of the past with their events. Returns how many there are."""
    made = [*all_sent(rng), *_all_logged(rng)]
    _insert(made)
    return len(made)


def all_sent(rng: Random) -> Iterator[Sent]:
    """Who sends what to whom is the same on every day: a course that the present cuts short draws
    less, so each has luck of its own."""
    now = clock.now()
    for sender in filter(lambda person: person.is_member, CAST):
        count = MAIN_SENDS if sender.key == MAIN else rng.randint(*OTHERS_SEND)
        partners, weights = favourites(rng, sender)
        receivers = rng.choices(partners, weights, k=count)
        for number, (receiver, seed) in enumerate([(each, rng.random()) for each in receivers]):
            luck = Random(seed)  # noqa: S311 - the same sample everywhere
            course = play(luck, sender, receiver, _some_time(luck, now), now)
            yield from _with_followers(luck, course, partners, ("referral", sender.key, number))


def _with_followers(
    rng: Random, course: Course, partners: list[Person], key: tuple[object, ...]
) -> Iterator[Sent]:
    """A referral and, where it was refused, the one that went to somebody else instead."""
    previous_id = None
    while True:
        own_id = sample_id(*key)
        key = (*key, "next")
        next_at = at_work(course.events[-1].at + rng.uniform(2, 50) * HOUR)
        refused = course.standing.state in (State.DECLINED, State.REDIRECTED)
        goes_on = refused and course.step(
            Action.REFER_NEXT, Party.SENDER, next_at, {"next_id": sample_id(*key)}
        )
        yield Sent(
            own_id,
            course.sender,
            course.receiver,
            tuple(course.events),
            course.standing,
            previous_id=previous_id,
        )
        if not goes_on:
            return
        others = [p for p in partners if p is not course.receiver and p.temper is not Temper.FULL]
        course = play(rng, course.sender, rng.choice(others), next_at, course.now)
        previous_id = own_id


def favourites(rng: Random, sender: Person) -> tuple[list[Person], list[float]]:
    """Whom somebody sends to: a few often, some now and then, mostly within their circle."""
    others = [p for p in CAST if p.disciplines[0] != sender.disciplines[0]]
    rng.shuffle(others)
    others.sort(key=lambda person: person.circle is not sender.circle)
    near = others[:9] + rng.sample(others[9:], 6)
    liking = {Temper.PROMPT: 3.0, Temper.STEADY: 2.0, Temper.SLOW: 1.0}
    weights = [
        liking.get(person.temper, 0.7) * (3.0 if place < 4 else 1.0)
        for place, person in enumerate(near)
    ]
    return near, weights


def _some_time(rng: Random, now: datetime) -> datetime:
    """A working hour of the last eighteen months, a little more often of late."""
    days_ago = DAYS * (1 - rng.random() ** 0.8) + 1
    day = clock.day_of(now - days_ago * DAY)
    local = datetime.combine(
        day, time(rng.randrange(8, 18), rng.randrange(60)), clock.local(now).tzinfo
    )
    return min(at_work(local.astimezone(UTC)), now - timedelta(minutes=5))


def _all_logged(rng: Random) -> Iterator[Sent]:
    """What services and others sent to the members, logged by these from memory."""
    now = clock.now()
    members = [person for person in CAST if person.is_member]
    outside = [person for person in CAST if not person.is_member and person.is_public]
    outside += [
        person for person in CAST if person.temper is Temper.PROMPT and not person.is_member
    ]
    for number in range(FROM_SERVICES):
        sender, receiver = rng.choice(outside), rng.choice([*members, members[0], members[0]])
        sent_at = _some_time(rng, now - 20 * DAY)
        remembered = PastReferral(
            sent_at=sent_at,
            sender=sender.name,
            receiver=receiver.name,
            answer=rng.choice((PastAnswer.ACCEPTED, PastAnswer.ACCEPTED, PastAnswer.DECLINED)),
            text="Logged from memory",
            outcome=Outcome.DONE,
        )
        events = past_events(remembered, now)
        key = sample_id("logged", number)
        yield Sent(key, sender, receiver, events, fold(events), happened_at=sent_at)


def _insert(made: list[Sent]) -> None:
    db.session.execute(insert(Referral), [_referral(sent) for sent in made])
    db.session.execute(
        insert(ReferralEvent),
        [event_values(sent, event) for sent in made for event in sent.events],
    )


def _referral(sent: Sent) -> dict[str, Any]:
    is_past = sent.happened_at is not None
    luck = Random(sent.id.int)  # noqa: S311 - the same sample everywhere
    reason, question = luck.choice(REASONS[sent.receiver.circle])
    sender, receiver = practitioner_id(sent.sender.key), practitioner_id(sent.receiver.key)
    return {
        "id": sent.id,
        "version": len(sent.events),
        "created_at": sent.events[0].at,
        "sender_id": sender,
        "receiver_id": receiver,
        "author_id": receiver if is_past else sender,
        "urgency": luck.choice((Urgency.ROUTINE, Urgency.ROUTINE, Urgency.SOON)).value,
        "reason": None if is_past else reason,
        "question": None if is_past else question,
        "sent_by": Route(sent.events[0].data["route"]).value,
        "previous_id": sent.previous_id,
        "is_past": is_past,
        "happened_on": clock.day_of(sent.happened_at) if sent.happened_at else None,
        "is_sample": True,
        **stored_fold(sent.standing, is_past=is_past),
    }


def event_values(sent: Sent, event: Event) -> dict[str, Any]:
    """The columns of an event's row."""
    by_sender = event.party is Party.SENDER or event.entered_by is not None
    writer = sent.sender if by_sender else sent.receiver
    if sent.happened_at is not None:
        writer = sent.receiver
    return {
        "id": sample_id("event", sent.id, event.number),
        "referral_id": sent.id,
        "number": event.number,
        "action": event.action.value,
        "at": event.at,
        "party": event.party.value,
        "by_id": None if event.party is Party.POLICY else practitioner_id(writer.key),
        "by_name": event.by,
        "entered_by": sent.receiver.name if sent.happened_at is not None else event.entered_by,
        "way": event.way.value,
        "data": dict(event.data),
    }
