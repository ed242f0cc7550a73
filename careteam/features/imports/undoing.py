"""Imports taken back: at once, or by the worker where they are long (`working.py`)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from careteam.access.actor import Actor
from careteam.access.operation import operation
from careteam.access.permissions import Permission
from careteam.features.directory.models import Practitioner
from careteam.features.imports.changing import give_back
from careteam.features.imports.merging_queries import list_untouched_entries
from careteam.features.imports.models import ImportDraft
from careteam.features.imports.operations import CHANGED, MADE
from careteam.kit.db import db
from careteam.kit.errors import Conflict

TAKEN_BACK, GIVEN_BACK, LEFT = "taken_back", "given_back", "left"
"""In what is kept of one that was undone: how many entries went, how many say again what they
said, how many of the changed ones do not."""
AT_ONCE = 100
"""Entries deleted by one statement: the database looks for each in every table that could name it,
and ends a statement that takes long."""


@operation(Permission.EDIT_OWN_ACCOUNT, on="draft", action="practitioners.taken_back")
def undo_practitioners(*, actor: Actor, draft: ImportDraft) -> ImportDraft:
    """Take back the entries of an import that are as they came and to which nothing points, and
    let those that it changed say again what they said.

    Doing so twice changes nothing. Raises `Conflict` where somebody notes something meanwhile.
    """
    if MADE not in draft.content:
        return draft
    given_back, left = give_back(actor, draft.id)
    ids = list_untouched_entries([UUID(each) for each in draft.content[MADE]])
    try:
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            db.session.execute(delete(Practitioner).where(Practitioner.id.in_(some)))
    except IntegrityError:
        raise Conflict("Somebody noted something about one of these entries just now.") from None
    draft.content = {TAKEN_BACK: len(ids), GIVEN_BACK: given_back, LEFT: left}
    draft.asked_at, draft.working_since, draft.failed_at = None, None, None
    return draft


def may_undo(draft: ImportDraft) -> bool:
    """Whether it wrote anything that was not taken back yet."""
    return MADE in draft.content and bool(draft.added or draft.content.get(CHANGED))


def entries_to_undo(draft: ImportDraft) -> int:
    """How many entries taking it back would be about."""
    return len(draft.content.get(MADE, ())) + int(draft.content.get(CHANGED, 0))
