"""What other rooms' pages show of referrals."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import allowed
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.clients.models import Client, Goal
from careteam.features.referrals.contact_next import ContactNext, contacts_next
from careteam.features.referrals.queries import ReferralLine, list_of_client


@dataclass(frozen=True, slots=True)
class ReferralsPart:
    """The actor's own referrals about a client; `may_write` for whoever keeps the record.

    `next` are acceptances that wait for a first appointment, with who makes contact.
    """

    lines: list[ReferralLine]
    may_write: bool
    client_id: UUID
    goal_id: UUID | None
    next: list[ContactNext]


def referrals_part(actor: Actor, client: Client, goal: Goal | None = None) -> ReferralsPart:
    """For the client's page, by three statements at most. A goal narrows to the referrals for it.

    Who makes contact is asked for only where a referral of the actor's was accepted.
    """
    goal_id = goal.id if goal else None
    lines = list_of_client(actor, client.id, goal_id)
    waits = any(line.state is State.ACCEPTED and not line.is_incoming for line in lines)
    return ReferralsPart(
        lines=lines,
        may_write=allowed(actor, Permission.EDIT_TEAM, client),
        client_id=client.id,
        goal_id=goal_id,
        next=contacts_next(actor, client.id, goal_id) if waits else [],
    )
