"""Who makes contact next after an acceptance, and whether the client knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careteam.access.actor import Actor
from careteam.domain.referral import Contact, Standing, State
from careteam.features.directory.catalogue import country
from careteam.features.directory.queries import Contact as Reachable
from careteam.features.directory.queries import party_contacts
from careteam.features.referrals.history import standing_of
from careteam.features.referrals.models import Referral
from careteam.features.referrals.queries.accepted import accepted_of_client
from careteam.kit.telephones import read_telephone


@dataclass(frozen=True, slots=True)
class ContactNext:
    """An acceptance that waits for its first appointment, in the eyes of whoever sent it."""

    referral_id: UUID
    receiver: Reachable
    contact: Contact
    booking_page: str
    accepted_at: datetime | None
    client_told_at: datetime | None

    def words(self, called: str) -> str:
        """What is to happen, in a sentence."""
        name = self.receiver.name
        return {
            Contact.CLIENT: f"{name} accepted. {called} makes contact.",
            Contact.RECEIVER: f"{name} accepted and makes contact with {called}.",
            Contact.SENDER: f"{name} accepted. You arrange the appointment.",
        }[self.contact]

    def message(self) -> str:
        """What the client can be sent or told: whom to expect or reach, and nothing of health."""
        name = self.receiver.name
        if self.contact is Contact.RECEIVER:
            return f"{name} will contact you."
        if self.contact is Contact.SENDER:
            return f"I will arrange an appointment with {name} and tell you."
        phone = self.receiver.phone
        ways = [f"ring {read_telephone(phone, country()).display}"] if phone else []
        if self.booking_page:
            ways.append(f"book at {self.booking_page}")
        how = f": {' or '.join(ways)}" if ways else ""
        return f"Please make an appointment with {name}{how}"


def contact_next(referral: Referral, standing: Standing) -> ContactNext | None:
    """None unless it is accepted, about a client, and waits for the first appointment."""
    if referral.client_id is None or standing.state is not State.ACCEPTED:
        return None
    receiver = party_contacts([referral.receiver_id])[referral.receiver_id]
    return _of(referral.id, receiver, standing)


def contacts_next(actor: Actor, client_id: UUID, goal_id: UUID | None) -> list[ContactNext]:
    """For the client's page: every acceptance of the actor's referrals that waits so."""
    found = accepted_of_client(actor, client_id, goal_id)
    if not found:
        return []
    people = party_contacts([receiver_id for receiver_id, _ in found.values()])
    return [
        _of(referral_id, people[receiver_id], standing_of(events))
        for referral_id, (receiver_id, events) in found.items()
    ]


def _of(referral_id: UUID, receiver: Reachable, standing: Standing) -> ContactNext:
    return ContactNext(
        referral_id=referral_id,
        receiver=receiver,
        contact=standing.contact or Contact.RECEIVER,
        booking_page=standing.booking_page,
        accepted_at=standing.accepted_at,
        client_told_at=standing.client_told_at,
    )
