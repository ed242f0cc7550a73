"""Why a member trusts a colleague, in one sentence of their own.

Only they read it, and whoever they hand a sheet of names to. Finding and ordering people never
looks at it (a contract in `pyproject.toml` says so).
"""

from __future__ import annotations

from careteam.access.actor import Actor
from careteam.access.guard import require
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner, TrustWords
from careteam.kit.db import db
from careteam.kit.errors import Forbidden, Invalid

LONGEST = 200


@operation(Permission.READ_DIRECTORY, action="trust.said")
def say_trust(*, actor: Actor, practitioner: Practitioner, sentence: str | None) -> bool:
    """Keep the sentence, or none where it is empty; whether there is one.

    Raises `Forbidden` without an own entry, `Invalid` for oneself or for more than a sentence.
    """
    if actor.practitioner_id is None:
        raise Forbidden("Add your own entry to the directory first.")
    if practitioner.id == actor.practitioner_id:
        raise Invalid("This is your own entry.", field="sentence")
    if sentence and len(sentence) > LONGEST:
        raise Invalid(f"At most {LONGEST} characters: one sentence.", field="sentence")
    row = db.session.get(TrustWords, (actor.practitioner_id, practitioner.id))
    if row is None:
        row = TrustWords(author_id=actor.practitioner_id, practitioner_id=practitioner.id)
    require(actor, Permission.KEEP_OWN_NOTES, row)
    if sentence:
        row.sentence = sentence
        db.session.add(row)
    elif row in db.session:
        db.session.delete(row)
    return bool(sentence)
