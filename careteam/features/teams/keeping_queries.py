"""What is under way about the keeping of a record, for the client's page, in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Executable, and_, bindparam, select
from sqlalchemy.orm import aliased

from careteam.access.actor import Actor
from careteam.access.guard import kept
from careteam.access.reach import only
from careteam.features.clients.models import Client
from careteam.features.directory.models import Practitioner
from careteam.features.teams.covering.queries import Keeping, is_shown, kept_by
from careteam.features.teams.handing_over.queries import Open, is_open
from careteam.features.teams.models import Cover, HandOver, Partner
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
_Lead, _Asked, _StandIn = aliased(Practitioner), aliased(Practitioner), aliased(Practitioner)


@dataclass(frozen=True, slots=True)
class Underway:
    """Who keeps the record and stands in, who is asked to take over, and with whom the client is
    linked.
    """

    keeping: Keeping
    asked_to_keep: Open | None = None
    linked: Linked | None = None


def underway_of(actor: Actor, client: Client) -> Underway:
    """For whoever keeps the record or stands in: a row for each cover, or one without."""
    with only(client.id):
        rows = db.session.execute(_underway(actor), {"client_id": client.id}).all()
    first = rows[0]
    name_of_lead = actor.name if client.lead_id == actor.practitioner_id else first.lead_name
    covers = {row.Cover: row.stand_in for row in rows if row.Cover is not None}
    return Underway(
        kept_by(actor, client, name_of_lead, covers.items()),
        Open(first.id, first.name, first.agreed_on) if first.id else None,
        linked_of(actor, first) if first.partner_id else None,
    )


@kept
def _underway(actor: Actor) -> Executable:
    """Of the client bound as `client_id`."""
    return (
        select(
            HandOver.id,
            _Asked.name,
            HandOver.agreed_on,
            *LINKED,
            _Lead.name.label("lead_name"),
            Cover,
            _StandIn.name.label("stand_in"),
        )
        .select_from(_Kept)
        .join(_Lead, _Lead.id == _Kept.lead_id)
        .outerjoin(HandOver, and_(HandOver.client_id == _Kept.id, is_open(actor, _Kept)))
        .outerjoin(_Asked, _Asked.id == HandOver.practitioner_id)
        .outerjoin(Partner, and_(Partner.client_id == _Kept.id, side_stands(actor)))
        .outerjoin(OTHER, other_stands())
        .outerjoin(Client, Client.id == OTHER.client_id)
        .outerjoin(Cover, and_(Cover.client_id == _Kept.id, is_shown(actor, _Kept)))
        .outerjoin(_StandIn, _StandIn.id == Cover.practitioner_id)
        .where(_Kept.id == bindparam("client_id"))
        .order_by(HandOver.created_at, Cover.from_on, Cover.id)
    )
