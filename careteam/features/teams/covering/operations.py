"""Naming somebody who stands in, and ending it. It begins and ends by itself on its days."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.consents.operations import WAYS
from careteam.features.teams.covering import mails
from careteam.features.teams.covering.queries import covers_between, is_kept_from, list_colleagues
from careteam.features.teams.models import Cover
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, check_all

LONGEST = timedelta(days=183)


@operation(Permission.KEEP_CLIENT, on="client", action="cover.named")
def name_cover(
    *,
    actor: Actor,
    client: Client,
    cover_id: UUID,
    practitioner_id: UUID,
    from_on: date,
    until_on: date,
    agreed_how: str,
    tells: bool = True,
) -> Cover:
    """Let a colleague act in the lead's place for this client, both days included.

    The client agreed to it today. `tells` the colleague by mail: once, where several clients are
    named together. Raises `Invalid` beside the field.
    """
    check_all(
        lambda: check_colleague(actor, client, practitioner_id),
        lambda: _check_days(from_on, until_on),
        lambda: _check_free(client, from_on, until_on),
        lambda: check_way(agreed_how),
    )
    cover = Cover(
        id=cover_id,
        client_id=client.id,
        author_id=client.lead_id,
        practitioner_id=practitioner_id,
        from_on=from_on,
        until_on=until_on,
        agreed_on=clock.today(),
        agreed_how=agreed_how,
    )
    db.session.add(cover)
    if tells:
        mails.tell_cover(actor, cover)
    return cover


def check_colleague(actor: Actor, client: Client, practitioner_id: UUID) -> None:
    """Somebody who signs in here, and from whom the client keeps nobody. Raises `Invalid`."""
    names = dict(list_colleagues(actor))
    if practitioner_id not in names:
        raise Invalid("Choose a colleague who signs in here.", field="practitioner")
    if is_kept_from(client.id, practitioner_id):
        raise Invalid(
            f"{client.called} keeps a place on the team from {names[practitioner_id]}."
            " Ask first whether it may be shown.",
            field="practitioner",
        )


def check_way(agreed_how: str) -> None:
    if agreed_how not in WAYS:
        raise Invalid("Say how the client agreed.", field="agreed_how")


def _check_days(from_on: date, until_on: date) -> None:
    if from_on < clock.today():
        raise Invalid("This day is past.", field="from_on")
    if until_on < from_on:
        raise Invalid("This is before the first day.", field="until_on")
    if until_on - from_on > LONGEST:
        raise Invalid("Six months at most. For longer, hand the client over.", field="until_on")


def _check_free(client: Client, from_on: date, until_on: date) -> None:
    if covers_between(client, from_on, until_on):
        raise Invalid(
            f"Somebody stands in for {client.called} on some of these days already.",
            field="clients",
        )


@operation(Permission.END_COVER, on="cover", action="cover.ended")
def end_cover(*, actor: Actor, cover: Cover) -> Cover:
    """End it at once, by the lead, the client or whoever stands in; twice does no harm."""
    if cover.ended_at is None:
        cover.ended_at, cover.ended_by_id = clock.now(), actor.practitioner_id
        mails.tell_end(actor, cover)
    return cover
