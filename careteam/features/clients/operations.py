"""Changes to clients and goals."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.details import Details, check_details
from careteam.features.clients.models import Client
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid


@operation(Permission.ADD_CLIENT, action="client.added")
def add_client(
    *,
    actor: Actor,
    client_id: UUID,
    details: Details,
    keep_consent_how: str = "spoken",
    is_sample: bool = False,
) -> Client:
    """Start a record, kept by the actor, with the client's consent to keep it, given today."""
    if actor.practitioner_id is None:
        raise Invalid("Add your own entry to the directory first.")
    client = Client(
        id=client_id,
        lead_id=actor.practitioner_id,
        author_id=actor.practitioner_id,
        keep_consent_given_on=clock.today(),
        keep_consent_how=keep_consent_how,
        is_sample=is_sample,
        **check_details(details),
    )
    db.session.add(client)
    return client


@operation(Permission.EDIT_CLIENT, on="client", action="client.changed")
def change_client(*, actor: Actor, client: Client, details: Details) -> Client:
    """Replace the details of a client by these.

    Whoever keeps the record answers for the e-mail address by saving, also where it stays.
    """
    if client.lead_id == actor.practitioner_id:
        client.email_by_id = None
    elif details.email != client.email:
        client.email_by_id = actor.practitioner_id
    for name, value in check_details(details).items():
        setattr(client, name, value)
    return client


@operation(Permission.EDIT_CLIENT, on="client", action="client.changed")
def note_no_screen(*, actor: Actor, client: Client, wants_no_screen: bool) -> Client:
    """Note whether the client wants no page on a screen: paper and telephone do as well."""
    client.wants_no_screen = wants_no_screen
    return client
