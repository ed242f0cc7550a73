"""What goes when somebody has asked to be removed: what was observed, and notes that name them."""

from __future__ import annotations

from careteam.access.actor import SYSTEM, Actor
from careteam.access.operation import operation
from careteam.features.relationships.asking_queries import Note, list_notes_about_removed
from careteam.features.relationships.observations import forget_about_removed
from careteam.kit.db import db


def forget_people() -> str | None:
    """The job."""
    said = [forget_about_removed()]
    notes = list_notes_about_removed()
    for note in notes:
        erase_note(actor=SYSTEM, note=note)
    if notes:
        said.append(f"Notes erased about people who were removed: {len(notes)}.")
    return " ".join(filter(None, said)) or None


@operation(None, action="note_about.erased")
def erase_note(*, actor: Actor, note: Note) -> None:
    db.session.delete(note)
