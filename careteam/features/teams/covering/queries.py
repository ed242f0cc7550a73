"""Who stands in for whom: for the page of a client, for Today, and for operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, select, true
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.access.reach import reach_of
from careteam.audit import reads
from careteam.features.accounts.models import Account
from careteam.features.clients.models import Client
from careteam.features.clients.queries import IDENTITY
from careteam.features.directory.models import Practitioner
from careteam.features.teams.models import Cover, SeatHiding
from careteam.kit import clock
from careteam.kit.db import columns_of, db
from careteam.kit.errors import NotFound

_Lead = aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class CoverLine:
    """One who stands in, or will. `called` is None where the reader does not reach the client yet.

    `is_mine`: it is the reader who stands in.
    """

    id: UUID
    client_id: UUID
    called: str | None
    name: str
    lead_name: str
    from_on: date
    until_on: date
    is_mine: bool

    @property
    def has_begun(self) -> bool:
        return self.from_on <= clock.today()

    @property
    def pair(self) -> tuple[date, date, str, str]:
        """The same for all clients that one person covers for another on the same days."""
        return self.from_on, self.until_on, self.name, self.lead_name


def not_over() -> ColumnElement[bool]:
    """Running or still to come. With another lead it counts no longer."""
    return and_(Cover.ended_at.is_(None), Cover.until_on >= clock.today())


def acts_now() -> ColumnElement[bool]:
    return and_(not_over(), Cover.from_on <= clock.today())


def list_covers(actor: Actor) -> list[CoverLine]:
    """All that the actor may end, running or still to come, the first to begin first.

    It is noted whom the actor is shown of clients that somebody else keeps.
    """
    reach, lines = reach_of(actor), []
    for row in columns_of(_covers(actor)):
        is_mine = row.practitioner_id == actor.practitioner_id
        called = row.preferred_name or row.name
        if reach.standing(row.client_id) is None:
            called = None
        elif is_mine:
            reads.note(row.client_id, IDENTITY)
        lines.append(
            CoverLine(
                row.id,
                row.client_id,
                called,
                row.cover_name,
                row.lead_name,
                row.from_on,
                row.until_on,
                is_mine,
            )
        )
    return lines


@kept
def _covers(actor: Actor) -> Executable:
    return (
        select(
            Cover.id,
            Cover.client_id,
            Client.name,
            Client.preferred_name,
            Practitioner.name.label("cover_name"),
            _Lead.name.label("lead_name"),
            Cover.from_on,
            Cover.until_on,
            Cover.practitioner_id,
        )
        .join(Client, and_(Client.id == Cover.client_id, Client.lead_id == Cover.author_id))
        .join(Practitioner, Practitioner.id == Cover.practitioner_id)
        .join(_Lead, _Lead.id == Client.lead_id)
        .where(within(actor, Permission.END_COVER, Cover), not_over())
        .order_by(Cover.from_on, Practitioner.name, Client.name, Cover.id)
    )


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps a record, and who stands in for them or will, the first to begin first."""

    lead_id: UUID
    lead_name: str
    covers: tuple[CoverLine, ...]

    @property
    def now(self) -> CoverLine | None:
        return next((cover for cover in self.covers if cover.has_begun), None)


def keeping_of(actor: Actor, client: Client) -> Keeping:
    """For the page of a client that the actor reaches: one statement for whoever keeps the
    record, two for the others."""
    lead_name = actor.name if client.lead_id == actor.practitioner_id else _name_of(client.lead_id)
    rows = db.session.execute(
        select(Cover, Practitioner.name)
        .join(Practitioner, Practitioner.id == Cover.practitioner_id)
        .where(Cover.client_id == client.id, is_shown(actor, client))
        .order_by(Cover.from_on, Cover.id)
    )
    return kept_by(actor, client, lead_name, ((row[0], row[1]) for row in rows))


def is_shown(actor: Actor, client: Client | type[Client]) -> ColumnElement[bool]:
    """Covers, running or to come, for whoever keeps the record now."""
    return and_(
        Cover.author_id == client.lead_id, within(actor, Permission.READ_RECORD, Cover), not_over()
    )


def kept_by(
    actor: Actor, client: Client, lead_name: str, covers: Iterable[tuple[Cover, str]]
) -> Keeping:
    """Out of covers with the names of who stands in."""
    lines = tuple(
        CoverLine(
            cover.id,
            client.id,
            client.called,
            name,
            lead_name,
            cover.from_on,
            cover.until_on,
            cover.practitioner_id == actor.practitioner_id,
        )
        for cover, name in covers
    )
    return Keeping(client.lead_id, lead_name, lines)


def _name_of(practitioner_id: UUID) -> str:
    name: str = db.session.execute(
        select(Practitioner.name).where(Practitioner.id == practitioner_id)
    ).scalar_one()
    return name


def get_cover(actor: Actor, cover_id: UUID) -> Cover:
    """One that the actor may end. Raises `NotFound`."""
    cover = find_cover(actor, cover_id)
    if cover is None:
        raise NotFound
    return cover


def find_cover(actor: Actor, cover_id: UUID) -> Cover | None:
    return db.session.scalars(
        select(Cover).where(Cover.id == cover_id, within(actor, Permission.END_COVER, Cover))
    ).one_or_none()


def covers_between(
    client: Client, from_on: date, until_on: date, practitioner_id: UUID | None = None
) -> Sequence[Cover]:
    """For operations: who stands in on one of these days already, or whether this one does."""
    return db.session.scalars(
        select(Cover).where(
            true() if practitioner_id is None else Cover.practitioner_id == practitioner_id,
            Cover.client_id == client.id,
            Cover.author_id == client.lead_id,
            Cover.ended_at.is_(None),
            Cover.from_on <= until_on,
            Cover.until_on >= from_on,
        )
    ).all()


def acting_leads(client_id: UUID) -> list[UUID]:
    """For mails: whoever keeps the record, and whoever stands in for them today."""
    rows = db.session.execute(
        select(Client.lead_id, Cover.practitioner_id)
        .outerjoin(
            Cover,
            and_(
                Cover.client_id == Client.id,
                Cover.author_id == Client.lead_id,
                acts_now(),
            ),
        )
        .where(Client.id == client_id)
    ).all()
    return list(dict.fromkeys(who for row in rows for who in row if who is not None))


def is_kept_from(client_id: UUID, practitioner_id: UUID) -> bool:
    """Whether the client keeps a place on the team from this practitioner."""
    kept = select(SeatHiding.seat_id).where(
        SeatHiding.client_id == client_id, SeatHiding.practitioner_id == practitioner_id
    )
    return db.session.execute(kept.limit(1)).first() is not None


def list_colleagues(actor: Actor) -> list[tuple[UUID, str]]:
    """Members with an account and an entry, by name, without the actor."""
    rows = db.session.execute(
        select(Practitioner.id, Practitioner.name)
        .join(Account, Account.practitioner_id == Practitioner.id)
        .where(
            within(actor, Permission.READ_DIRECTORY, Practitioner),
            Account.disabled_at.is_(None),
            Practitioner.retired_at.is_(None),
            Practitioner.id != actor.practitioner_id,
        )
        .order_by(Practitioner.search_text, Practitioner.id)
    )
    return [(row.id, row.name) for row in rows]
