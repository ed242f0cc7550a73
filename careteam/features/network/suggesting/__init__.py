"""The team suggested for the open seats of a goal, with what it rests on."""

from careteam.features.network.suggesting.making import suggestion_of
from careteam.features.network.suggesting.parts import (
    Change,
    Empty,
    Name,
    Other,
    SeatAnswer,
    Suggestion,
    TeamAnswer,
)
from careteam.features.network.suggesting.wishes import USUAL, Wishes

__all__ = [
    "USUAL",
    "Change",
    "Empty",
    "Name",
    "Other",
    "SeatAnswer",
    "Suggestion",
    "TeamAnswer",
    "Wishes",
    "suggestion_of",
]
