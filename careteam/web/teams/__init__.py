"""From a goal to its team: safety questions, what they bring, seats and who could fill them."""

from careteam.web.teams import (
    clearances,
    effects,
    flags,
    pathway,
    precautions,
    refusing,
    screening,
    seat_actions,
    seats,
    standing,
    suggestion,
    team,
)
from careteam.web.teams.room import room

__all__ = [
    "clearances",
    "effects",
    "flags",
    "pathway",
    "precautions",
    "refusing",
    "room",
    "screening",
    "seat_actions",
    "seats",
    "standing",
    "suggestion",
    "team",
]
