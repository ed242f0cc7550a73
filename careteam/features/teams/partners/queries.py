"""Who is linked with whom. Both sides of a link must stand, and nothing names the other but here.

A side whose other half was erased with its client stands alone: it links nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.access.reach import Role, reach_of
from careteam.audit import reads
from careteam.domain.consent import IDENTITY
from careteam.features.clients.models import Client
from careteam.features.clients.queries import list_client_lines
from careteam.features.teams.models import Partner
from careteam.kit.db import db
from careteam.kit.errors import NotFound

OTHER = aliased(Partner, name="other_partner")


@dataclass(frozen=True, slots=True)
class Linked:
    """A client's link with a partner. Who that is, is told only to somebody who keeps or covers
    both records; else `partner_id` and `partner_name` are None.
    """

    side_id: UUID
    pair_id: UUID
    agreed_on: date
    agreed_how: str
    partner_id: UUID | None
    partner_name: str | None


LINKED = (
    Partner.id.label("side_id"),
    Partner.pair_id,
    Partner.agreed_on.label("partner_agreed_on"),
    Partner.agreed_how,
    OTHER.client_id.label("partner_id"),
    func.coalesce(Client.preferred_name, Client.name).label("partner_name"),
)


def find_linked(actor: Actor, client_id: UUID) -> Linked | None:
    """The link that stands for this client, for the client and whoever keeps the record."""
    row = db.session.execute(
        select(*LINKED)
        .select_from(Partner)
        .join(OTHER, other_stands())
        .join(Client, Client.id == OTHER.client_id)
        .where(Partner.client_id == client_id, side_stands(actor))
        .limit(1)
    ).one_or_none()
    return linked_of(actor, row) if row else None


def side_stands(actor: Actor) -> ColumnElement[bool]:
    return and_(Partner.ended_at.is_(None), within(actor, Permission.UNLINK_PARTNER, Partner))


def other_stands() -> ColumnElement[bool]:
    return and_(OTHER.pair_id == Partner.pair_id, OTHER.id != Partner.id, OTHER.ended_at.is_(None))


def linked_of(actor: Actor, row: Any) -> Linked:
    """Out of the columns `LINKED`. A name of a client whom somebody else keeps is a look."""
    standing = reach_of(actor).standing(row.partner_id)
    known = standing is not None and standing.role is Role.LEAD
    if standing is not None and standing.stands_in:
        reads.note(row.partner_id, IDENTITY)
    return Linked(
        row.side_id,
        row.pair_id,
        row.partner_agreed_on,
        row.agreed_how,
        row.partner_id if known else None,
        row.partner_name if known else None,
    )


def get_side(actor: Actor, client_id: UUID, side_id: UUID) -> Partner:
    """One client's side, whatever became of it. Raises `NotFound`."""
    row = db.session.scalars(
        select(Partner).where(
            Partner.id == side_id,
            Partner.client_id == client_id,
            within(actor, Permission.UNLINK_PARTNER, Partner),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def list_choices(actor: Actor, client: Client) -> list[tuple[UUID, str]]:
    """The actor's other clients, by name; those whom the actor stands in for are left out."""
    return [
        (line.id, line.name)
        for line in list_client_lines(actor)
        if line.is_lead and not line.stands_in and line.id != client.id
    ]


def standing_sides(client_ids: Sequence[UUID]) -> Sequence[Partner]:
    """For operations: sides of these clients that nobody ended. Whoever asks is the only one to
    link or unlink them until the transaction ends."""
    with reads.unseen():
        db.session.execute(
            select(Client.id).where(Client.id.in_(client_ids)).order_by(Client.id).with_for_update()
        )
        return db.session.scalars(
            select(Partner).where(Partner.client_id.in_(client_ids), Partner.ended_at.is_(None))
        ).all()


def other_side(side: Partner) -> Partner | None:
    """For operations: the partner's side, while that client has a record."""
    with reads.unseen():
        return db.session.scalars(
            select(Partner).where(Partner.pair_id == side.pair_id, Partner.id != side.id)
        ).one_or_none()
