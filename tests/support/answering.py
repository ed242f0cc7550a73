"""Referrals played to their end between two people, with their events, as rows."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from careteam.domain.referral import Standing
from careteam.features.demo.answering import Course, play
from careteam.features.demo.cast import Circle, Person, Temper
from careteam.features.referrals.history import row_of, stored_fold
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db

SENDER = Person("s", "Sender", ("osteopath",), Circle.MOVING, "", "", Temper.STEADY, True)


def played(rng: Random, temper: Temper, *, is_member: bool = True, days_ago: float = 40) -> Course:
    """One referral to somebody of that temper; without an account answers are told by telephone."""
    receiver = Person(
        "r", "Receiver", ("osteopath",), Circle.MOVING, "", "", temper, is_member=is_member
    )
    now = clock.now()
    return play(rng, SENDER, receiver, now - timedelta(days=days_ago), now)


def store(sender: UUID | None, receiver: UUID | None, course: Course) -> UUID:
    """The rows of a course. Returns the key of the referral."""
    assert sender is not None
    assert receiver is not None
    id_, standing = uuid4(), course.standing
    db.session.add(_row(id_, sender, receiver, standing))
    db.session.flush()
    db.session.add_all([row_of(id_, event, sender) for event in course.events])
    db.session.commit()
    return id_


def _row(id_: UUID, sender: UUID, receiver: UUID, standing: Standing) -> Referral:
    return Referral(
        id=id_, sender_id=sender, receiver_id=receiver, author_id=sender, **stored_fold(standing)
    )
