"""What a place is called: its discipline, and who stands in where they practise another.

A place on a team is called by `seat_label`, on screens and in letters. What a person practises, and
whatever is chosen by that, is called by the catalogue's label (`directory.catalogue.label_of`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from careteam.features.teams.models import Seat

_LETTERS = {"mld": "MLD", "cbt": "CBT"}


def seat_label(discipline: str) -> str:
    """The discipline's id in words: short enough for a slot, where its label is a line long."""
    words = [_LETTERS.get(word, word) for word in discipline.split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def place_label(seat: Seat, practised: Mapping[UUID, Sequence[str]]) -> str:
    """'MLD therapist', or 'Massage therapist, in the place of MLD therapist'.

    A role may be taken by somebody of another discipline, who is not to be called by the role's.
    `practised` are disciplines by practitioner, the main one first; who is not in it is taken to
    practise what the place asks for.
    """
    asked = seat_label(seat.discipline)
    own: Sequence[str] = ()
    if seat.practitioner_id is not None and seat.state in ("filled", "referred"):
        own = practised.get(seat.practitioner_id, ())
    if not own or seat.discipline in own:
        return asked
    return f"{seat_label(own[0])}, in the place of {inside(asked)}"


def inside(label: str) -> str:
    """A label within a sentence: abbreviations keep their capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
