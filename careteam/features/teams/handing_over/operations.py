"""Proposing a hand-over, taking it back, and the answer. Nothing changes before the yes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from careteam.access.actor import Actor, Kind
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.clients.models import Client
from careteam.features.consents.operations import REPLACED
from careteam.features.teams.covering.operations import check_colleague, check_way
from careteam.features.teams.covering.queries import is_kept_from
from careteam.features.teams.handing_over import mails
from careteam.features.teams.handing_over.queries import (
    client_of,
    covers_of,
    find_open,
    own_seats_of,
    standing_for_new_lead,
)
from careteam.features.teams.models import HandOver
from careteam.features.teams.partners.operations import end_for_new_lead
from careteam.features.teams.queries import disciplines_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Conflict, Forbidden, Invalid, check_all

SETTLED = {
    "accepted": "This was accepted already.",
    "declined": "This was declined already.",
    "withdrawn": "This was taken back.",
}


@operation(Permission.KEEP_CLIENT, on="client", action="hand_over.proposed")
def propose(
    *,
    actor: Actor,
    client: Client,
    hand_over_id: UUID,
    practitioner_id: UUID,
    agreed_on: date,
    agreed_how: str,
) -> HandOver:
    """Ask a colleague to keep this client's record from now on; the client agreed to it.

    Raises `Invalid` beside the field.
    """
    check_all(
        lambda: check_colleague(actor, client, practitioner_id),
        lambda: _check_day(agreed_on),
        lambda: check_way(agreed_how),
        lambda: _check_none_open(actor, client),
    )
    hand_over = HandOver(
        id=hand_over_id,
        client_id=client.id,
        author_id=client.lead_id,
        practitioner_id=practitioner_id,
        agreed_on=agreed_on,
        agreed_how=agreed_how,
    )
    db.session.add(hand_over)
    mails.tell_proposed(actor, hand_over)
    return hand_over


def _check_day(agreed_on: date) -> None:
    if agreed_on > clock.today():
        raise Invalid("This day is still to come.", field="agreed_on")


def _check_none_open(actor: Actor, client: Client) -> None:
    waiting = find_open(actor, client)
    if waiting is not None:
        raise Invalid(f"{waiting.name} is asked already. Take that back first.")


@operation(Permission.KEEP_CLIENT, on="hand_over", action="hand_over.withdrawn")
def withdraw(*, actor: Actor, hand_over: HandOver) -> HandOver:
    """Take a proposal back. Raises `Conflict` once it is answered."""
    _settle(actor, hand_over, "withdrawn")
    mails.tell_withdrawn(actor, hand_over)
    return hand_over


@operation(Permission.RECORD_CONSENT, on="hand_over", action="hand_over.refused")
def refuse(*, actor: Actor, hand_over: HandOver) -> HandOver:
    """The client takes back their agreement: nobody is asked any more, and both are told.

    Raises `Conflict` once it is answered.
    """
    if actor.kind is not Kind.CLIENT:
        raise Forbidden
    _settle(actor, hand_over, "withdrawn")
    mails.tell_refused(actor, hand_over)
    return hand_over


@operation(Permission.ANSWER_HAND_OVER, on="hand_over", action="hand_over.declined")
def decline(*, actor: Actor, hand_over: HandOver) -> HandOver:
    """Say no; whoever asked is told, and nothing was ever shown. Raises `Conflict`."""
    _settle(actor, hand_over, "declined")
    mails.tell_answer(actor, hand_over)
    return hand_over


@operation(Permission.ANSWER_HAND_OVER, on="hand_over", action="hand_over.accepted")
def accept(*, actor: Actor, hand_over: HandOver) -> HandOver:
    """Keep the client's record from this moment; whoever kept it reaches it no more.

    Consents for the new lead end, as a lead needs none, and so does standing in. The former lead's
    own places go to the new lead where they are of their discipline, else they are open. A link
    with a partner ends. What was written keeps its authors, and referrals their senders. Raises
    `Conflict`.
    """
    client = client_of(hand_over)
    if client.lead_id != hand_over.author_id:
        raise Conflict("Somebody else keeps this record by now.")
    if is_kept_from(client.id, hand_over.practitioner_id):
        raise Conflict("This cannot be accepted as things stand. Please ring whoever asked you.")
    former = client.lead_id
    _settle(actor, hand_over, "accepted")
    client.lead_id = hand_over.practitioner_id
    for consent in standing_for_new_lead(hand_over):
        consent.withdrawn_at, consent.withdrawn_how = clock.now(), REPLACED
    for cover in covers_of(client.id):
        cover.ended_at, cover.ended_by_id = clock.now(), actor.practitioner_id
    _pass_seats_on(client, former)
    end_for_new_lead(client)
    mails.tell_answer(actor, hand_over)
    return hand_over


def _pass_seats_on(client: Client, former: UUID) -> None:
    own = set(disciplines_of(client.lead_id))
    for seat in own_seats_of(client.id, former):
        if seat.discipline in own:
            seat.practitioner_id, seat.filled_on = client.lead_id, clock.today()
        else:
            seat.state, seat.practitioner_id, seat.filled_on = "open", None, None


def _settle(actor: Actor, hand_over: HandOver, state: str) -> None:
    if hand_over.state != "proposed":
        raise Conflict(SETTLED[hand_over.state])
    hand_over.state = state
    hand_over.settled_at, hand_over.settled_by_id = clock.now(), actor.practitioner_id
