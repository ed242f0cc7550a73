"""What a practitioner says from memory about who refers to whom."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.queries import names_of
from careteam.features.network.models import BANDS, RememberedTie
from careteam.features.network.remembered_queries import remembered_of
from careteam.kit import clock
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid, NotFound


@operation(Permission.READ_NETWORK, action="tie.remembered")
def remember_ties(
    *, actor: Actor, ties: Mapping[UUID, tuple[str, str]], is_sample: bool = False
) -> int:
    """Note for each practitioner about how many I sent to and received from them, in bands.

    "none" twice forgets the tie. Only those that differ are written, all or none; answers how
    many. Raises `Forbidden` without an own entry, `NotFound` for somebody who is not in the
    directory, `Invalid` for a word that is no band or for oneself.
    """
    if actor.practitioner_id is None:
        raise Forbidden("Add your own entry to the directory first.")
    if actor.practitioner_id in ties or any(set(pair) - set(BANDS) for pair in ties.values()):
        raise Invalid("Choose none, 1 to 2, 3 to 5 or more.")
    if set(names_of(ties)) != set(ties):
        raise NotFound
    kept = remembered_of(actor)
    changed = [id_ for id_, pair in ties.items() if pair != _bands(kept.get(id_))]
    for id_ in changed:
        _remember(actor, kept.get(id_), id_, *ties[id_], is_sample=is_sample)
    return len(changed)


def _bands(tie: RememberedTie | None) -> tuple[str, str]:
    return (tie.sent, tie.received) if tie else ("none", "none")


def _remember(
    actor: Actor,
    tie: RememberedTie | None,
    practitioner_id: UUID,
    sent: str,
    received: str,
    *,
    is_sample: bool,
) -> None:
    if tie is None:
        tie = RememberedTie(author_id=actor.practitioner_id, practitioner_id=practitioner_id)
        tie.is_sample = is_sample
    require(actor, Permission.KEEP_OWN_NOTES, tie)
    if (sent, received) == ("none", "none"):
        db.session.delete(tie)
        return
    tie.sent, tie.received, tie.said_on = sent, received, clock.today()
    db.session.add(tie)
