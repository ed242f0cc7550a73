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
SAY_SO = "say so when you give the name."


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
    actor: Actor, decide: Iterable[UUID | None], people: Iterable[Candidate], tell: str = TELL
) -> dict[str, str]:
    """What is to be told of those people, by their ids, where there is something.

    `decide` are those who name them: the lead and whoever stands in. Two statements.
    """
    own, noted = _own_practices(actor, decide), interests_of(actor)
    said = {
        each.practitioner_id: _said(
            noted.get(UUID(each.practitioner_id)), own & _folded(each.practices), tell
        )
        for each in people
    }
    return {who: words for who, words in said.items() if words}


def disclosure(actor: Actor, decide: Iterable[UUID | None], who: UUID) -> str:
    """The same of one of whom nothing is read yet. Three statements."""
    shared = _own_practices(actor, decide) & _folded(practices_of(actor, [who]))
    return _said(interests_of(actor).get(who), shared, TELL)


def _own_practices(actor: Actor, decide: Iterable[UUID | None]) -> set[str]:
    return _folded(practices_of(actor, filter(None, decide)))


def _folded(practices: Iterable[str]) -> set[str]:
    return {each.casefold() for each in practices}


def _said(kind: str | None, shared: Collection[str], tell: str) -> str:
    said = [INTERESTS[kind]] if kind in INTERESTS else []
    if shared:
        said.append(SAME_PRACTICE)
    return f"{'. '.join(said)}: {tell}" if said else ""
