"""What clients ended by themselves on their own page: whoever keeps the record looks at it once.

Lines name the person and no more: a place on a team may have a telling name.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.kit.db import db
from careteam.kit.errors import NotFound

CONSENT, LINK = "consent", "link"
MODELS: dict[str, type[Consent] | type[Link]] = {CONSENT: Consent, LINK: Link}


def select_ended(actor: Actor, kind: str) -> Select[Any]:
    """In the columns of what others added: by whom is here whose it was."""
    model: Any = MODELS[kind]
    return (
        select(
            literal(kind).label("kind"),
            model.id.label("place_id"),
            model.client_id.label("client_id"),
            func.coalesce(Client.preferred_name, Client.name).label("called"),
            Client.lead_id.label("lead_id"),
            Practitioner.name.label("by"),
            model.untold_since.label("at"),
        )
        .select_from(model)
        .join(Client, Client.id == model.client_id)
        .join(Practitioner, Practitioner.id == model.practitioner_id)
        .where(model.untold_since.is_not(None), within(actor, Permission.EDIT_CLIENT, Client))
    )


def get_ended(actor: Actor, kind: str, row_id: UUID) -> tuple[Client, Consent | Link]:
    """Of a client whose record the actor keeps. Raises `NotFound`."""
    model: Any = MODELS[kind]
    found = db.session.execute(
        select(Client, model)
        .join(model, model.client_id == Client.id)
        .where(model.id == row_id, within(actor, Permission.EDIT_CLIENT, Client))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]
