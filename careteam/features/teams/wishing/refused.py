"""Whom the client does not want, with names, for lead and client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from careteam.access.actor import Actor
from careteam.features.clients.models import Client
from careteam.features.directory.queries import names_of
from careteam.features.teams.wishing.queries import list_refusals


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody whom the client does not want; `is_own` where the client said it alone."""

    id: UUID
    name: str
    on: date
    is_own: bool


def refused_names(actor: Actor, client: Client) -> list[Refused]:
    """Those who are still in the directory, in the order in which it was said."""
    rows = list_refusals(actor, client.id)
    names = names_of([row.practitioner_id for row in rows])
    return [
        Refused(who, names[who], row.said_on, row.author_id is None)
        for row in rows
        if (who := row.practitioner_id) in names
    ]
