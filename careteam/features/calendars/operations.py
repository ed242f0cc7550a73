"""Making and ending the secret address of a feed. Each person has one; a new one ends the old."""

from __future__ import annotations

from collections.abc import Iterable

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.calendars.queries import feeds_of_client, feeds_of_place, own_feeds
from careteam.features.clients.models import Client
from careteam.features.links.models import Link
from careteam.features.links.operations import hand_out
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound

PURPOSE = "calendar"


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="calendar.made")
def make_own_feed(*, actor: Actor, account: Account) -> str:
    """The secret of the account's feed; shown once, kept nowhere. Raises `Invalid`."""
    if account.practitioner_id is None:
        raise Invalid("Without an entry in the directory you have no clients and no dates.")
    _end(actor, own_feeds(account.practitioner_id))
    return _made(
        Link(
            kind=PURPOSE,
            practitioner_id=account.practitioner_id,
            author_id=account.practitioner_id,
        )
    )


@operation(Permission.EDIT_OWN_ACCOUNT, on="account", action="calendar.ended")
def end_own_feed(*, actor: Actor, account: Account) -> Account:
    _end(actor, own_feeds(account.practitioner_id))
    return account


@operation(Permission.READ_REFERRAL, on="referral", action="calendar.made")
def make_feed_of_place(*, actor: Actor, referral: Referral) -> str:
    """As `make_own_feed`, for the holder of a confirmed link; its sender may end it too."""
    _refuse_all_but(actor, Kind.LINK)
    _end(actor, feeds_of_place(referral.id))
    return _made(
        Link(
            kind=PURPOSE,
            practitioner_id=referral.receiver_id,
            referral_id=referral.id,
            client_id=referral.client_id,
            author_id=referral.sender_id,
        )
    )


@operation(Permission.READ_REFERRAL, on="referral", action="calendar.ended")
def end_feed_of_place(*, actor: Actor, referral: Referral) -> Referral:
    _refuse_all_but(actor, Kind.LINK)
    _end(actor, feeds_of_place(referral.id))
    return referral


@operation(Permission.READ_CLIENT, on="client", action="calendar.made")
def make_feed_of_client(*, actor: Actor, client: Client) -> str:
    """As `make_own_feed`, for the client behind the code of their own page."""
    _refuse_all_but(actor, Kind.CLIENT)
    _end(actor, feeds_of_client(client.id))
    return _made(Link(kind=PURPOSE, client_id=client.id))


@operation(Permission.READ_CLIENT, on="client", action="calendar.ended")
def end_feed_of_client(*, actor: Actor, client: Client) -> Client:
    _refuse_all_but(actor, Kind.CLIENT)
    _end(actor, feeds_of_client(client.id))
    return client


def _refuse_all_but(actor: Actor, kind: Kind) -> None:
    """Others may read the row too, but the feed shows the dates of its holder alone."""
    if actor.kind is not kind:
        raise NotFound


def _made(link: Link) -> str:
    db.session.add(link)
    db.session.flush()
    return hand_out(link, PURPOSE)


def _end(actor: Actor, links: Iterable[Link]) -> None:
    for link in links:
        link.revoked_at, link.revoked_by = clock.now(), actor.name
