"""One's own referrals as days, and what goals of one's own clients ask for: no client's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, case, func, or_, select, union_all

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.clients.models import Goal
from careteam.features.clients.queries import STANDING_GOALS
from careteam.features.directory.models import Practitioner, PractitionerDiscipline
from careteam.features.referrals.models import Referral
from careteam.features.responsiveness.queries import REFUSED, UNCOUNTED, UNDECIDED
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import db

WANTED = ("open", "referred", "filled")
"""Places on a team that a goal asks for now."""
LOOKED_AT = 200
"""Entries of a discipline, at most, when it is asked how many there are."""


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A counted referral between the actor and somebody else. `is_open`: nobody has decided yet."""

    other: str
    is_sent: bool
    on: date
    is_past: bool
    is_answered: bool
    is_accepted: bool
    is_refused: bool
    is_open: bool
    is_closed: bool


def list_own_referrals(actor: Actor) -> list[OwnReferral]:
    """Every counted referral that the actor sent or received. One statement."""
    me = actor.practitioner_id
    if me is None:
        return []
    rows = db.session.execute(
        select(
            Referral.sender_id,
            Referral.receiver_id,
            Referral.happened_on,
            func.coalesce(Referral.sent_at, Referral.created_at).label("left_at"),
            Referral.is_past,
            Referral.first_response_at,
            Referral.accepted_at,
            Referral.status,
        ).where(
            within(actor, Permission.READ_NETWORK, Referral),
            Referral.status.not_in(UNCOUNTED),
            or_(Referral.sender_id == me, Referral.receiver_id == me),
            Referral.sender_id != Referral.receiver_id,
        )
    )
    return [_own(row, me) for row in rows]


def _own(row: Any, me: UUID) -> OwnReferral:
    is_sent = row.sender_id == me
    return OwnReferral(
        other=str(row.receiver_id if is_sent else row.sender_id),
        is_sent=is_sent,
        on=row.happened_on or clock.day_of(row.left_at),
        is_past=row.is_past,
        is_answered=row.first_response_at is not None or row.accepted_at is not None,
        is_accepted=row.accepted_at is not None,
        is_refused=row.status in REFUSED,
        is_open=row.status in UNDECIDED,
        is_closed=row.status == State.CLOSED,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A discipline that goals of one's clients ask for: how many goals, and places still open."""

    discipline: str
    goals: int
    open_seats: int


def list_wanted(actor: Actor) -> list[Wanted]:
    """What the standing goals of the actor's clients ask for, by discipline. One statement."""
    is_open = func.sum(case((Seat.state == "open", 1), else_=0))
    rows = db.session.execute(
        select(Seat.discipline, func.count(Seat.goal_id.distinct()), is_open)
        .join(Goal, Goal.id == Seat.goal_id)
        .where(
            within(actor, Permission.EDIT_TEAM, Seat),
            Goal.status.in_(STANDING_GOALS),
            Seat.state.in_(WANTED),
        )
        .group_by(Seat.discipline)
    )
    return [Wanted(*row) for row in rows]


def count_accepting(
    actor: Actor, disciplines: Collection[str]
) -> tuple[Counter[str], Counter[str]]:
    """Practitioners of each discipline in the directory, and of these those who take new clients.

    No more than LOOKED_AT of each are looked at, so that the largest directory costs no more. One
    statement; there must be a discipline.
    """
    some = union_all(*(select(_some_of(actor, each)) for each in disciplines)).subquery()
    rows = db.session.execute(
        select(some.c.discipline, some.c.accepting, func.count()).group_by(
            some.c.discipline, some.c.accepting
        )
    )
    everybody, accepting = Counter[str](), Counter[str]()
    for discipline, answer, count in rows:
        everybody[discipline] += count
        accepting[discipline] += count if answer == "yes" else 0
    return everybody, accepting


def _some_of(actor: Actor, discipline: str) -> Subquery:
    """The entries of a discipline that are looked at."""
    return (
        select(PractitionerDiscipline.discipline, Practitioner.accepting)
        .join(Practitioner, Practitioner.id == PractitionerDiscipline.practitioner_id)
        .where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            Practitioner.id.is_distinct_from(actor.practitioner_id),
            PractitionerDiscipline.discipline == discipline,
            Practitioner.retired_at.is_(None),
        )
        .limit(LOOKED_AT)
        .subquery()
    )


def list_practising(actor: Actor, ids: Collection[str]) -> dict[str, set[str]]:
    """Of these practitioners, who practises each discipline, first or beside others."""
    rows = db.session.execute(
        select(
            PractitionerDiscipline.discipline,
            PractitionerDiscipline.practitioner_id,
            Practitioner.retired_at,
        )
        .join(Practitioner, Practitioner.id == PractitionerDiscipline.practitioner_id)
        .where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            Practitioner.id.in_([UUID(id_) for id_ in ids]),
        )
    )
    found: dict[str, set[str]] = {}
    for discipline, id_, retired_at in rows:
        if retired_at is None:
            found.setdefault(discipline, set()).add(str(id_))
    return found
