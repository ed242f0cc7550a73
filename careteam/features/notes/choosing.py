"""What a note may be: whom it is for, and what kind of information it holds.

The kind decides who reads it, so it is chosen each time and never chosen beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass

from careteam.access.actor import Actor
from careteam.access.reach import Role, reach_of
from careteam.features.clients.models import Goal
from careteam.features.notes.queries import lead_and_classes
from careteam.features.pathways.content import load_content

TEAM, ALL = "team", "all"
AUDIENCES = {TEAM: "The team", ALL: "The team and the client"}
NOT_OF_NOTES = frozenset(
    {
        "identity_contact",
        "own_session_notes",
        "others_session_notes",
        "therapy_process_notes",
        "letters_reports",
        "images",
    }
)
"""Classes that say who looks, or what kind of paper it is, and not what a note is about."""


@dataclass(frozen=True, slots=True)
class KindOfNote:
    """An information class as a choice; `kept_from` names the lead where the lead cannot read it.

    `is_shown` says whether the writer reads this class of others too.
    """

    id: str
    words: str
    kept_from: str | None
    is_shown: bool

    @property
    def label(self) -> str:
        return f"{self.words} (not shown to {self.kept_from})" if self.kept_from else self.words


def kinds_of_note(actor: Actor, goal: Goal) -> list[KindOfNote]:
    """In the order of the matrix, those the writer is concerned with first."""
    standing = reach_of(actor).standing(goal.client_id)
    is_seat = standing is not None and standing.role is Role.SEAT
    full = standing.full if standing is not None else frozenset()
    lead, reads = lead_and_classes(goal) if is_seat else ("", full)
    kinds = [
        KindOfNote(
            id=each.id,
            words=each.label,
            kept_from=lead if is_seat and each.id not in reads else None,
            is_shown=not is_seat or each.id in full,
        )
        for each in load_content().catalogue.matrix.classes
        if each.id not in NOT_OF_NOTES
    ]
    return sorted(kinds, key=lambda kind: not kind.is_shown)
