"""Calls to practitioners, noted with one tap after they ended."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.queries import find_practitioner
from careteam.features.referrals.chasing.changing import note_call
from careteam.features.referrals.queries import get_referral
from careteam.features.relationships.models import Call
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Invalid, NotFound

CALLED = ("spoke", "voicemail", "no_answer")


@operation(Permission.KEEP_OWN_NOTES, on="call", action="call.logged")
def log_call(*, actor: Actor, call: Call) -> Call:
    """Store how a call went; `call` is new and its author the actor. Raises `Invalid`.

    Whoever spoke to the receiver of a referral has reminded them: its clock begins anew.
    """
    if call.outcome not in CALLED:
        raise Invalid("Choose how the call went.", field="outcome")
    db.session.add(call)
    if call.outcome == "spoke" and call.referral_id is not None:
        note_call(actor, get_referral(actor, call.referral_id))
    return call


def new_call(
    actor: Actor,
    call_id: UUID,
    *,
    practitioner_id: UUID,
    outcome: str,
    referral_id: UUID | None = None,
) -> Call:
    """The unsaved row for `log_call`. Raises `NotFound` for an entry or referral out of reach."""
    if actor.practitioner_id is None:
        raise Invalid("Add your own entry to the directory first.")
    if find_practitioner(actor, practitioner_id) is None:
        raise NotFound
    if referral_id is not None:
        get_referral(actor, referral_id)
    return Call(
        id=call_id,
        author_id=actor.practitioner_id,
        practitioner_id=practitioner_id,
        referral_id=referral_id,
        outcome=outcome,
        at=clock.now(),
    )
