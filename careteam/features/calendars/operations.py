"""Making and ending the secret address of a feed. Each person has one; a new one ends the old."""

from __future__ import annotations

from collections.abc import Iterable

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.accounts.models import Account
from careteam.features.calendars.queries import feeds_of_place, own_feeds
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
    _refuse_all_but_the_holder(actor)
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
    _refuse_all_but_the_holder(actor)
    _end(actor, feeds_of_place(referral.id))
    return referral


def _refuse_all_but_the_holder(actor: Actor) -> None:
    """Whoever sent the referral may read it too, but the feed shows the receiver's dates."""
    if actor.kind is not Kind.LINK:
        raise NotFound


def _made(link: Link) -> str:
    db.session.add(link)
    db.session.flush()
    return hand_out(link, PURPOSE)


def _end(actor: Actor, links: Iterable[Link]) -> None:
    for link in links:
        link.revoked_at, link.revoked_by = clock.now(), actor.name
