"""Giving the receiver a link: by mail, or into the sender's hands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, render_template

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.referral import State
from careteam.features.directory.queries import Contact, party_contacts
from careteam.features.links.entries import entry_address
from careteam.features.links.models import Link
from careteam.features.links.operations import (
    Parties,
    hand_out,
    links_for_referrals,
    made_for,
)
from careteam.features.links.queries import was_ever_shown
from careteam.features.outbox.operations import queue_message
from careteam.features.referrals.chasing.planning import plan_after_hand_over
from careteam.features.referrals.models import Referral
from careteam.kit.errors import Conflict, Invalid
from careteam.settings import Settings

ONLY_HERE = (
    "A link would open on this computer only, until whoever hosts Careteam gives it an https "
    "address (CARETEAM_PUBLIC_URL). Telephone, paper and a talk need no link."
)
NO_ADDRESS = "There is no e-mail address in their entry. Hand the link over, or ring."


def links_leave() -> bool:
    """Whether a link opens for somebody elsewhere."""
    return _settings().links_can_leave


@operation(Permission.WRITE_REFERRAL, on="referral", action="link.handed_out")
def hand_over_link(*, actor: Actor, referral: Referral, purpose: str = "copy") -> str:
    """The address of the receiver's link, with a secret of its own; shown once, kept nowhere.

    Raises `Invalid` where links cannot leave this machine, `Conflict` before it was sent.
    """
    if referral.status in (State.DRAFT, State.DISCARDED):
        raise Conflict("Send the referral first; then it has a link.")
    address = new_address(referral, purpose)
    plan_after_hand_over(referral.id)
    return address


def new_address(referral: Referral, purpose: str) -> str:
    """For operations: as `hand_over_link`, within a sending."""
    if not links_leave():
        raise Invalid(ONLY_HERE, field="route")
    link = links_of([referral])[referral.id]
    if link.email is None:
        made_for(link, party_contacts([referral.receiver_id])[referral.receiver_id].email)
    return _address(link, purpose)


def links_of(referrals: Collection[Referral]) -> dict[UUID, Link]:
    """The link of each, by referral: two statements at most. For operations."""
    return links_for_referrals(
        [Parties(each.id, each.receiver_id, each.client_id, each.sender_id) for each in referrals]
    )


def _address(link: Link, purpose: str) -> str:
    return f"{_settings().public_url}/r/{hand_out(link, purpose)}"


@dataclass(frozen=True, slots=True)
class Ends:
    """Between whom a mail goes, and the link that it brings."""

    sender: Contact
    receiver: Contact
    link: Link


def mail_link(
    referral: Referral,
    template: str,
    subject: str,
    ends: Ends | None = None,
    *,
    purpose: str = "referral",
    is_first: bool = False,
    to: str = "",
) -> None:
    """Queue a mail with a secret of its own. It names no client and nothing about health.

    A first mail goes to the address in the entry, as its sender sees it, and brings somebody
    without an account the link to their own entry too. Later ones go where the link went.
    `ends` where they are known already; `to` is the page behind the link that the address leads to,
    its first one without. Raises `Invalid` where the entry has no address, or links cannot leave.
    """
    if not links_leave():
        raise Invalid(ONLY_HERE, field="route")
    ends = ends or _ends_of(referral)
    sender, receiver = ends.sender, ends.receiver
    address = _address(ends.link, "mail") + (f"?to={to}" if to else "")
    queue_message(
        recipient=_recipient(ends, is_first=is_first),
        author_id=referral.sender_id,
        from_name=sender.name,
        purpose=purpose,
        reply_to=sender.email,
        subject=subject.format(sender=sender.name),
        body=render_template(
            template,
            sender=sender,
            receiver=receiver,
            address=address,
            signature=_signed(sender),
            entry_address=entry_address_of(receiver) if is_first else None,
        ),
        about_id=referral.id,
    )


def _recipient(ends: Ends, *, is_first: bool) -> str:
    """Whoever has shown a code for the link keeps it, whatever the entry says since."""
    link, email = ends.link, ends.receiver.email
    if is_first and link.email != email and not was_ever_shown(link.id):
        link.email = email
    return made_for(link, email) or ""


def entry_address_of(receiver: Contact) -> str | None:
    """Where somebody without an account sees their own entry. For operations."""
    return entry_address(receiver.practitioner_id, receiver.email) if receiver.email else None


def _ends_of(referral: Referral) -> Ends:
    people = party_contacts([referral.sender_id, referral.receiver_id])
    receiver = people[referral.receiver_id]
    if not receiver.email:
        raise Invalid(NO_ADDRESS, field="route")
    return Ends(people[referral.sender_id], receiver, links_of([referral])[referral.id])


def _signed(sender: Contact) -> list[str]:
    registered = f"Registered: {sender.registered}" if sender.registered else ""
    return [line for line in (sender.name, sender.discipline, registered, sender.where) if line]


def _settings() -> Settings:
    settings: Settings = current_app.extensions["careteam_settings"]
    return settings
