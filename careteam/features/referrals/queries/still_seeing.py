"""Consents that outlive a no: they open a record to somebody who has no part in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Executable, bindparam, exists, or_, select

from careteam.access.actor import Actor
from careteam.access.guard import kept, within
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.clients.models import Client
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Seat
from careteam.kit import clock
from careteam.kit.db import columns_of
from careteam.kit.listed import one_of

NO = (State.DECLINED, State.REDIRECTED)
NO_PART = (*NO, State.DRAFT, State.DISCARDED, State.WITHDRAWN)
"""States of a referral in which its receiver neither has nor is asked for a part in the care."""


@dataclass(frozen=True, slots=True)
class StillSees:
    """Somebody who said no and may still see what the client agreed to."""

    consent_id: UUID
    practitioner_id: UUID
    name: str
    client_called: str

    @property
    def sentence(self) -> str:
        return f"{self.name} said no and may still see what {self.client_called} agreed to share."


def list_still_seeing(actor: Actor, client_id: UUID) -> list[StillSees]:
    """Who said no about this client, holds a consent today and has no other part in the care.

    For whoever may end the consent; nobody else is told. One statement, by columns.
    """
    rows = columns_of(_still_seeing(actor), {"client_id": client_id})
    return [
        StillSees(consent_id, who, name, preferred or given)
        for consent_id, who, name, given, preferred in rows
    ]


@kept
def _still_seeing(actor: Actor) -> Executable:
    """Of the client bound as `client_id`."""
    of_both = (
        Referral.client_id == Consent.client_id,
        Referral.receiver_id == Consent.practitioner_id,
    )
    said_no = exists().where(*of_both, one_of(Referral.status, NO))
    asked = exists().where(*of_both, ~one_of(Referral.status, NO_PART))
    seated = exists().where(
        Seat.client_id == Consent.client_id,
        Seat.practitioner_id == Consent.practitioner_id,
        one_of(Seat.state, ("filled", "referred")),
    )
    return (
        select(
            Consent.id,
            Consent.practitioner_id,
            Practitioner.name,
            Client.name,
            Client.preferred_name,
        )
        .join(Practitioner, Practitioner.id == Consent.practitioner_id)
        .join(Client, Client.id == Consent.client_id)
        .where(
            Consent.client_id == bindparam("client_id"),
            Consent.withdrawn_at.is_(None),
            or_(Consent.until_on.is_(None), Consent.until_on >= clock.today()),
            within(actor, Permission.RECORD_CONSENT, Consent),
            said_no,
            ~asked,
            ~seated,
        )
        .order_by(Practitioner.name, Consent.id)
    )
