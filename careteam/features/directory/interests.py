"""What ties a member to a colleague besides the work, so that a client can be told of it.

Only they read it, and it orders nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.domain.matching import Candidate
from careteam.features.directory.models import Interest, Practitioner
from careteam.features.directory.queries import interests_of, practices_of
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid

INTERESTS = {
    "relative": "A relative of yours, or somebody you live with",
    "business": "You earn by their work, or have a business in common",
    "other": "You have another interest in them",
}
SAME_PRACTICE = "Works at your practice"
TELL = "tell the client."


@operation(Permission.READ_DIRECTORY, action="interest.said")
def say_interest(*, actor: Actor, practitioner: Practitioner, kind: str) -> bool:
    """Note the interest, or none with an empty `kind`; whether there is one.

    Raises `Forbidden` without an own entry, `Invalid` for oneself or for what is no interest.
    """
    if actor.practitioner_id is None:
        raise Forbidden("Add your own entry to the directory first.")
    if practitioner.id == actor.practitioner_id or (kind and kind not in INTERESTS):
        raise Invalid("Choose one of these.", field="kind")
    row = db.session.get(Interest, (actor.practitioner_id, practitioner.id))
    if row is None:
        row = Interest(author_id=actor.practitioner_id, practitioner_id=practitioner.id)
    require(actor, Permission.KEEP_OWN_NOTES, row)
    if kind:
        row.kind = kind
        db.session.add(row)
    elif row in db.session:
        db.session.delete(row)
    return bool(kind)


def disclosures(
    actor: Actor, decide: Collection[UUID], people: Iterable[Candidate]
) -> dict[str, str]:
    """What a client is to be told of those people, by their ids, where there is something.

    `decide` are those who name them: the lead and whoever stands in. Two statements.
    """
    practices = {each.casefold() for each in practices_of(actor, decide)}
    noted = interests_of(actor)
    found = {}
    for each in people:
        interest = INTERESTS.get(noted.get(UUID(each.practitioner_id), ""), "")
        said = [interest] if interest else []
        if practices & {practice.casefold() for practice in each.practices}:
            said.append(SAME_PRACTICE)
        if said:
            found[each.practitioner_id] = f"{'. '.join(said)}: {TELL}"
    return found
