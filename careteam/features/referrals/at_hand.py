"""What of a letter stays at hand for a receiver who has a place on the team."""

from __future__ import annotations

from dataclasses import dataclass

from careteam.audit import reads
from careteam.domain.consent import IDENTITY
from careteam.domain.letter import CONTACT
from careteam.domain.referral import Contact, State
from careteam.features.clients.models import Client
from careteam.features.referrals.contents import kept_of
from careteam.features.referrals.letter import safe_number
from careteam.features.referrals.linked import Look
from careteam.features.referrals.seats import FILLING
from careteam.kit.text import initials


@dataclass(frozen=True, slots=True)
class AtHand:
    """`phone` is the client's, where the receiver is to ring and the client may be rung."""

    called: str
    question: str | None
    phone: str


def at_hand(seen: Look, client: Client | None) -> AtHand:
    """As the whole letter says it under the consent of today; `client` is what the reader reaches.

    What is shown is noted as read. One statement more where the receiver is to ring.
    """
    referral, consent = seen.referral, seen.known.consent
    if consent is None:
        return AtHand("", None, "")
    reads.note(referral.client_id, referral.information_class)
    if seen.shown.standing.state not in FILLING:
        return AtHand(initials(seen.client_name or ""), referral.question, "")
    reads.note(referral.client_id, IDENTITY)
    opens_contact = client is not None and IDENTITY in consent.classes
    phone = _number(seen, client) if client is not None and opens_contact else ""
    return AtHand(seen.client_name or "", referral.question, phone)


def _number(seen: Look, client: Client) -> str:
    standing = seen.shown.standing
    if standing.state is not State.ACCEPTED or standing.contact is not Contact.RECEIVER:
        return ""
    number = safe_number(client.phone, client.safe_contact)
    return number if number and kept_of(seen.referral).has(CONTACT) else ""
