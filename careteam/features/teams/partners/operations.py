"""Linking two clients with the consent of both, and ending it. What has ended is made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.consents.operations import WAYS
from careteam.features.teams.models import Partner
from careteam.features.teams.partners import mails
from careteam.features.teams.partners.queries import other_side, standing_sides
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, check_all


@dataclass(frozen=True, slots=True)
class Given:
    """What one of the two agreed to: when it was said, and how."""

    on: date
    how: str


def link(
    *, actor: Actor, client: Client, partner: Client, pair_id: UUID, given: Given, partners: Given
) -> Partner:
    """Link two clients whose records the actor keeps; each has agreed for themself.

    Nothing is shared by that alone: single steps are, one by one. Raises `Invalid` beside the
    field.
    """
    if client.id == partner.id:
        raise Invalid("Choose somebody else.", field="partner")
    check_all(
        lambda: _check_given(given, ""),
        lambda: _check_given(partners, "partner_"),
        lambda: _check_free(client, partner),
    )
    own = _link_side(actor=actor, client=client, pair_id=pair_id, given=given)
    _link_side(actor=actor, client=partner, pair_id=pair_id, given=partners)
    return own


@operation(Permission.KEEP_CLIENT, on="client", action="partner.linked")
def _link_side(*, actor: Actor, client: Client, pair_id: UUID, given: Given) -> Partner:
    side = Partner(
        id=side_key(pair_id, client.id),
        client_id=client.id,
        author_id=client.lead_id,
        pair_id=pair_id,
        agreed_on=given.on,
        agreed_how=given.how,
    )
    db.session.add(side)
    return side


def side_key(pair_id: UUID, client_id: UUID) -> UUID:
    return uuid5(pair_id, str(client_id))


def _check_given(given: Given, prefix: str) -> None:
    if given.on > clock.today():
        raise Invalid("This day is still to come.", field=f"{prefix}agreed_on")
    if given.how not in WAYS:
        raise Invalid("Say how they agreed.", field=f"{prefix}agreed_how")


def _check_free(client: Client, partner: Client) -> None:
    """One link at a time. A side that was left alone by an erased record is put away."""
    for side in standing_sides([client.id, partner.id]):
        if other_side(side) is not None:
            name = client.called if side.client_id == client.id else partner.called
            raise Invalid(f"{name} is linked already. End that first.", field="partner")
        side.ended_at = clock.now()


@operation(Permission.UNLINK_PARTNER, on="side", action="partner.unlinked")
def unlink(*, actor: Actor, side: Partner) -> Partner:
    """End it for both at once, by either of the two or whoever keeps the record; twice does no
    harm. Each keeps their own steps. Whoever keeps the record is told where a client ended it, and
    the other's log does not say who did.
    """
    if side.ended_at is None:
        side.ended_at = clock.now()
        _end_other(side)
        mails.tell_end(actor, side)
    return side


def end_for_new_lead(client: Client) -> None:
    """The record passes to another lead: from then on nobody keeps both."""
    for side in standing_sides([client.id]):
        _end_side(actor=SYSTEM, side=side)
        _end_other(side)


def _end_other(side: Partner) -> None:
    other = other_side(side)
    if other is not None and other.ended_at is None:
        db.session.flush()
        _end_side(actor=SYSTEM, side=other)


@operation(None, action="partner.unlinked")
def _end_side(*, actor: Actor, side: Partner) -> Partner:
    side.ended_at = clock.now()
    return side
