"""Which rows of a client the outbox can tell of: a mail names them by id, without a foreign key.

Whoever removes clients deletes these mails first, as the removal of the sample data does: with the
rows nobody could find them any more, and each has an address and a subject.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, or_, select

from careteam.features.clients.models import Client
from careteam.features.links.models import Link
from careteam.features.plans.models import PlanVersion
from careteam.features.referrals.models import Referral
from careteam.features.teams.models import Clearance, Precaution


def mailed_about(clients: Select[Any]) -> Select[Any]:
    """The ids that `Message.about_id` may hold for these clients, given by id: themselves, their
    referrals and links, what was laid by hand, clearances and the
    versions of their plans."""
    referrals = select(Referral.id).where(Referral.client_id.in_(clients))
    links = or_(Link.client_id.in_(clients), Link.referral_id.in_(referrals))
    return (
        select(Client.id)
        .where(Client.id.in_(clients))
        .union_all(
            referrals,
            select(Link.id).where(links),
            select(Precaution.id).where(Precaution.client_id.in_(clients)),
            select(Clearance.id).where(Clearance.client_id.in_(clients)),
            select(PlanVersion.id).where(PlanVersion.client_id.in_(clients)),
        )
        .subquery()
        .select()
    )
