"""Two entries that look like one person's and are not: said once, remembered for everybody."""

from __future__ import annotations

from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.imports.models import ToldApart
from careteam.kit.db import db
from careteam.kit.errors import Conflict


def pair_of(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Their keys in the order in which they are kept."""
    return (one, other) if one < other else (other, one)


@operation(Permission.MERGE_PRACTITIONER, on="one", action="practitioner.told_apart")
def tell_apart(*, actor: Actor, one: Practitioner, other: Practitioner) -> Practitioner:
    """Offer them as one person no more. Saying so twice changes nothing."""
    require(actor, Permission.MERGE_PRACTITIONER, other)
    if one.id == other.id:
        raise Conflict("This is one entry.")
    key = pair_of(one.id, other.id)
    if db.session.get(ToldApart, key) is None:
        db.session.add(ToldApart(one_id=key[0], other_id=key[1]))
    return one


@operation(Permission.MERGE_PRACTITIONER, on="one", action="practitioner.told_apart_no_more")
def offer_again(*, actor: Actor, one: Practitioner, other: Practitioner) -> Practitioner:
    """Take it back."""
    require(actor, Permission.MERGE_PRACTITIONER, other)
    kept = db.session.get(ToldApart, pair_of(one.id, other.id))
    if kept is not None:
        db.session.delete(kept)
    return one
