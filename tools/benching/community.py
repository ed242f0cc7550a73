"""A community of a given size in a SQLite file: the worked example, and strangers around it.

The worked example's main person is the one whose pages are measured. She keeps forty clients, most
of them quiet, and the same ties at every size, so that what grows is only the community.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, insert, select

from careteam.access.actor import SYSTEM
from careteam.features.accounts.models import Account
from careteam.features.demo.answering import DAY, Course, play
from careteam.features.demo.cast import CAST, Circle, Person, Temper
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.demo.operations import add_sample
from careteam.features.demo.people import towns
from careteam.features.demo.stories.telling import tell_stories
from careteam.features.directory.catalogue import discipline_labels
from careteam.features.directory.models import (
    Practitioner,
    PractitionerDiscipline,
    PractitionerLanguage,
    Workplace,
)
from careteam.features.referrals.chasing.working import plan_missing
from careteam.features.referrals.history import stored_fold
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.text import folded
from tools.benching.clients import add_clients

PASSWORD = "made up people only"  # noqa: S105 - of made-up people in a file that is thrown away
PATTERNS = 1500
"""Courses of referrals that are played out; the others repeat them between other people."""
CHUNK = 5000
SYLLABLES = (
    "ash bel cor den elm fen gar hol ivy kel lar mor nes oak pel ren sal tor wil yar".split()
)


@dataclass(frozen=True, slots=True)
class Size:
    practitioners: int
    referrals: int


def fill(size: Size) -> None:
    """Fill the empty database of the current application."""
    rng = Random(size.practitioners)  # noqa: S311 - the same community each time
    add_sample(actor=SYSTEM, password=PASSWORD)
    tell_stories()
    add_clients()
    db.session.commit()
    strangers = add_strangers(rng, size.practitioners - len(CAST))
    there = db.session.scalar(select(func.count()).select_from(Referral)) or 0
    if strangers:
        _add_referrals(rng, strangers, max(0, size.referrals - there))
        plan_missing()
    db.session.commit()
    db.session.remove()


def add_strangers(rng: Random, count: int) -> list[UUID]:
    labels, places = discipline_labels(), list(towns().values())
    ids = [sample_id("stranger", number) for number in range(count)]
    people: list[dict[str, Any]] = []
    rest: dict[Any, list[dict[str, Any]]] = {
        PractitionerDiscipline: [],
        PractitionerLanguage: [],
        Workplace: [],
        Account: [],
    }
    for number, id_ in enumerate(ids):
        name, place = _name(rng), rng.choice(places)
        discipline, practice = rng.choice(list(labels)), f"{name.split()[1]} Rooms"
        words = f"{name} {practice} {place.name} {labels[discipline]}"
        is_member = number % 5 == 0
        people.append(
            {
                "id": id_,
                "version": 1,
                "name": name,
                "email": f"p{number}@example.org",
                "phone": f"+441632960{number % 1000:03d}",
                "accepting": rng.choice(("yes", "no", "unknown")),
                "usual_wait_days": rng.randrange(60),
                "search_text": folded(words),
                "claimed_at": clock.now() if is_member else None,
            }
        )
        rest[PractitionerDiscipline].append({"practitioner_id": id_, "discipline": discipline})
        rest[PractitionerLanguage].append({"practitioner_id": id_, "code": "en"})
        rest[Workplace].append(
            {
                "practitioner_id": id_,
                "practice": practice,
                "place": place.name,
                "latitude": place.latitude + rng.uniform(-0.2, 0.2),
                "longitude": place.longitude + rng.uniform(-0.2, 0.2),
            }
        )
        if is_member:
            rest[Account].append(
                {
                    "version": 1,
                    "email": f"p{number}@example.org",
                    "name": name,
                    "password_hash": "none",
                    "practitioner_id": id_,
                }
            )
    _insert(Practitioner, people)
    for model, rows in rest.items():
        _insert(model, rows)
    return ids


def _name(rng: Random) -> str:
    first, last = ("".join(rng.sample(SYLLABLES, 2)).title() for _ in range(2))
    return f"{first} {last}"


def _add_referrals(rng: Random, strangers: list[UUID], count: int) -> None:
    """Between strangers mostly, now and then to somebody of the worked example."""
    courses = list(patterns(rng))
    senders = strangers[::5]
    circles = {sender: rng.sample(strangers, min(12, len(strangers))) for sender in senders}
    known = [practitioner_id(person.key) for person in CAST[1:]]
    referrals: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for number in range(count):
        sender = rng.choice(senders)
        receiver = rng.choice(known if rng.random() < 0.05 else circles[sender])
        if receiver == sender:
            receiver = known[0]
        row, rows = between(sample_id("bench", number), sender, receiver, rng.choice(courses))
        referrals.append(row)
        events.extend(rows)
        if len(referrals) == CHUNK:
            _flush(referrals, events)
    _flush(referrals, events)


def _flush(referrals: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    _insert(Referral, referrals)
    _insert(ReferralEvent, events)
    referrals.clear()
    events.clear()


def patterns(rng: Random) -> Iterator[Course]:
    now = clock.now()
    sender = Person("s", "Sender", ("osteopath",), Circle.MOVING, "", "", Temper.STEADY, True)
    for _ in range(PATTERNS):
        temper = rng.choice(list(Temper))
        receiver = Person("r", "Receiver", ("osteopath",), Circle.MOVING, "", "", temper)
        sent_at = now - rng.uniform(0.1, 548) * DAY
        yield play(rng, sender, receiver, sent_at, now)


def between(
    id_: UUID, sender: UUID, receiver: UUID, course: Course
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    row = {
        "id": id_,
        "version": 1,
        "created_at": course.events[0].at,
        "sender_id": sender,
        "receiver_id": receiver,
        "author_id": sender,
        "reason": "A reason in one sentence.",
        "question": "Would you see them?",
        "sent_by": str(course.events[0].data["route"]),
        **stored_fold(course.standing),
    }
    events = [
        {
            "id": uuid5(id_, str(event.number)),
            "referral_id": id_,
            "number": event.number,
            "action": event.action.value,
            "at": event.at,
            "party": event.party.value,
            "by_id": sender,
            "by_name": event.by,
            "entered_by": event.entered_by,
            "way": event.way.value,
            "data": dict(event.data),
        }
        for event in course.events
    ]
    return row, events


def _insert(model: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(model), rows)
