"""What is under way about the keeping of a record, for the client's page, in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.features.teams.handing_over.queries import Open, is_open
from careteam.features.teams.models import HandOver, Partner
from careteam.features.teams.partners.queries import (
    LINKED,
    OTHER,
    Linked,
    linked_of,
    other_stands,
    side_stands,
)
from careteam.kit.db import db

_Kept = aliased(Client, name="kept")


@dataclass(frozen=True, slots=True)
class Underway:
    """Who is asked to take over, and with whom the client is linked."""

    asked_to_keep: Open | None = None
    linked: Linked | None = None


def underway_of(actor: Actor, client: Client) -> Underway:
    row = db.session.execute(
        select(HandOver.id, Practitioner.name, HandOver.agreed_on, *LINKED)
        .select_from(_Kept)
        .outerjoin(HandOver, and_(HandOver.client_id == _Kept.id, is_open(actor, client)))
        .outerjoin(Practitioner, Practitioner.id == HandOver.practitioner_id)
        .outerjoin(Partner, and_(Partner.client_id == _Kept.id, side_stands(actor)))
        .outerjoin(OTHER, other_stands())
        .outerjoin(Client, Client.id == OTHER.client_id)
        .where(_Kept.id == client.id)
        .order_by(HandOver.created_at)
        .limit(1)
    ).one()
    return Underway(
        Open(row.id, row.name, row.agreed_on) if row.id else None,
        linked_of(actor, row) if row.partner_id else None,
    )
