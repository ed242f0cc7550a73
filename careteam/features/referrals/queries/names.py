"""Names given without a client, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Executable, func, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import GivenName, NamesGiven
from careteam.kit.db import db
from careteam.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class NameAsked:
    """One name given whose outcome nobody has asked for yet."""

    names_id: UUID
    practitioner_id: UUID
    name: str
    phone: str | None
    discipline: str
    given_on: date


@dataclass(frozen=True, slots=True)
class NamesTold:
    """How often the actor gave somebody's name, last when, and what was heard of it."""

    given: int
    last_on: date
    outcomes: Mapping[str, int]

    @property
    def unheard(self) -> int:
        return self.given - sum(self.outcomes.values())


def names_told_of(actor: Actor, practitioner_id: UUID) -> NamesTold | None:
    """None where the actor never gave this name. One statement."""
    rows = db.session.execute(
        select(GivenName.outcome, func.count(), func.max(NamesGiven.given_on))
        .join(NamesGiven, NamesGiven.id == GivenName.names_given_id)
        .where(
            GivenName.practitioner_id == practitioner_id,
            within(actor, Permission.KEEP_OWN_NOTES, NamesGiven),
        )
        .group_by(GivenName.outcome)
    ).all()
    if not rows:
        return None
    return NamesTold(
        given=sum(row[1] for row in rows),
        last_on=max(row[2] for row in rows),
        outcomes={row[0]: row[1] for row in rows if row[0] is not None},
    )


def get_names(actor: Actor, names_id: UUID) -> NamesGiven:
    """Names the actor gave. Raises `NotFound`."""
    row = db.session.scalars(
        select(NamesGiven).where(
            NamesGiven.id == names_id, within(actor, Permission.KEEP_OWN_NOTES, NamesGiven)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def find_names(actor: Actor, names_id: UUID) -> NamesGiven | None:
    return db.session.scalars(
        select(NamesGiven).where(
            NamesGiven.id == names_id, within(actor, Permission.KEEP_OWN_NOTES, NamesGiven)
        )
    ).one_or_none()


def find_given(names_id: UUID, practitioner_id: UUID) -> GivenName | None:
    """One of the names, for whoever reaches the list it is on."""
    return db.session.get(GivenName, (names_id, practitioner_id))


def list_names_to_ask(actor: Actor, day: date, most: int = 30) -> list[NameAsked]:
    """Names whose day of asking has come, the longest waiting first: one statement."""
    return [NameAsked(*row) for row in db.session.execute(_names_to_ask(actor, day, most))]


@kept
def _names_to_ask(actor: Actor, day: date, most: int) -> Executable:
    return (
        select(
            NamesGiven.id,
            GivenName.practitioner_id,
            Practitioner.name,
            Practitioner.phone,
            NamesGiven.discipline,
            NamesGiven.given_on,
        )
        .join(GivenName, GivenName.names_given_id == NamesGiven.id)
        .join(Practitioner, Practitioner.id == GivenName.practitioner_id)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, NamesGiven),
            NamesGiven.ask_on.is_not(None),
            NamesGiven.ask_on <= day,
            GivenName.outcome.is_(None),
        )
        .order_by(NamesGiven.ask_on, NamesGiven.id, GivenName.position)
        .limit(most)
    )
