"""What clients ended, and to whom they said no, by themselves on their own page: whoever keeps the
record looks at it once.

Lines name the person and no more: a place on a team may have a telling name.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select

from careteam.access.actor import Actor
from careteam.access.guard import within
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client, Goal
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.links.models import Link
from careteam.features.referrals.models import SeatChoice, SeatChoiceName
from careteam.features.teams.models import Refusal
from careteam.kit.db import db
from careteam.kit.errors import NotFound

Ended = Consent | Link | Refusal
CONSENT, LINK, REFUSAL = "consent", "link", "refusal"
MODELS: dict[str, type[Ended]] = {CONSENT: Consent, LINK: Link, REFUSAL: Refusal}


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


def get_ended(actor: Actor, kind: str, row_id: UUID) -> tuple[Client, Ended]:
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


def goal_offered(actor: Actor, refusal: Refusal) -> UUID | None:
    """For which active goal somebody was offered last whom the client then refused."""
    return db.session.scalars(
        select(SeatChoice.goal_id)
        .join(SeatChoiceName, SeatChoiceName.referral_id == SeatChoice.referral_id)
        .join(Goal, Goal.id == SeatChoice.goal_id)
        .where(
            SeatChoice.client_id == refusal.client_id,
            SeatChoiceName.practitioner_id == refusal.practitioner_id,
            Goal.status == "active",
            within(actor, SeatChoice.READ_PERMISSION, SeatChoice),
        )
        .order_by(SeatChoice.created_at.desc(), SeatChoice.goal_id)
        .limit(1)
    ).one_or_none()
