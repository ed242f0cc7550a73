"""Questions about touches and calls: each practitioner sees her own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, bindparam, func, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.audit import reads
from careteam.domain.consent import IDENTITY
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Workplace
from careteam.features.relationships.models import (
    Call,
    GroupTending,
    PracticeTending,
    Tending,
    Touch,
)
from careteam.features.standing.models import StandingMember, StandingTeam
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

MOST_LISTED = 100


def find_touch(actor: Actor, touch_id: UUID) -> Touch | None:
    """One of the actor's, removed or not."""
    return db.session.scalars(
        select(Touch).where(Touch.id == touch_id, within(actor, Permission.KEEP_OWN_NOTES, Touch))
    ).one_or_none()


def get_touch(actor: Actor, touch_id: UUID, *, removed: bool = False) -> Touch:
    """Raises `NotFound`; for one that was removed as well, unless it is asked for."""
    touch = find_touch(actor, touch_id)
    if touch is None or (touch.removed_at is not None) is not removed:
        raise NotFound
    return touch


def list_touches(actor: Actor, practitioner_id: UUID, size: int = MOST_LISTED) -> Sequence[Touch]:
    """With one person, the newest first."""
    return _listed(actor, Touch.practitioner_id == practitioner_id, size=size)


def list_touches_at(actor: Actor, practice: str) -> Sequence[Touch]:
    """With one practice, the newest first; capitals make no difference, in any alphabet."""
    written = db.session.scalars(
        select(Touch.practice)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Touch), Touch.practice.is_not(None))
        .distinct()
    )
    same = [each for each in written if each and each.casefold() == practice.casefold()]
    return _listed(actor, Touch.practice.in_(same))


def list_latest(actor: Actor) -> Sequence[Touch]:
    """With anybody, the newest first."""
    return _listed(actor)


def _listed(
    actor: Actor, *conditions: ColumnElement[bool], size: int = MOST_LISTED
) -> Sequence[Touch]:
    return db.session.scalars(
        select(Touch)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, Touch), Touch.removed_at.is_(None), *conditions
        )
        .order_by(Touch.happened_on.desc(), Touch.created_at.desc(), Touch.id)
        .limit(size)
    ).all()


def list_calls(actor: Actor, practitioner_id: UUID) -> Sequence[Call]:
    """To one person, the newest first."""
    return db.session.scalars(
        select(Call)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, Call), Call.practitioner_id == practitioner_id
        )
        .order_by(Call.at.desc(), Call.id)
        .limit(MOST_LISTED)
    ).all()


def last_calls(actor: Actor, since: datetime) -> dict[UUID, tuple[str, datetime]]:
    """How the last call to each practitioner went since then: one statement."""
    rows = columns_of(_last_calls(actor), {"since": since})
    return {practitioner_id: (outcome, at) for practitioner_id, outcome, at in rows}


@kept
def _last_calls(actor: Actor) -> Executable:
    since = bindparam("since", type_=Call.at.type)
    return (
        select(Call.practitioner_id, Call.outcome, Call.at)
        .where(within(actor, Permission.KEEP_OWN_NOTES, Call), Call.at >= since)
        .order_by(Call.at, Call.id)
    )


def practices_at(practitioner_id: UUID) -> list[str]:
    """The practices of one entry, which all members may read."""
    rows = db.session.scalars(
        select(Workplace.practice)
        .where(Workplace.practitioner_id == practitioner_id, Workplace.practice.is_not(None))
        .order_by(Workplace.position)
    )
    return list(dict.fromkeys(filter(None, rows)))


def find_tending(actor: Actor, practitioner_id: UUID) -> Tending | None:
    if actor.practitioner_id is None:
        return None
    return db.session.get(Tending, (actor.practitioner_id, practitioner_id))


def find_practice_tending(actor: Actor, practice: str) -> PracticeTending | None:
    if actor.practitioner_id is None:
        return None
    return db.session.get(PracticeTending, (actor.practitioner_id, practice.casefold()))


def tending_of_group(team: StandingTeam) -> GroupTending | None:
    """For whoever already reaches this team."""
    return db.session.get(GroupTending, team.id)


@dataclass(frozen=True, slots=True)
class Group:
    """A standing team of the actor's. `every_months` is None where no rhythm is wished."""

    id: UUID
    name: str
    people: int
    every_months: int | None


def list_groups(actor: Actor, practitioner_id: UUID | None = None) -> list[Group]:
    """The actor's standing teams by name, or those that somebody is on. One statement."""
    statement = (
        select(
            StandingTeam.id,
            StandingTeam.name,
            select(func.count()).where(StandingMember.team_id == StandingTeam.id).scalar_subquery(),
            GroupTending.every_months,
        )
        .outerjoin(GroupTending, GroupTending.team_id == StandingTeam.id)
        .where(
            within(actor, Permission.KEEP_OWN_NOTES, StandingTeam),
            StandingTeam.removed_at.is_(None),
        )
        .order_by(func.lower(StandingTeam.name), StandingTeam.id)
    )
    if practitioner_id is not None:
        on_it = select(StandingMember.team_id).where(
            StandingMember.practitioner_id == practitioner_id
        )
        statement = statement.where(StandingTeam.id.in_(on_it))
    return [Group(*row) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Tellable:
    """A client of the actor's of whom a consent lets her tell somebody."""

    id: UUID
    name: str
    preferred_name: str | None

    @property
    def called(self) -> str:
        return self.preferred_name or self.name


def list_tellable(actor: Actor, practitioner_id: UUID, day: date) -> list[Tellable]:
    """Clients kept by the actor whose consent in force names this practitioner, by name.

    Each is noted as looked at: a page that offers them tells who is in whose care.
    """
    rows: Sequence[Any] = db.session.execute(
        select(Client.id, Client.name, Client.preferred_name)
        .where(
            within(actor, Permission.EDIT_CLIENT, Client),
            Client.id.in_(
                select(Consent.client_id).where(
                    within(actor, Permission.READ_CONSENTS, Consent),
                    Consent.practitioner_id == practitioner_id,
                    Consent.withdrawn_at.is_(None),
                    or_(Consent.until_on.is_(None), Consent.until_on >= day),
                )
            ),
        )
        .order_by(func.lower(Client.name), Client.id)
    ).all()
    for row in rows:
        reads.note(row.id, IDENTITY)
    return [Tellable(*row) for row in rows]
